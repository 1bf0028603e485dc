"""Merkle trees as RFC 9162 (section 2.1) has them: SHA-256, a leaf under 0x00, a node under 0x01.

``Nodes`` gives the hash of a complete subtree: of the 2**level leaves from position * 2**level on.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

Nodes = Callable[[int, int], bytes]
# The level, the position and the hash of one.
Node = tuple[int, int, bytes]

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds some data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed(nodes: Nodes, index: int, leaf: bytes) -> Iterator[Node]:
    """The subtrees that a new leaf completes: level, position and hash of each, the lowest first.

    Asked for are only such nodes as were complete before, leaves (level 0) among them.
    """
    level, position, found = 0, index, leaf
    while position % 2:
        found = node_hash(nodes(level, position - 1), found)
        level, position = level + 1, position // 2
        yield level, position, found


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the tree of the first leaves."""
    return _root(nodes, 0, size) if size else EMPTY


def inclusion(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """What proves that a leaf is one of the first ``size``; ``index`` counts from 0."""
    return list(_path(nodes, index, 0, size))


def consistency(nodes: Nodes, first: int, second: int) -> list[bytes]:
    """What proves that the tree of the first ``second`` leaves goes on from that of ``first``."""
    return list(_subproof(nodes, first, 0, second, True)) if first else []


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether a proof leads from a leaf to a root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    found, here, last = leaf, index, size - 1
    for other in path:
        if last == 0:
            return False
        if here % 2 or here == last:
            found = node_hash(other, found)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = node_hash(found, other)
        here, last = here // 2, last // 2
    return last == 0 and found == expected


def is_consistent(first: int, second: int, path: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Whether a proof leads from one root to a later one (RFC 9162, section 2.1.4.2)."""
    if first in (0, second):
        return not path and (old == EMPTY if first == 0 else old == new)
    if not 0 < first < second or not path:
        return False
    # A complete tree is the first node of the proof itself.
    nodes = list(path) if first & (first - 1) else [old, *path]
    here, last = first - 1, second - 1
    while here % 2:
        here, last = here // 2, last // 2
    of_old = of_new = nodes[0]
    for other in nodes[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            of_old, of_new = node_hash(other, of_old), node_hash(other, of_new)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            of_new = node_hash(of_new, other)
        here, last = here // 2, last // 2
    return last == 0 and of_old == old and of_new == new


def _split(size: int) -> int:
    """The largest power of two that is smaller than a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _root(nodes: Nodes, start: int, size: int) -> bytes:
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return nodes(level, start >> level)
    left = _split(size)
    return node_hash(_root(nodes, start, left), _root(nodes, start + left, size - left))


def _path(nodes: Nodes, index: int, start: int, size: int) -> Iterator[bytes]:
    if size == 1:
        return
    left = _split(size)
    if index < left:
        yield from _path(nodes, index, start, left)
        yield _root(nodes, start + left, size - left)
    else:
        yield from _path(nodes, index - left, start + left, size - left)
        yield _root(nodes, start, left)


def _subproof(nodes: Nodes, first: int, start: int, size: int, is_known: bool) -> Iterator[bytes]:
    """``is_known``: whether who checks has the root of this subtree, being the old tree itself."""
    if first == size:
        if not is_known:
            yield _root(nodes, start, size)
        return
    left = _split(size)
    if first <= left:
        yield from _subproof(nodes, first, start, left, is_known)
        yield _root(nodes, start + left, size - left)
    else:
        yield from _subproof(nodes, first - left, start + left, size - left, False)
        yield _root(nodes, start, left)
