"""Keys of the API: made, shown once, and known again by the hash of their secret."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.ledger.history import seals
from api.ledger.models import ApiKey
from api.ledger.storage.clock import now, stamp
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Missing

SCOPES = ("read", "write", "review", "admin")

_TABLE = "api_key"
_LOOKUP_BYTES = 6
# 256 bits of chance cannot be guessed, so a plain hash keeps them as well as a slow one.
_SECRET_BYTES = 32
_SHAPE = re.compile(r"cck_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_NO_HASH = bytes(hashlib.sha256().digest_size)


@dataclass(frozen=True, slots=True)
class Key:
    """Who calls: the name of a key and what it may do."""

    name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Whether the key carries a scope; writing and reviewing imply reading, admin all."""
        return "admin" in self.scopes or scope in self.scopes or scope == "read"


class BadKey(Exception):
    """A key that opens nothing; the message says why."""


def create(name: str, scopes: Sequence[str], expires: datetime | None = None) -> str:
    """Make a key and give it, for the only time.

    Args:
        name: who or what it is for; it stands in the history of all that the key changes.
        scopes: some of ``SCOPES``.
        expires: when it stops working; never, where it is left out.

    Raises:
        Conflict: there is or was a key of that name.
    """
    with writing():
        if ApiKey.one(name=name) is not None:
            raise Conflict(f"There is or was a key named {name!r}: rotate it, or choose another.")
        key = ApiKey(
            name=name,
            scopes=sorted(set(scopes), key=SCOPES.index),
            created_at=now(),
            expires_at=expires and stamp(expires),
        )
        return _with_new_secret(key)


def rotate(name: str) -> str:
    """Give a key a new secret, shown for the only time; the old one stops working at once.

    Raises:
        Missing: no key has that name.
        Conflict: it was revoked.
    """
    with writing():
        key = _named(name)
        if key.revoked_at is not None:
            raise Conflict(f"The key {name!r} was revoked at {key.revoked_at}: make another.")
        return _with_new_secret(key)


def revoke(name: str) -> None:
    """Let a key open nothing any more; a second time changes nothing.

    Raises:
        Missing: no key has that name.
    """
    with writing():
        key = _named(name)
        if key.revoked_at is None:
            key.revoked_at = now()
            key.save()
            seals.renew(_TABLE)


def all_keys() -> list[ApiKey]:
    """Every key that was ever made, in the order of making."""
    return list(ApiKey.select().order_by(ApiKey.id))


def any_made() -> bool:
    """Whether a key was ever made; one that was revoked still closes the ledger to strangers."""
    return bool(ApiKey.select().exists())


def known(token: str) -> Key:
    """The key that a caller sent.

    Raises:
        BadKey: it is none of ours, was revoked, or has expired.
    """
    shape = _SHAPE.fullmatch(token)
    lookup, secret = shape.groups() if shape else ("", "")
    key = ApiKey.one(lookup=lookup)
    # Hashed and compared whether there is such a key or not: time tells nothing.
    kept = bytes(key.secret_hash) if key is not None else _NO_HASH
    if not hmac.compare_digest(_hash(secret), kept) or key is None:
        raise BadKey("This key is not known here.")
    if key.revoked_at is not None:
        raise BadKey("This key was revoked.")
    if key.expires_at is not None and key.expires_at <= now():
        raise BadKey(f"This key expired at {key.expires_at}.")
    return Key(key.name, frozenset(key.scopes))


def _with_new_secret(key: ApiKey) -> str:
    lookup, secret = secrets.token_hex(_LOOKUP_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    key.lookup, key.secret_hash = lookup, _hash(secret)
    key.save()
    seals.renew(_TABLE)
    return f"cck_{lookup}_{secret}"


def _named(name: str) -> ApiKey:
    key = ApiKey.one(name=name)
    if key is None:
        raise Missing(f"There is no key named {name!r}: `counterclaim keys list` shows them.")
    return key


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
