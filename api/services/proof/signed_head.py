"""The head of the ledger: the root over all changes, signed, and what proves changes against it.

Whoever keeps a head can ask later whether the history still goes on from it. The signed form is
that of transparency logs: a checkpoint (c2sp.org/tlog-checkpoint) in a signed note
(c2sp.org/signed-note).
"""

import base64
import hashlib
from typing import Any

from api.ledger.history import chain, merkle, revisions
from api.ledger.models import Change
from api.ledger.storage.database import snapshot
from api.services.common.errors import InvalidParameter
from api.services.proof.signing import Signer

ORIGIN = "counterclaim"
_ED25519 = b"\x01"


def head(signer: Signer) -> dict[str, Any]:
    """The root over all changes as they are now, signed."""
    with snapshot():
        last = chain.last()
        root = chain.root(last.number)
        name = _name()
    body = f"{name}\n{last.number}\n{base64.b64encode(root).decode()}\n"
    signature = signer.sign(body.encode())
    marked = base64.b64encode(_key_hash(name, signer.public) + signature).decode()
    return {
        "origin": name,
        "size": last.number,
        "root": root.hex(),
        "at": last.at or None,
        "key": _verifier_key(name, signer.public),
        "checkpoint": f"{body}\n\u2014 {name} {marked}\n",
    }


def inclusion(change: int, size: int | None) -> dict[str, Any]:
    """What proves that a change is one of the first ``size``, or of all.

    Raises:
        InvalidParameter: there is no such change or size, or the size is too small for the change.
    """
    with snapshot():
        size = _size(size, "size")
        found = Change.one(id=change)
        if found is None:
            last = chain.last().number
            raise InvalidParameter("change", f"There is none yet: the ledger has {last} changes.")
        if change > size:
            raise InvalidParameter(
                "size", f"Change {change} is not among the first {size}: ask for a larger size."
            )
        before = Change.one(id=change - 1)
        previous = bytes(before.digest) if before else chain.START
        return {
            "change": change,
            "size": size,
            "root": chain.root(size).hex(),
            "entry": chain.entry(found, previous).decode(),
            "record": found.record,
            "salt": None if found.salt is None else bytes(found.salt).hex(),
            "leaf": bytes(found.digest).hex(),
            "path": [each.hex() for each in merkle.inclusion(chain.node, change - 1, size)],
        }


def consistency(first: int, second: int | None) -> dict[str, Any]:
    """What proves that the tree of ``second`` changes, or of all, goes on from that of ``first``.

    Raises:
        InvalidParameter: the tree has no such size, or ``second`` is the smaller.
    """
    with snapshot():
        second = _size(second, "second")
        if not first <= second:
            raise InvalidParameter("first", f"The tree of {second} changes is smaller than that.")
        return {
            "first": first,
            "second": second,
            "first_root": chain.root(first).hex(),
            "second_root": chain.root(second).hex(),
            "path": [each.hex() for each in merkle.consistency(chain.node, first, second)],
        }


def _size(asked: int | None, parameter: str) -> int:
    last = chain.last().number
    if asked is not None and asked > last:
        raise InvalidParameter(parameter, f"The ledger has {last} changes: ask for no more.")
    return last if asked is None else asked


def _name() -> str:
    """The name of this history: its first change is its own, and each copy of it has the same."""
    return f"{ORIGIN}/{revisions.origin().hex()[:16]}"


def _verifier_key(name: str, public: bytes) -> str:
    """The public key in the form that readers of signed notes take."""
    key = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{_key_hash(name, public).hex()}+{key}"


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]
