"""Words that were redacted, known again by hashes under a secret of the ledger.

The secret is in the ledger, not in its exports: who has the ledger's own file can try words against
the hashes, nobody else can.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from api.language.words.folding import fold, plain
from api.ledger.history import seals
from api.ledger.models import RedactedWords
from api.ledger.storage.database import database

_KEY = "SELECT redaction_secret FROM ledger"
# Nobody's words were redacted in most ledgers: there the texts are not hashed.
_KEY_IF_NEEDED = "SELECT redaction_secret FROM ledger WHERE EXISTS (SELECT 1 FROM redacted_words)"


def keep(statement_id: int, texts: Iterable[str]) -> None:
    """Let texts be known as the redacted words of a statement."""
    (secret,) = database.execute_sql(_KEY).fetchone()
    for each in {_hash(secret, text) for text in texts}:
        RedactedWords.put(word_hash=each, statement=statement_id)
    seals.renew("redacted_words")


def among(texts: Iterable[str]) -> dict[str, int]:
    """Those of the texts whose words were redacted, each with the statement that had them.

    Case, accents, marks and punctuation do not matter.
    """
    row = database.execute_sql(_KEY_IF_NEEDED).fetchone()
    if row is None:
        return {}
    hashes = {text: _hash(row[0], text) for text in texts}
    found: Any = RedactedWords.select().where(RedactedWords.word_hash.in_(list(hashes.values())))
    statements = {bytes(each.word_hash): int(each.statement) for each in found}
    return {text: statements[key] for text, key in hashes.items() if key in statements}


def same_words(text: str) -> str:
    """What two texts of the same words have in common."""
    return plain(text) or fold(text)


def _hash(secret: str, text: str) -> bytes:
    return hmac.digest(bytes.fromhex(secret), same_words(text).encode(), hashlib.sha256)
