"""Everything a statement is tied to, each with why."""

from typing import Any

from api.ledger.models import Statement
from api.ledger.queries import contradictions, references, reviews
from api.ledger.queries.references import ReferenceFilter
from api.ledger.queries.speakers import UNNAMED
from api.ledger.queries.statements import neighbours, statement_shape
from api.ledger.storage.database import snapshot
from api.ledger.storage.keyset_pages import run
from api.services.common.versions import find
from api.services.contradictions.analysis_store import sides
from api.services.contradictions.candidates import similar_to

# Of the keys that two statements have, the share that both have, from which one restates the other.
_RESTATEMENT = 0.5
_NEWEST_ON_TOPIC = 200
_MOST_CURATED = 200
_WHY_CURATED = {
    "supports": ("This statement supports it.", "It supports this statement."),
    "restates": ("This statement restates it.", "It restates this statement."),
    "responds_to": ("This statement responds to it.", "It responds to this statement."),
    "quotes": ("This statement quotes it.", "It quotes this statement."),
    "qualifies": ("This statement qualifies it.", "It qualifies this statement."),
    "corrects": ("This statement corrects it.", "It corrects this statement."),
}


def related(statement_id: int, limit: int) -> dict[str, Any]:
    """The statements that one is tied to, the closest first.

    Of each computed sort there are at most ``limit``, of what people curated the first 200.

    Raises:
        Missing: there is no such statement.
    """
    with snapshot():
        statement = find(Statement, statement_id)
        standing = contradictions.of_statement(statement_id)
        opposed = {side["id"] for each in standing for side in each["statements"]}
        overlap = _overlaps(statement)
        told = _restating(statement, overlap, opposed, limit)
        same_speaker = _by_same_speaker(statement, overlap, limit)
        same_topic = _on_same_topics(statement, limit)
        curated = references.page(ReferenceFilter(statement=[statement_id]), None, _MOST_CURATED)
        tied = [references.reference_json(row) for row in curated.rows]
        ends = {each[end] for each in tied for end in ("from_statement", "to_statement")}
        reviewed = reviews.of_statement(statement_id, _MOST_CURATED)
        shown = statement_shape.read({*told, *same_speaker, *same_topic, *ends})
    return {
        "contradictions": [each | {"why": each["explanation"]} for each in standing],
        "references": [_curated(each, statement_id, shown) for each in tied],
        "reviews": [each | {"why": _rated(each)} for each in reviewed],
        "restatements": _with_why(told, shown),
        "same_speaker": _with_why(same_speaker, shown),
        "same_topic": _with_why(same_topic, shown),
    }


def _overlaps(statement: Statement) -> dict[int, float]:
    """How much the statements that one meets have in common with it, from 0 to 1."""
    own = sides([statement.id]).get(statement.id)
    return {} if own is None else similar_to(own, statement.id)


def _restating(
    statement: Statement, overlap: dict[int, float], opposed: set[int], limit: int
) -> dict[int, str]:
    same_words = (i for i in neighbours.in_words(statement, limit) if i not in opposed)
    why = dict.fromkeys(same_words, "It says the same words.")
    for other_id in sorted(overlap, key=lambda i: (-overlap[i], i)):
        share = overlap[other_id]
        if share >= _RESTATEMENT and other_id not in opposed:
            why.setdefault(other_id, f"{share:.0%} of what the two speak of is the same.")
    return dict(list(why.items())[:limit])


def _by_same_speaker(statement: Statement, overlap: dict[int, float], limit: int) -> dict[int, str]:
    if statement.speaker.kind == UNNAMED:
        # "Officials" are never known to be the same.
        return {}
    name = statement.speaker.name
    latest = neighbours.by_speaker(statement, limit)
    own = Statement.select(Statement.id).where(
        Statement.id.in_(list(overlap)),
        # What is summed is in no index: SQLite goes by the ids.
        Statement.speaker + 0 == statement.speaker_id,
    )
    found = [i for (i,) in run(own)]
    close = sorted(found, key=lambda i: (-overlap[i], i))
    why = dict.fromkeys(close, f"{name} also said this, on something it has in common.")
    for other_id in latest:
        why.setdefault(other_id, f"{name} also said this.")
    return dict(list(why.items())[:limit])


def _on_same_topics(statement: Statement, limit: int) -> dict[int, str]:
    shared = neighbours.on_topics(statement, _NEWEST_ON_TOPIC)
    return {i: f"It is on {', '.join(topics)} too." for i, topics in list(shared.items())[:limit]}


def _curated(reference: dict[str, Any], own_id: int, shown: dict[int, Any]) -> dict[str, Any]:
    outgoing = reference["from_statement"] == own_id
    other = reference["to_statement" if outgoing else "from_statement"]
    why = _WHY_CURATED[reference["kind"]][0 if outgoing else 1]
    return reference | {"statement": shown[other], "why": why}


def _rated(review: dict[str, Any]) -> str:
    author, rating = review["author"]["name"], review["rating"]
    if rating["label"] is not None:
        return f"{author} rates it “{rating['label']}”."
    return (
        f"{author} rates it {rating['value']:g} on a scale from {rating['worst']:g} "
        f"to {rating['best']:g}."
    )


def _with_why(why: dict[int, str], shown: dict[int, Any]) -> list[dict[str, Any]]:
    return [{"statement": shown[i], "why": reason} for i, reason in why.items()]
