"""Names of a table held against the speakers of the ledger, each score with its reason."""

from collections.abc import Sequence
from typing import Any

from api.identifiers import read_id
from api.ledger.models import Speaker, Statement
from api.ledger.queries import speaker_spellings, speakers
from api.ledger.queries.speakers import UNNAMED
from api.ledger.storage.database import snapshot
from api.services.common.versions import missing
from api.services.speakers.name_scores import Asked, Scored, score

KINDS = ("person", "organization", "document", UNNAMED)
PROPERTIES = {
    "name": ("Name", "The name the ledger gives the speaker."),
    "kind": ("Kind", "Person, organization, document or unnamed."),
    "role": ("Role", "What the speaker is, as President of Ukraine."),
    "alias": ("Alias", "Each other name by which the speaker is found."),
    "wikidata": ("Wikidata id", "The speaker's item in Wikidata, as Q3874799."),
    "statements": ("Statements", "How many active statements the speaker made."),
}
MATCHED = ("kind", "role", "alias", "wikidata")
"""The properties by which speakers are told apart."""

MOST_CANDIDATES = 50
_DEFAULT_CANDIDATES = 10
_LEAST_SCORE = 45.0


def reconcile(queries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The candidates for each query of a batch, as the Reconciliation Service API shows them."""
    with snapshot():
        return {name: {"result": _candidates(query)} for name, query in queries.items()}


def extend(ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
    """The values of some properties of some speakers; what is unknown has none.

    A speaker that was merged into another has that one's.
    """
    meta = [{"id": each, "name": PROPERTIES.get(each, (each,))[0]} for each in properties]
    with snapshot():
        rows = {each: _values(_speaker(each), properties) for each in ids}
    return {"meta": meta, "rows": rows}


def suggest(prefix: str, kinds: Sequence[str], skip: int, limit: int) -> list[dict[str, Any]]:
    """Speakers with words that begin like a prefix's, or with it as their id.

    Nobody is of a kind that is not known.
    """
    known_kinds = [each for each in kinds or KINDS if each in KINDS]
    if not known_kinds:
        return []
    with snapshot():
        found = speaker_spellings.beginning(prefix, known_kinds, skip, limit)
        one = None if skip else _speaker(prefix)
    known = [one, *found] if one and one.id not in {each.id for each in found} else found
    return [_suggestion(speaker) for speaker in known[:limit]]


def preview(speaker_id: int) -> tuple[dict[str, Any], int]:
    """A speaker, or the one it was merged into, and how many active statements it made.

    Raises:
        Missing: there is none.
    """
    with snapshot():
        speaker = speakers.final(speaker_id)
        if speaker is None:
            raise missing("speaker", speaker_id)
        return described(speaker), _statements(speaker)


def described(speaker: Speaker) -> dict[str, Any]:
    """What a preview tells of a speaker."""
    names = ("id", "name", "kind", "role", "aliases", "wikidata")
    return {name: getattr(speaker, name) for name in names}


def _candidates(query: dict[str, Any]) -> list[dict[str, Any]]:
    name = query.get("query", "")
    types = query.get("type", ())
    known = [each for each in types if each in KINDS]
    # Nobody is of a type that is not known; and every type asked for with "all" must be the
    # speaker's, who has just one.
    if types and (not known or (query.get("type_strict") == "all" and len(set(types)) > 1)):
        return []
    one = _speaker(name)
    asked = Asked(name, one.id if one else None, known, query.get("properties", {}))
    kinds = asked.kinds or KINDS
    found = _found(asked, kinds) + ([one] if one and one.kind in kinds else [])
    scored = [score(asked, speaker) for speaker in {each.id: each for each in found}.values()]
    fitting = [each for each in scored if each.score >= _LEAST_SCORE]
    match = _the_one(fitting)
    fitting.sort(
        key=lambda each: (
            -each.score,
            each is not match,
            each.speaker.kind == UNNAMED,
            each.speaker.id,
        )
    )
    limit = min(query.get("limit", _DEFAULT_CANDIDATES), MOST_CANDIDATES)
    return [_candidate(each, each is match) for each in fitting[:limit]]


def _found(asked: Asked, kinds: Sequence[str]) -> list[Speaker]:
    found: list[Speaker] = []
    for name in (*asked.names, *asked.properties.get("alias", ())):
        found += speaker_spellings.near(name, kinds)
    ids = [asked.name.strip(), *asked.properties.get("wikidata", ())]
    return found + speaker_spellings.with_wikidata(ids, kinds)


def _the_one(fitting: Sequence[Scored]) -> Scored | None:
    """The candidate that is meant beyond doubt: no other could be, mentions of nobody aside."""
    for told in ("wikidata_match", "identifier"):
        sure = [each for each in fitting if each.certain and each.features.get(told)]
        if sure:
            return sure[0] if len(sure) == 1 else None
    sure = [each for each in fitting if each.certain]
    sure = [each for each in sure if each.speaker.kind != UNNAMED] or sure
    return sure[0] if len(sure) == 1 else None


def _candidate(scored: Scored, match: bool) -> dict[str, Any]:
    speaker = scored.speaker
    features = [{"id": name, "value": value} for name, value in scored.features.items()]
    return {
        "id": str(speaker.id),
        "name": speaker.name,
        "description": _description(speaker),
        "type": [shown_type(speaker.kind)],
        "score": scored.score,
        "match": match,
        "features": features,
    }


def _suggestion(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": str(speaker.id),
        "name": speaker.name,
        "description": _description(speaker),
        "notable": [shown_type(speaker.kind)],
    }


def shown_type(kind: str) -> dict[str, str]:
    """A kind of speaker as the Reconciliation Service API shows a type."""
    return {"id": kind, "name": kind.capitalize()}


def _description(speaker: Speaker) -> str:
    return speaker.role or speaker.kind


def _speaker(identifier: str) -> Speaker | None:
    """The speaker with an id as text, or the one it was merged into."""
    number = read_id(identifier.strip())
    return None if number is None else speakers.final(number)


def _values(speaker: Speaker | None, properties: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    if speaker is None:
        return {each: [] for each in properties}
    return {each: _value(speaker, each) for each in properties}


def _value(speaker: Speaker, name: str) -> list[dict[str, Any]]:
    if name not in PROPERTIES:
        return []
    if name == "statements":
        return [{"int": _statements(speaker)}]
    if name == "alias":
        return [{"str": alias} for alias in speaker.aliases]
    value = getattr(speaker, name)
    return [] if value is None else [{"str": value}]


def _statements(speaker: Speaker) -> int:
    made = Statement.select().where(Statement.speaker == speaker, Statement.status == "active")
    return int(made.count())
