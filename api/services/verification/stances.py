"""Which words stances were taken on, held against what their statements said."""

from api.language.words.folding import text_key
from api.ledger.history.revisions import REDACTED
from api.ledger.models import Change
from api.ledger.storage.database import database
from api.services.statements.redact import REDACTED as NO_WORDS
from api.services.verification.difference import BATCH, Difference, Found
from api.services.verification.records import record_of

_STANCES = "SELECT id, statement_id, text_key FROM stance WHERE id > ? ORDER BY id LIMIT ?"
# Versions by which a person took it, or its words were taken out; the others say that it is stale.
_TAKEN = ("created", "revised", REDACTED)


def stances() -> Found:
    """Check the words of each stance: those that its statement had when it was taken."""
    after = 0
    while rows := database.execute_sql(_STANCES, [after, BATCH]).fetchall():
        for stance_id, statement_id, key in rows:
            words = _words(stance_id, statement_id)
            if words is not None and bytes(key) != text_key(words):
                what = f"it is not of the words that statement {statement_id} had then."
                yield Difference("stance", stance_id, what, "text_key")
        after = rows[-1][0]
        yield 0


def _words(stance_id: int, statement_id: int) -> str | None:
    """The words that a stance was taken on; None where the history does not tell."""
    taken = Change.select().where(
        Change.subject == "stance", Change.subject_id == stance_id, Change.action.in_(_TAKEN)
    )
    last = taken.order_by(Change.version.desc()).first()
    if last is None or last.action == REDACTED:
        return NO_WORDS if last else None
    said = Change.select().where(
        Change.subject == "statement", Change.subject_id == statement_id, Change.id <= last.id
    )
    version = said.order_by(Change.version.desc()).first()
    record = record_of(version) if version else None
    return str(record["text"]) if record and "text" in record else None
