"""Full-text search over statements, propositions and speakers' names, on SQLite's FTS5."""

import re
import unicodedata
from typing import Any

from peewee import SQL

from api.ledger.models import PropositionSearch, SpeakerName, Statement, StatementSearch
from api.ledger.pages import Order

_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')


def terms(q: str) -> list[str]:
    """The words and ``"phrases"`` of a search, without those that have no letter or digit."""
    found = (phrase or word for phrase, word in _PARTS.findall(q))
    return [term for term in found if any(_is_indexed(character) for character in term)]


def matching(q: str) -> Any:
    """The ids of statements whose text has every term of a search."""
    return StatementSearch.select(StatementSearch.rowid).where(_matches("statement_search", q))


def propositions_matching(q: str) -> Any:
    """The ids of propositions whose text has every term of a search."""
    return PropositionSearch.select(PropositionSearch.rowid).where(
        _matches("proposition_search", q)
    )


def by_relevance(query: Any, q: str) -> tuple[Any, Order]:
    """Narrow a query of statements to a search, the best match first."""
    found = (
        StatementSearch.select(StatementSearch.rowid, SQL("rank").alias("relevance"))
        .where(_matches("statement_search", q))
        .alias("found")
    )
    query = query.join_from(Statement, found, on=(found.c.rowid == Statement.id))
    return query, Order((found.c.relevance, Statement.id))


def speakers_named(q: str) -> Any:
    """The ids of speakers who have a name or alias with words that begin like each term."""
    return _speakers(" AND ".join(f"{_literal(term)} *" for term in terms(q)))


def speakers_with(word: str) -> Any:
    """The ids of speakers who have a name or alias with this very word."""
    return _speakers(_literal(word))


def _speakers(match: str) -> Any:
    index = SQL("id IN (SELECT rowid FROM speaker_search WHERE speaker_search MATCH ?)", [match])
    return SpeakerName.select(SpeakerName.speaker).where(index)


def _matches(index: str, q: str) -> SQL:
    return SQL(f"{index} MATCH ?", [" AND ".join(map(_literal, terms(q)))])


def _literal(term: str) -> str:
    """A term with nothing in it that the query language would read."""
    return '"{}"'.format(term.replace('"', " ").replace("\0", " "))


def _is_indexed(character: str) -> bool:
    """Whether FTS5's unicode61 takes a character for part of a word."""
    return unicodedata.category(character)[0] in "LN" or unicodedata.category(character) == "Co"
