"""Trees and proofs against the definition, read literally, and against published vectors."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.ledger.history import merkle

# The leaves and roots that the test of Certificate Transparency's reference implementations share.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def nodes_of(leaves):
    """The stored nodes of a tree, grown leaf by leaf."""
    stored = {}

    def nodes(level, position):
        return stored[level, position]

    for index, data in enumerate(leaves):
        leaf = merkle.leaf_hash(data)
        stored[0, index] = leaf
        for level, position, node in merkle.completed(nodes, index, leaf):
            stored[level, position] = node
    return nodes


def defined(leaves):
    """MTH of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_that_others_publish(size):
    found = merkle.root(nodes_of(LEAVES[:size]), size)
    assert found.hex() == ROOTS[size]
    assert found == defined(LEAVES[:size])


SIZES = st.integers(1, 70)


@settings(max_examples=60)
@given(SIZES, st.data())
def test_each_leaf_is_proven_and_no_other(size, data):
    leaves = [str(number).encode() for number in range(size)]
    nodes = nodes_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(nodes, index, size)
    root = defined(leaves)
    leaf = merkle.leaf_hash(leaves[index])
    assert merkle.is_included(leaf, index, size, path, root)
    assert not merkle.is_included(merkle.leaf_hash(b"another"), index, size, path, root)
    assert not merkle.is_included(leaf, index + 1, size, path, root) or size == 1
    assert not merkle.is_included(leaf, index, size, [*path, root], root)


@settings(max_examples=60)
@given(SIZES, st.data())
def test_a_tree_goes_on_from_each_smaller_one_and_from_no_other(size, data):
    leaves = [str(number).encode() for number in range(size)]
    first = data.draw(st.integers(0, size))
    path = merkle.consistency(nodes_of(leaves), first, size)
    old, new = defined(leaves[:first]), defined(leaves)
    assert merkle.is_consistent(first, size, path, old, new)
    forged = defined([b"forged", *leaves[1:]])
    assert not merkle.is_consistent(first, size, path, old, forged) or first == 0
    if path:
        assert not merkle.is_consistent(first, size, path[:-1], old, new)
        assert not merkle.is_consistent(first, size, path, forged, new)
