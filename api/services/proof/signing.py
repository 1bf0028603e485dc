"""The Ed25519 key that heads are signed with, in a file of its own beside the ledger.

Beside it and not in it: who can rewrite the ledger's file alone cannot sign what was rewritten.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from api.ledger.engines.sqlite import PREFIX
from api.settings import Settings


class KeyUnusable(Exception):
    """The signing key cannot be read or made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that signs, and its public half: 32 bytes."""

    key: Ed25519PrivateKey
    public: bytes

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature."""
        return self.key.sign(data)


def key_file(settings: Settings) -> Path:
    """Where the key is: as set, else beside the ledger's file, or where the server was started."""
    if settings.signing_key:
        return Path(settings.signing_key)
    if settings.database_url.startswith(PREFIX):
        return Path(f"{settings.database_url.removeprefix(PREFIX)}.key")
    return Path("counterclaim.key")


def signer(path: Path) -> Signer:
    """The signer whose key is in a file, which is made where it is missing.

    Raises:
        KeyUnusable: it holds no Ed25519 key, or cannot be read or made.
    """
    try:
        if not path.exists():
            _make(path)
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise KeyUnusable(
            f"The signing key {path} cannot be read or made: {error.strerror}. Let the server "
            "write there, or set COUNTERCLAIM_SIGNING_KEY to another file."
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(f"{path} is no PEM file of a private key without a password.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(f"{path} holds a key that is not of Ed25519.")
    return Signer(key, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def _make(path: Path) -> None:
    """Make a key; of several processes that try at once, one's is kept."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(pem)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        # A link, unlike a rename, fails where the file is there already.
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink()
