"""What a list's query asks for, as the filter of what the list holds."""

from typing import Any

from api.language.words.folding import fold, slug
from api.ledger.queries import speakers
from api.ledger.queries.contradiction_pages import ContradictionFilter
from api.ledger.queries.contradictions import STANDING
from api.ledger.queries.reviews import ReviewFilter
from api.ledger.queries.speakers import SpeakerFilter
from api.ledger.queries.statements.search import terms
from api.ledger.queries.statements.statement_filters import StatementFilter
from api.services.common.errors import InvalidParameter
from api.services.reading.filters_for_nothing import told_apart
from api.services.speakers.speaker_registry import identify


def statement_filter(query: dict[str, Any]) -> StatementFilter:
    """The filter of the list of statements, as its query has it; see ``queries.statement_page``."""
    refuse_unsearchable(query)
    refuse_reversed(query)
    query, lacking = told_apart(query)
    names = ("q", "kind", "source", "language", "external_id", "status")
    dates = ("said_from", "said_to", "said_match", "contradicted")
    return StatementFilter(
        speaker=identify(query["speaker"], "speaker") if "speaker" in query else None,
        publisher=[fold(publisher) for publisher in query.get("publisher", ())],
        topic=[slug(topic) for topic in query.get("topic", ())],
        lacking=lacking,
        **given(query, *names, *dates),
    )


def contradiction_filter(query: dict[str, Any]) -> ContradictionFilter:
    """The filter of the list of contradictions, as its query has it."""
    refuse_reversed(query)
    names = ("nature", "basis", "scope", "min_score", "statement")
    return ContradictionFilter(
        speaker=identify(query["speaker"], "speaker") if "speaker" in query else None,
        between=_merged(query["between"]) if "between" in query else None,
        topic=[slug(topic) for topic in query.get("topic", ())],
        status=query.get("status") or STANDING,
        **given(query, *names, "said_from", "said_to"),
    )


def speaker_filter(query: dict[str, Any]) -> SpeakerFilter:
    """The filter of the list of speakers, as its query has it; see ``queries.speaker_page``."""
    refuse_unsearchable(query)
    return SpeakerFilter(**given(query, "q", "kind", "wikidata"))


def review_filter(query: dict[str, Any]) -> ReviewFilter:
    """The filter of the list of reviews, as its query has it; see ``queries.review_page``."""
    refuse_reversed(query, "published")
    names = ("statement", "url", "language", "published_from", "published_to")
    return ReviewFilter(
        speaker=identify(query["speaker"], "speaker") if "speaker" in query else None,
        author=[fold(author) for author in query.get("author", ())],
        label=[fold(label) for label in query.get("label", ())],
        **given(query, *names),
    )


def _merged(pair: tuple[int, int]) -> list[int]:
    """The two speakers as they are now; one who does not exist matches nothing."""
    return [found.id if (found := speakers.final(each)) else each for each in pair]


def given(query: dict[str, Any], *names: str) -> dict[str, Any]:
    """Those of some parameters that the query has."""
    return {name: query[name] for name in names if name in query}


def refuse_unsearchable(query: dict[str, Any]) -> None:
    """Refuse a search in which there is no word."""
    if "q" in query and not terms(query["q"]):
        raise InvalidParameter("q", "A search needs a letter or a digit.")


def refuse_reversed(query: dict[str, Any], what: str = "said") -> None:
    """Refuse dates that are reversed, or missing where another parameter is of them."""
    if "said_match" in query and not {"said_from", "said_to"} & set(query):
        raise InvalidParameter("said_match", "It needs said_from or said_to: give one of them.")
    start, end = f"{what}_from", f"{what}_to"
    if start in query and end in query and query[start] > query[end]:
        raise InvalidParameter(end, f"It lies before {start}: give the later date here.")
