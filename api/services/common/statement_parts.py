"""What recording and revising a statement have in common: its parts, checked and derived."""

from api.language.dates.edtf_dates import span
from api.language.words.folding import slug
from api.ledger.models import Statement, StatementExternalId
from api.services.common.errors import Conflict, Invalid

PLAIN = (
    "kind",
    "text",
    "role",
    "said_on",
    "said_on_text",
    "cue",
    "context",
    "position",
    "language",
    "external_id",
    "confidence",
)


def verbatim_parts(kind: str, text: str, parts: list[str] | None) -> list[str]:
    """The verbatim parts of a text: all of it, where a quote comes without any.

    Raises:
        Invalid: a part is not in the text, or parts do not fit the kind.
    """
    if kind == "claim":
        if parts:
            raise Invalid("/verbatim", "A claim has no verbatim parts: its kind is quote then.")
        return []
    if parts is None:
        return [text]
    if not parts:
        raise Invalid(
            "/verbatim", "A quote has at least one verbatim part: leave it out where all of it is."
        )
    for index, part in enumerate(parts):
        if part not in text:
            raise Invalid(
                f"/verbatim/{index}",
                "This part does not stand in the text: give it letter for letter, without marks.",
            )
    return parts


def slugs(topics: list[str]) -> list[str]:
    """Topics as they are kept, each once."""
    return list(dict.fromkeys(slug(topic) for topic in topics))


def date(statement: Statement) -> None:
    """Derive the days that bound a statement's date of speech."""
    bounds = bounding(statement.said_on)
    statement.said_earliest, statement.said_latest, statement.said_certain = bounds


def bounding(said_on: str | None) -> tuple[str | None, str | None, bool]:
    """The first and the last day that a date may mean, and whether it is certain and closed."""
    said = span(said_on) if said_on else None
    if said is None:
        return None, None, False
    return said.earliest, said.latest, bool(said.certain and said.earliest and said.latest)


def same(
    key: bytes, speaker_id: int, said_on: str | None, but: int | None = None
) -> Statement | None:
    """The active statement of these words by this speaker on this date, ``but`` for one."""
    alike = Statement.those(
        text_key=key, speaker=speaker_id, status="active", said_on=said_on or None
    )
    return next((statement for statement in alike if statement.id != but), None)


def claim(external_id: str, statement: Statement) -> None:
    """Let an external id lead to a statement, which shows the first that it was given.

    Raises:
        Conflict: it leads to another.
    """
    holder = StatementExternalId.one(external_id=external_id)
    if holder is not None and holder.statement_id != statement.id:
        raise Conflict(
            f"The external id {external_id!r} is held by statement {holder.statement_id}.",
            statement=holder.statement_id,
        )
    if holder is None:
        StatementExternalId.add(external_id=external_id, statement=statement)
