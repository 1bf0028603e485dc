"""The ledger that a process works on, opened as its settings say."""

from api.configuration.lists import addresses
from api.ledger.storage import replicas
from api.ledger.storage.database import connect
from api.services.contradictions.analysis_store import limits
from api.settings import Settings


def open_ledger(settings: Settings) -> None:
    """Choose the ledger, and how much of it a new statement may be held against.

    Raises:
        LedgerUnusable: its address is not that of a ledger.
    """
    copies = addresses(settings.read_urls)
    # One for each thread that answers, one for that which answers probes, one for the thread that
    # watches over them, and one for that which looks how far the ledger is, so that copies are held
    # to it.
    answering = settings.threads + 1
    connections = answering + (2 if copies else 1)
    connect(settings.database_url, settings.busy_timeout, connections)
    replicas.follow(
        copies,
        settings.busy_timeout,
        answering + 1,
        settings.read_lag,
        settings.read_wait / 1000,
    )
    limits.candidates = settings.max_candidates
    limits.postings = settings.max_postings
    limits.raised = settings.max_raised
    limits.opposed = settings.max_opposed
    limits.article_words = settings.max_article_words
    limits.statements = settings.max_statements
    limits.compared = settings.max_compared
    limits.statement_seconds = settings.statement_timeout / 1000
    limits.nli_model = settings.nli_model
