"""A part of the ledger copied into one in memory, to record something there that nobody keeps."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.deadline import check_deadline
from api.ledger.engines.memory import MemoryLedger
from api.ledger.history import chain
from api.ledger.history.chain import Last
from api.ledger.models import Appearance, Contradiction, Speaker, SpeakerName, Stance, Statement
from api.ledger.queries.contradictions import of_sides
from api.ledger.queries.statements import postings
from api.ledger.storage.database import engine, snapshot
from api.ledger.transfer import tables

# Ids that are asked for at once.
_AT_ONCE = 500
# What is recorded there goes on from a change that has no other beside it in the Merkle tree, so
# that none before it is needed.
FIRST_CHANGE = 1 << 40


@dataclass(slots=True)
class Excerpt:
    """What of the ledger is read when something is recorded.

    Args:
        statements: those that may be found again or changed, by their ids.
        candidates: those that it is compared with.
        sources: by their ids.
        articles: sources with all that appeared there, by their ids.
        speakers: by their ids.
        reviews: by their ids; the statements that they are of are named beside them.
        names: folded ones; whoever bears one of them is a part of it.
    """

    statements: set[int] = field(default_factory=set)
    candidates: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)
    reviews: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


# Gives the hash by which a decision on two statements is kept.
PairKey = Callable[[Statement, Statement], bytes]


def copied(excerpt: Excerpt, pair_key: PairKey, spills: bool = False) -> tuple[MemoryLedger, Last]:
    """The excerpt as a ledger of its own, and the change that its history goes on from.

    The ledger is only read, all of it in one state.

    Args:
        excerpt: what is copied.
        pair_key: see ``PairKey``.
        spills: see ``MemoryLedger``.
    """
    memory = MemoryLedger(spills)
    memory.connect()
    try:
        with snapshot():
            last = chain.last()
            _Copying(excerpt, memory, pair_key).copy()
            # What is made there has ids of its own: rows may name what is no part of the excerpt.
            memory.set_last_ids(engine().last_ids(tables.NUMBERED))
    except BaseException:
        memory.close()
        raise
    return memory, Last(FIRST_CHANGE, last.digest, last.at)


class _Copying:
    """One excerpt being copied: what it names, with what rests on that."""

    def __init__(self, excerpt: Excerpt, memory: MemoryLedger, pair_key: PairKey) -> None:
        self._memory: Any = memory
        self._pair_key = pair_key
        self._own = set(excerpt.statements)
        self._candidates = set(excerpt.candidates)
        self._articles = excerpt.articles
        self._sources = {*excerpt.sources, *excerpt.articles}
        self._speakers = set(excerpt.speakers)
        self._names = excerpt.names
        self._reviews = excerpt.reviews

    def copy(self) -> None:
        """Copy all of it."""
        appeared = Appearance.select(Appearance.statement).where(
            Appearance.source.in_(sorted(self._articles))
        )
        self._own |= {each.statement_id for each in appeared}
        self._copy("appearance", "source_id", self._articles)
        self._copy("appearance", "statement_id", self._own)
        self._copy_stances()
        self._copy_contradictions()
        every = self._own | self._candidates
        for some in _some(every):
            rows = Statement.select(Statement.speaker, Statement.source).where(
                Statement.id.in_(some)
            )
            for row in rows:
                self._speakers.add(row.speaker_id)
                if row.source_id is not None:
                    self._sources.add(row.source_id)
        self._copy_speakers()
        self._copy("source", "id", self._sources)
        self._copy("review", "id", self._reviews)
        self._copy("statement", "id", every)
        self._copy("statement_external_id", "statement_id", self._own)
        self._copy("statement_topic", "statement_id", self._own)
        self._copy("analysis", "statement_id", every)
        self._copy_changes()
        self._copy_redacted_words()
        self._make_findable()

    def _copy_speakers(self) -> None:
        for names in _some(self._names):
            bearers = SpeakerName.select(SpeakerName.speaker).where(SpeakerName.folded.in_(names))
            self._speakers |= {each.speaker_id for each in bearers}
        merged = set(self._speakers)
        while merged:
            rows = Speaker.select(Speaker.merged_into).where(Speaker.id.in_(sorted(merged)))
            merged = {row.merged_into_id for row in rows if row.merged_into_id is not None}
            merged -= self._speakers
            self._speakers |= merged
        self._copy("speaker", "id", self._speakers)
        self._copy("speaker_name", "speaker_id", self._speakers)

    def _copy_stances(self) -> None:
        """Stances of its own statements, with those that others take on the same propositions."""
        taken: set[int] = set()
        for some in _some(self._own):
            rows = Stance.select(Stance.proposition).where(Stance.statement.in_(some))
            taken |= {row.proposition_id for row in rows}
        for some in _some(taken):
            rows = Stance.select(Stance.statement).where(Stance.proposition.in_(some))
            self._candidates |= {row.statement_id for row in rows}
        self._copy("proposition", "id", taken)
        self._copy("stance", "proposition_id", taken)

    def _copy_contradictions(self) -> None:
        """What is raised of its own statements, with the other sides, and what was decided of it.

        Of those that it is held against as well, which are counted.
        """
        first, second = Statement.alias(), Statement.alias()
        decided = []
        for some in _some(self._own):
            pairs = (
                Contradiction.select(Contradiction, first, second)
                .join(first, on=Contradiction.first == first.id)
                .join_from(Contradiction, second, on=Contradiction.second == second.id)
                .where(Contradiction.id.in_(of_sides(some)))
            )
            for pair in pairs:
                self._candidates |= {pair.first_id, pair.second_id} - self._own
                decided.append(self._pair_key(pair.first, pair.second))
        every = self._own | self._candidates
        self._copy("contradiction", "first_id", every)
        self._copy("contradiction", "second_id", every)
        self._copy("decision", "pair", decided)

    def _copy_changes(self) -> None:
        """The history of its own statements, by which is told who made them what they are."""
        columns = engine().shape("change").columns
        for some in _some(self._own):
            rows = engine().execute_sql(
                f"SELECT {_listed(columns)} FROM change "  # noqa: S608
                f"WHERE subject = 'statement' AND {engine().among('subject_id')}",
                [engine().listed(some)],
            )
            self._memory.put("change", columns, rows.fetchall())

    def _copy_redacted_words(self) -> None:
        """All of them: they are few, and known by hashes under a secret of the ledger alone."""
        columns = engine().shape("redacted_words").columns
        rows = engine().execute_sql(f"SELECT {_listed(columns)} FROM redacted_words").fetchall()  # noqa: S608
        self._memory.put("redacted_words", columns, rows)
        secret = engine().execute_sql("SELECT redaction_secret FROM ledger").fetchone()
        self._memory.execute_sql("UPDATE ledger SET redaction_secret = ?", secret)

    def _make_findable(self) -> None:
        """Let statements be found by their keys, the first recorded first."""
        rows = self._memory.execute_sql("SELECT statement_id, keys FROM analysis").fetchall()
        keyed = [(key, i) for i, keys in sorted(rows) for key in postings.unpack(bytes(keys))]
        counted: dict[int, int] = {}
        numbered = []
        for key, i in keyed:
            counted[key] = counted.get(key, 0) + 1
            numbered.append((key, i, counted[key]))
        self._memory.put("statement_key", ("key", "statement_id", "nth"), numbered)

    def _copy(self, table: str, column: str, values: Iterable[Any]) -> None:
        """Copy the rows of a table that have one of some values."""
        columns = engine().shape(table).columns
        for some in _some(values):
            check_deadline("looking up what is alike")
            marks = ", ".join("?" * len(some))
            rows = engine().execute_sql(
                f'SELECT {_listed(columns)} FROM "{table}" WHERE {column} IN ({marks})',  # noqa: S608
                some,
            )
            self._memory.put(table, columns, rows.fetchall())


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _some(values: Iterable[Any]) -> Iterable[list[Any]]:
    every = sorted(set(values))
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
