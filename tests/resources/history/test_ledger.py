"""The head and its proofs, checked by an auditor who shares no code with the ledger."""

import base64
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def note(head):
    """Open a signed note by c2sp.org/signed-note: the lines of its body, or InvalidSignature."""
    name, key_hash, key = head["key"].split("+", 2)
    body, _, signatures = head["checkpoint"].rpartition("\n\n")
    dash, signer, blob = signatures.rstrip("\n").split(" ")
    assert (dash, signer) == ("\u2014", name)
    raw, public = base64.b64decode(blob), base64.b64decode(key)
    assert public[:1] == b"\x01"
    assert raw[:4].hex() == key_hash
    assert raw[:4] == hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], f"{body}\n".encode())
    return body.splitlines()


def sha(prefix, *parts):
    return hashlib.sha256(bytes([prefix]) + b"".join(parts)).digest()


def root_by_inclusion(leaf, index, size, path):
    """RFC 9162, section 2.1.1 read backwards: the halves in which the leaf is, from the top."""
    if size == 1:
        assert not path
        return leaf
    half = 1
    while half * 2 < size:
        half *= 2
    *rest, sibling = path
    if index < half:
        return sha(1, root_by_inclusion(leaf, index, half, rest), sibling)
    return sha(1, sibling, root_by_inclusion(leaf, index - half, size - half, rest))


def roots_by_consistency(first, size, path, old):
    """The roots of both trees as the proof has them; ``old`` is what was kept."""
    if first == size:
        return (old, old) if not path else (path[0], path[0])
    half = 1
    while half * 2 < size:
        half *= 2
    *rest, sibling = path
    if first <= half:
        was, now = roots_by_consistency(first, half, rest, old)
        return was, sha(1, now, sibling)
    was, now = roots_by_consistency(first - half, size - half, rest, None)
    return sha(1, sibling, was), sha(1, sibling, now)


@pytest.fixture
def read(client):
    def read_it(path, status=200):
        answer = client.get(f"/v1/ledger/{path}")
        assert answer.status_code == status, answer.text
        return answer.json

    return read_it


def test_the_head_is_signed_over_its_size_and_root(read, record):
    record()
    head = read("head")
    origin, size, root = note(head)
    assert origin == head["origin"]
    assert int(size) == head["size"] == 2
    assert base64.b64decode(root).hex() == head["root"]
    assert head["at"]
    forged = {**head, "checkpoint": head["checkpoint"].replace("\n2\n", "\n3\n")}
    with pytest.raises(InvalidSignature):
        note(forged)


def test_an_empty_ledger_has_the_head_of_an_empty_tree(read):
    head = read("head")
    assert (head["size"], head["at"]) == (0, None)
    assert head["root"] == hashlib.sha256(b"").hexdigest()
    note(head)


def test_each_change_is_proven_by_its_entry(read, record):
    for _ in range(4):
        record(source={"title": "Blatt"})
    head = read("head")
    for number in range(1, head["size"] + 1):
        proof = read(f"proofs/inclusion?change={number}")
        leaf = sha(0, proof["entry"].encode())
        assert leaf.hex() == proof["leaf"]
        path = [bytes.fromhex(each) for each in proof["path"]]
        found = root_by_inclusion(leaf, number - 1, head["size"], path)
        assert found.hex() == head["root"] == proof["root"]
        assert json.loads(proof["entry"])["number"] == number


def test_every_kept_head_leads_to_the_present_one(read, record):
    kept = []
    for _ in range(6):
        kept.append(read("head"))
        record()
    now = read("head")
    for head in kept[1:]:
        proof = read(f"proofs/consistency?first={head['size']}")
        path = [bytes.fromhex(each) for each in proof["path"]]
        old = bytes.fromhex(head["root"])
        was, is_now = roots_by_consistency(head["size"], now["size"], path, old)
        assert (was.hex(), is_now.hex()) == (head["root"], now["root"])
    assert read("proofs/consistency?first=0")["path"] == []


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("proofs/inclusion", "change"),
        ("proofs/inclusion?change=0", "change"),
        ("proofs/inclusion?change=x", "change"),
        ("proofs/inclusion?change=9", "change"),
        ("proofs/inclusion?change=2&size=1", "size"),
        ("proofs/inclusion?change=1&size=9", "size"),
        ("proofs/consistency", "first"),
        ("proofs/consistency?first=9", "first"),
        ("proofs/consistency?first=2&second=1", "first"),
        ("proofs/consistency?first=1&second=9", "second"),
        ("proofs/consistency?first=1&second=99999999999999999999", "second"),
    ],
)
def test_what_cannot_be_proven_is_refused_by_name(read, record, path, named):
    record()
    problem = read(path, 422)
    assert problem["errors"][0]["parameter"] == named


def test_the_key_is_made_once_and_only_its_owner_reads_it(open_ledger, tmp_path):
    keys = {open_ledger().test_client().get("/v1/ledger/head").json["key"].split("+")[2]}
    keys.add(open_ledger().test_client().get("/v1/ledger/head").json["key"].split("+")[2])
    assert len(keys) == 1
    (file,) = tmp_path.glob("*.key")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_cannot_be_used_is_a_problem_that_hides_its_place(open_ledger, tmp_path):
    key = tmp_path / "secret-place.key"
    key.write_text("no key")
    client = open_ledger(signing_key=str(key)).test_client()
    answer = client.get("/v1/ledger/head")
    assert answer.status_code == 503
    assert answer.json["type"].endswith("key-unusable")
    assert "secret-place" not in answer.text
