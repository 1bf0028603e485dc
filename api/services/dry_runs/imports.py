"""Imports tried on copies of what they read: no line, fact-check, article or ledger is stored."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from api.ledger.engines.memory import MemoryLedger
from api.ledger.history import revisions
from api.ledger.storage.database import working_in
from api.ledger.transfer.excerpts import FIRST_CHANGE
from api.services.articles.findings import PreparedArticle
from api.services.contradictions.comparisons import Comparisons
from api.services.dry_runs.dry_run import made_here, working_in_copy
from api.services.dry_runs.excerpts import of_article, of_lines, of_review
from api.services.imports import articles, ledger, reviews
from api.services.imports.statements import Outcome, Storage
from api.services.imports.upsert import PreparedLine


@contextmanager
def in_copy(lines: Callable[[], Iterator[PreparedLine]]) -> Iterator[Storage]:
    """Lines are stored in a copy of what they read of the ledger, which goes at the end.

    What the lines before them made there has ids that are not told.
    """
    read, _ = revisions.head()
    made: set[int | None] = set()

    def number() -> int:
        latest, _ = revisions.head()
        return read if latest == FIRST_CHANGE else latest

    def shown(outcome: Outcome) -> Outcome:
        if outcome.result == "created":
            made.add(outcome.statement_id)
        return replace(outcome, statement_id=None) if outcome.statement_id in made else outcome

    with working_in_copy(of_lines(lines()), spills=True):
        yield Storage(number, shown)


def try_review(review: reviews.PreparedReview) -> reviews.Imported:
    """What ``import_review`` would do with a fact-check."""
    with working_in_copy(of_review(review)):
        done, made = reviews.import_review(review), made_here()
    return replace(
        done,
        review_id=None if ("review", done.review_id) in made else done.review_id,
        statement_id=None if ("statement", done.statement_id) in made else done.statement_id,
    )


def try_article(article: PreparedArticle, compared: Comparisons) -> articles.Imported:
    """What ``record_article`` would do with an article."""
    with working_in_copy(of_article(article, compared)):
        done, made = articles.record_article(article, compared), made_here()
    return replace(done, source_id=None) if ("source", done.source_id) in made else done


@contextmanager
def in_empty_ledger() -> Iterator[None]:
    """Everything inside is stored in an empty ledger of a temporary file, which goes at the end.

    Raises:
        Conflict: the ledger itself is not empty.
    """
    ledger.refuse_filled()
    copy = MemoryLedger(spills=True)
    copy.connect()
    with closing(copy), working_in(copy, None):
        yield
