"""Articles imported: read side by side, recorded one after another in the order they come in."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from api.ledger.history import revisions
from api.ledger.models import Contradiction
from api.ledger.queries.statements import placements
from api.ledger.storage.database import writing
from api.services.articles.commit import commit_article
from api.services.articles.document import Reading, reading
from api.services.articles.findings import PreparedArticle, find_statements
from api.services.common.errors import Conflict, ServiceError
from api.services.contradictions.comparisons import Comparisons
from api.services.imports.article_files import Sent
from api.services.imports.article_workers import (
    Refused,
    or_refused,
    prepare_in_workers,
    worker_pool,
)
from api.services.statements import sources
from api.settings import Settings

# Articles that are read ahead of the one that is recorded, for each process: enough that none
# waits, few enough that memory stays flat.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an article: how many statements by outcome, what was raised by status.

    ``is_known`` where it had been read before, in these words; ``source_id`` is None where a
    dry run made the source.
    """

    source_id: int | None
    outcomes: Counter[str]
    contradictions: Counter[str]
    is_known: bool


# Records an article that was read, with what was compared ahead.
Record = Callable[[PreparedArticle, Comparisons], Imported]


def import_articles(
    articles: Iterable[Sent], settings: Settings, processes: int, record: Record
) -> Iterator[tuple[Sent, Imported | Refused]]:
    """Import articles, each whole or not at all.

    The ledger is the same as if they were posted one after another, however many processes read
    and however often the import was interrupted: what one was told of the ledger before another
    was recorded is told anew, and where it differs the article is read again.

    Args:
        articles: in their order; bodies that ``POST /v1/articles`` takes.
        settings: of the ledger, which is open.
        processes: how many read at once.
        record: ``record_article``, or what tries that and stores nothing.

    Yields:
        Each article with what became of it, in the order they came.

    Raises:
        LedgerBusy: another writer did not finish in time. What was imported stays.
        BrokenProcessPool: a process that reads was ended from outside. What was imported stays.
    """
    with worker_pool(settings, processes) as pool:
        importing = _Import(pool, settings.max_article, record)
        waiting: deque[tuple[Sent, _Step]] = deque()
        for sent in articles:
            waiting.append((sent, importing.begin(sent)))
            if len(waiting) > _AHEAD * processes:
                begun, step = waiting.popleft()
                yield begun, importing.end(begun, step)
        while waiting:
            begun, step = waiting.popleft()
            yield begun, importing.end(begun, step)


@dataclass(frozen=True, slots=True)
class _Begun:
    """An article that a process reads."""

    read: Reading
    choices: list[dict[str, Any]]
    future: "Future[tuple[PreparedArticle, Comparisons] | Refused]"


_Step = _Begun | Imported | Refused


class _Import:
    """One run: which sources it met, so that no two articles of it are taken for one."""

    def __init__(self, pool: ProcessPoolExecutor, most_characters: int, record: Record) -> None:
        self._pool = pool
        self._store = record
        self._most_characters = most_characters
        self._met: dict[int, str] = {}

    def begin(self, sent: Sent) -> _Step:
        """Hand an article to a process, unless there is nothing to read in it."""
        return or_refused(lambda: self._begin(sent.body))

    def end(self, sent: Sent, step: _Step) -> Imported | Refused:
        """Record an article that was read."""
        done = or_refused(lambda: self._record(step)) if isinstance(step, _Begun) else step
        if isinstance(done, Imported) and done.source_id is not None:
            self._met.setdefault(done.source_id, _place(sent))
        return done

    def _begin(self, body: dict[str, Any] | ServiceError) -> _Step:
        if isinstance(body, ServiceError):
            raise body
        read = reading(body, self._most_characters)
        choices = body.get("speakers", [])
        known = None if choices else _as_read(read)
        return known or _Begun(read, choices, self._pool.submit(prepare_in_workers, read, choices))

    def _record(self, begun: _Begun) -> Imported | Refused:
        self._refuse_another_version(begun.read)
        result = begun.future.result()
        if isinstance(result, Refused):
            return result
        article, compared = result
        if not article.is_current:
            # Here, not in a process, where it would wait behind those that were begun after it.
            article = find_statements(begun.read, begun.choices)
        return self._store(article, compared)

    def _refuse_another_version(self, read: Reading) -> None:
        """Two texts of one source would take turns in the ledger each time they are imported."""
        known = sources.known(read.source)
        if known is not None and known.id in self._met and known.text_hash != read.text_hash:
            raise Conflict(
                f"{self._met[known.id]} is of the same source, with another text: give the two a "
                "url, title or date of their own.",
                source=known.id,
            )


def _as_read(read: Reading) -> Imported | None:
    """An article that was imported before, found by its source and the hash of its text."""
    source = sources.known(read.source)
    if source is None or source.text_hash != read.text_hash:
        return None
    placed = [each for each in placements.of_source(source.id) if each.position is not None]
    return Imported(source.id, Counter(unchanged=len(placed)), Counter(), is_known=True)


def record_article(article: PreparedArticle, compared: Comparisons) -> Imported:
    """Record an article that was read.

    Args:
        article: what was read.
        compared: what was compared ahead.

    Raises:
        ServiceError: it is refused; nothing of it is stored.
    """
    with writing():
        before, _ = revisions.head()
        ingested = commit_article(article, compared)
        made = [i for name, i in revisions.created_since(before) if name == "contradiction"]
        raised = Contradiction.select(Contradiction.status).where(Contradiction.id.in_(made))
        return Imported(
            ingested.source_id,
            Counter(entry.outcome for entry in ingested.entries),
            Counter(each.status for each in raised),
            is_known=False,
        )


def _place(sent: Sent) -> str:
    return sent.file if sent.line is None else f"{sent.file}:{sent.line}"
