"""Full-text search over statements, propositions and speakers' names."""

import re
import unicodedata
from typing import Any

from api.language.words.folding import visible
from api.ledger.models import (
    PropositionSearch,
    SpeakerName,
    SpeakerSearch,
    StatementSearch,
)
from api.ledger.storage.database import engine

_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')


def terms(q: str) -> list[str]:
    """The words and ``"phrases"`` of a search, without those that have no letter or digit."""
    found = (phrase or word for phrase, word in _PARTS.findall(visible(q)))
    return [term for term in found if any(_is_indexed(character) for character in term)]


def matching(q: str) -> Any:
    """The ids of statements whose text has every term of a search."""
    return StatementSearch.select(engine().found_id(StatementSearch.rowid)).where(
        engine().matches("statement_search", terms(q))
    )


def propositions_matching(q: str) -> Any:
    """The ids of propositions whose text has every term of a search."""
    return PropositionSearch.select(PropositionSearch.rowid).where(
        engine().matches("proposition_search", terms(q))
    )


def speakers_named(q: str) -> Any:
    """The ids of speakers who have a name or alias with words that begin like each term."""
    return _speakers(engine().begins("speaker_search", terms(q)))


def speakers_with(word: str) -> Any:
    """The ids of speakers who have a name or alias with this very word."""
    return _speakers(engine().matches("speaker_search", [word]))


def _speakers(found: Any) -> Any:
    names = SpeakerSearch.select(SpeakerSearch.rowid).where(found)
    return SpeakerName.select(SpeakerName.speaker).where(SpeakerName.id.in_(names))


def _is_indexed(character: str) -> bool:
    """Whether FTS5's unicode61 takes a character for part of a word."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"
