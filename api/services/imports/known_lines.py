"""What the ledger knows of a batch of lines, looked up for all of them at once."""

from collections.abc import Sequence
from typing import Any

from peewee import NodeList

from api.language.words.folding import text_key
from api.ledger.history import revisions
from api.ledger.models import Source, Statement, StatementExternalId
from api.ledger.storage.database import snapshot
from api.services.common.speaker_resolver import SpeakerResolver
from api.services.common.statement_parts import PLAIN, slugs

VALUES = tuple(name for name in PLAIN if name != "external_id")
_SOURCE = ("url", "title", "publisher", "published_on")

# Of one query: SQLite joins no more than a thousand conditions.
_MOST_PAIRS = 400

_Said = tuple[bytes, int, str | None]


class Known:
    """The statements and speakers that lines name, as they were when change ``number`` was made.

    Args:
        bodies: what ``POST /v1/statements`` takes.
    """

    def __init__(self, bodies: Sequence[dict[str, Any]]) -> None:
        with snapshot():
            self.number, _ = revisions.head()
            self._held = _held([body["external_id"] for body in bodies if body.get("external_id")])
            self._resolver = SpeakerResolver.of_all(body["speaker"] for body in bodies)
            self._said = _said(
                {(text_key(body["text"]), i) for body in bodies for i in self._bearers(body)}
            )
            found = [*self._held.values(), *self._said.values()]
            self._sources = _sources({each.source_id for each in found if each.source_id})

    def held(self, external_id: str | None) -> Statement | None:
        """The statement that an external id leads to."""
        return self._held.get(external_id or "")

    def is_told(self, body: dict[str, Any]) -> bool:
        """Whether somebody of the speaker's name said the same on the same date."""
        key = text_key(body["text"])
        return any(self._said.get((key, i, body.get("said_on"))) for i in self._bearers(body))

    def unchanged(self, given: dict[str, Any]) -> int | None:
        """The statement of a line that says nothing new of it; None where it may say something.

        Args:
            given: the line, with the verbatim parts that its statement would have.
        """
        speaker = self._resolver.resolve(given["speaker"]).speaker
        if speaker is None:
            return None
        external_id = given.get("external_id")
        held = self.held(external_id)
        if held is not None and held.status == "active" and held.external_id == external_id:
            is_same = bool(held.speaker_id == speaker.id and _says(held, given))
        else:
            # Recorded once more: only where else it was published would be new.
            said = self._said.get((text_key(given["text"]), speaker.id, given.get("said_on")))
            is_same = not external_id or bool(held == said)
            held = said
        if held is None or not is_same or not self._is_source(held.source_id, given.get("source")):
            return None
        return int(held.id)

    def _bearers(self, body: dict[str, Any]) -> list[int]:
        return [each.id for each in self._resolver.resolve(body["speaker"]).bearers]

    def _is_source(self, source_id: int | None, given: dict[str, Any] | None) -> bool:
        if not given:
            return True
        if source_id is None:
            return False
        if "id" in given:
            return bool(given["id"] == source_id)
        source = self._sources[source_id]
        telling = _SOURCE[:1] if given.get("url") is not None else _SOURCE
        return all(getattr(source, name) == given.get(name) for name in telling)


def _says(statement: Statement, given: dict[str, Any]) -> bool:
    is_same = all(getattr(statement, name) == given[name] for name in VALUES if name in given)
    topics = statement.topics if "topics" not in given else slugs(given["topics"])
    return is_same and statement.verbatim == given["verbatim"] and statement.topics == topics


def _held(external_ids: Sequence[str]) -> dict[str, Statement]:
    rows = (
        StatementExternalId.select(StatementExternalId, Statement)
        .join(Statement)
        .where(StatementExternalId.external_id.in_(external_ids))
    )
    return {row.external_id: row.statement for row in rows} if external_ids else {}


def _said(wanted: set[tuple[bytes, int]]) -> dict[_Said, Statement]:
    """What speakers said in some words; of several that are the same, the first recorded.

    Args:
        wanted: words, as ``text_key`` gives them, each with the id of one who may have said them.
            What others said in the same words is not read: of what many say, that is much.
    """
    found: dict[_Said, Statement] = {}
    pairs = sorted(wanted)
    for some in (pairs[at : at + _MOST_PAIRS] for at in range(0, len(pairs), _MOST_PAIRS)):
        said = [(Statement.text_key == key) & (Statement.speaker == i) for key, i in some]
        alike = Statement.select().where(NodeList(said, glue=" OR ", parens=True))
        rows = alike.where(Statement.status.concat("") == "active").order_by(Statement.id.desc())
        found |= {(bytes(each.text_key), each.speaker_id, each.said_on): each for each in rows}
    return found


def _sources(ids: set[int]) -> dict[int, Source]:
    rows = Source.select().where(Source.id.in_(list(ids)))
    return {each.id: each for each in rows} if ids else {}
