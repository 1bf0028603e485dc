"""The one place where everything meets."""

from functools import cache, partial
from math import inf
from typing import Any

from flask import Flask, Response, request
from flask_cors import CORS
from gunicorn.http.errors import NoMoreData, ParseException
from werkzeug.exceptions import HTTPException

from api import __version__
from api.configuration.lists import listed
from api.deadline import DeadlineExceeded, set_deadline
from api.ledger.storage.database import LedgerBusy, LedgerUnusable, on_wait, read_from, release
from api.ledger.storage.faults import failures
from api.resources.articles import articles
from api.resources.changes import changes
from api.resources.contradictions import contradictions
from api.resources.ledger import ledger
from api.resources.probes import probes
from api.resources.propositions import propositions
from api.resources.reconciliation import reconciliation
from api.resources.references import references
from api.resources.reviews import reviews
from api.resources.sources import sources
from api.resources.speakers import speakers
from api.resources.stances import stances
from api.resources.statements import statements
from api.resources.topics import topics
from api.resources.webhooks import webhooks
from api.services.admin.opening import open_ledger
from api.services.common import errors
from api.services.common.idempotency import KeyReused
from api.services.proof.signing import key_file, signer
from api.services.reading import queries
from api.settings import Settings
from api.web.http import problem_handlers, problems
from api.web.http.bodies import refuse_unknown_parameters
from api.web.http.headers import (
    EXPOSED,
    link_to_document,
    set_cache_headers,
    set_cors_headers,
    set_security_headers,
)
from api.web.http.proxies import behind_proxies
from api.web.middleware import replica_reads
from api.web.middleware.access import authenticate, authorize, forbid_compression_of_secrets
from api.web.middleware.compression import compressed
from api.web.middleware.hosts import host_names, refuse_unknown_hosts
from api.web.middleware.metrics import WAITS
from api.web.middleware.rate_limits import limit_rates
from api.web.middleware.request_log import note_route, request_context, request_logged
from api.web.middleware.request_queues import RequestQueues, overloaded
from api.web.openapi.catalog import catalog
from api.web.openapi.document import Api, document, pages
from api.web.responses.formats import refuse_unserved_formats
from schemas.problems import Problem

RESOURCES = (
    statements,
    speakers,
    sources,
    topics,
    references,
    contradictions,
    articles,
    propositions,
    stances,
    reviews,
    reconciliation,
    changes,
    ledger,
    webhooks,
)


# What limits the work of calls that read texts.
_TIMEOUTS = {
    "contradictions.check_contradictions": "check_timeout",
    "articles.create_article": "article_timeout",
    "statements.create_statement": "statement_timeout",
    "statements.revise_statement": "statement_timeout",
    "reviews.import_reviews": "article_timeout",
    "reconciliation.reconcile_speakers": "query_timeout",
}


class _Application(Flask):
    def ensure_sync(self, func: Any) -> Any:
        """The function itself: none here is a coroutine, for which each call would be looked at."""
        return func


def create_app(settings: Settings) -> Flask:
    """The WSGI application on the ledger that the settings name.

    Args:
        settings: see ``api.settings``; the ledger must be migrated before it is asked anything.

    Raises:
        LedgerUnusable: the ledger's address is not one.
    """
    open_ledger(settings)
    app = _Application(__name__, static_folder=None)
    app.config.update(SETTINGS=settings, MAX_CONTENT_LENGTH=settings.max_body)
    app.extensions["cursor_seed"] = cache(queries.cursor_seed)
    app.extensions["signer"] = cache(lambda: signer(key_file(settings)))
    api = Api(app, __version__, Problem)
    for resource in RESOURCES:
        api.register_blueprint(resource, url_prefix="/v1")
    api.register_blueprint(probes)
    app.register_blueprint(document)
    app.register_blueprint(catalog)
    app.register_blueprint(pages())
    _before_each_request(app, settings)
    app.after_request(forbid_compression_of_secrets)
    app.after_request(set_cache_headers)
    app.after_request(link_to_document)
    app.after_request(set_security_headers)
    app.after_request(replica_reads.send_position)
    app.after_request(note_route)
    _handle_errors(app)
    if WAITS.observe not in on_wait:
        on_wait.append(WAITS.observe)
    app.wsgi_app = request_context(app.wsgi_app)  # type: ignore[method-assign,assignment]
    app.wsgi_app = RequestQueues(  # type: ignore[method-assign]
        app.wsgi_app,
        threads=settings.threads,
        longest=settings.max_queue,
        timeout=settings.queue_timeout,
        refusal=overloaded(app),
        release=release,
    )
    app.wsgi_app = compressed(app.wsgi_app)  # type: ignore[method-assign,assignment]
    counts = settings.metrics != "nobody"
    app.wsgi_app = request_logged(app.wsgi_app, counts)  # type: ignore[method-assign,assignment]
    return app


def _before_each_request(app: Flask, settings: Settings) -> None:
    app.wsgi_app = behind_proxies(listed(settings.proxies), app.wsgi_app)  # type: ignore[method-assign,assignment]
    # The first of those that see an answer is the last that does.
    app.after_request(set_cors_headers)
    if settings.cors_origins:
        CORS(app, origins=listed(settings.cors_origins), expose_headers=EXPOSED)
    app.before_request(partial(_limit_work, settings))
    app.teardown_request(lambda _: set_deadline(inf))
    app.before_request(authenticate)
    limit_rates(app, settings)
    app.before_request(partial(refuse_unknown_hosts, host_names(settings)))
    app.before_request(authorize)
    app.before_request(refuse_unserved_formats)
    app.before_request(refuse_unknown_parameters)
    app.before_request(replica_reads.choose_replica)


def _limit_work(settings: Settings) -> None:
    """Calls that read the ledger or texts are broken off in time; others only wait in line."""
    read_from(None)
    if request.method in ("GET", "HEAD"):
        milliseconds: float = settings.query_timeout
    else:
        name = _TIMEOUTS.get(request.endpoint or "")
        milliseconds = getattr(settings, name) if name else inf
    set_deadline(milliseconds / 1000)


def _handle_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, problem_handlers.handle_http_exception)
    app.register_error_handler(problems.Problem, problem_handlers.handle_problem)
    app.register_error_handler(errors.ServiceError, problem_handlers.handle_refusal)
    app.register_error_handler(errors.Moved, _redirect)
    app.register_error_handler(LedgerBusy, problem_handlers.handle_busy)
    app.register_error_handler(DeadlineExceeded, problem_handlers.handle_deadline)
    app.register_error_handler(LedgerUnusable, problem_handlers.handle_unusable)
    for failure in failures():
        app.register_error_handler(failure, replica_reads.read_again)
    for broken in (NoMoreData, ParseException):
        app.register_error_handler(broken, problem_handlers.handle_malformed_body)
    app.register_error_handler(KeyReused, problem_handlers.handle_key_reused)
    app.register_error_handler(Exception, problem_handlers.handle_unexpected)


def _redirect(moved: errors.Moved) -> Response:
    """The address of the speaker that another was merged into, for the same call."""
    parts = request.path.split("/")
    parts[3] = str(moved.to)
    query = request.query_string.decode()
    location = "/".join(parts) + (f"?{query}" if query else "")
    return Response(status=308, headers={"Location": location})
