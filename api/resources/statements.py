"""``/v1/statements``: who said what."""

from typing import Any

from flask import Response, current_app, url_for

from api.linked_data import claims
from api.services.common.idempotency import in_one_transaction
from api.services.dry_runs.dry_run import dry_run
from api.services.dry_runs.excerpts import of_statement
from api.services.dry_runs.imports import in_copy
from api.services.imports.statements import AllOrNothing, LineByLine, in_ledger
from api.services.reading import counts, queries
from api.services.statements.appearances import publish
from api.services.statements.record import commit_statement, prepare_statement
from api.services.statements.redact import redact
from api.services.statements.related import related
from api.services.statements.revise import commit_revision, prepare_revision, retract
from api.web.http.media_types import JSON, LD_JSON, NDJSON
from api.web.http.preconditions import precondition
from api.web.http.problems import of_line
from api.web.middleware.access import ADMIN, WRITE
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed, created, gone, linked, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.import_lines import ImportWork
from api.web.responses.pages import at_head, listed
from api.web.responses.streaming import streamed
from schemas import statements as schemas
from schemas.base import AsOfQuery, PageQuery
from schemas.contradictions import StatementWithContradictions
from schemas.counts import CountsQuery, StatementCounts
from schemas.references import Related, RelatedQuery

statements = Blueprint("statements", __name__, description="Who said what, when and where.")

_FORMS = linked(claims)


@statements.get("/statements")
@statements.arguments(schemas.StatementQuery, location="query")
@statements.alt_response(409, response="Conflict")
@statements.lists(schemas.StatementPage, LD_JSON)
def list_statements(query: dict[str, Any]) -> Response:
    """List and search statements

    Filters are joined by AND; a filter that is repeated matches any of its values. `as_of` gives
    the list as it was at a moment, the last recorded first; with it go `speaker` (by id) and
    `status`, and no other filter.
    """
    return listed(query, lambda after, limit: queries.statement_page(query, after, limit), _FORMS)


@statements.post("/statements")
@statements.arguments(schemas.DryRunQuery, location="query")
@statements.arguments(schemas.StatementIn)
@statements.alt_response(409, response="Conflict")
@statements.alt_response(200, schema=StatementWithContradictions, success=True)
@statements.response(201, StatementWithContradictions)
@statements.creates()
def create_statement(query: dict[str, Any], given: dict[str, Any]) -> Response:
    """Record a statement and hold it against the ledger

    The same words by the same speaker on the same date are one statement: it is answered with
    200, and a new source is added to it as an appearance.
    """
    prepared = prepare_statement(given)

    def recorded() -> tuple[dict[str, Any], bool]:
        statement_id, new = commit_statement(prepared)
        return queries.statement_with_contradictions(statement_id), new

    if query.get("dry_run"):
        return computed(dry_run(lambda: recorded()[0], of_statement(prepared), "statement"))

    def answer() -> Response:
        item, new = recorded()
        return created(item, url_for("statements.get_statement", id=item["id"]), new)

    return answered_once(answer)


@statements.get("/statements/counts")
@statements.arguments(CountsQuery, location="query")
@statements.alt_response(409, response="Conflict")
@statements.lists(StatementCounts)
def list_statement_counts(query: dict[str, Any]) -> Response:
    """Count statements by speaker, topic, publisher, kind, year or month

    Under the filters of the list of statements. The most frequent come first, years and months
    in the order of time. A statement counts for each of its topics and publishers. It counts in
    a year or month that its date lies within, as with `said_match=within`; where the date is
    unknown or spans more than one, under null. Of many statements ten thousand at the most are
    counted, those that were said last, and `capped` says so.
    """
    return listed(query, lambda after, limit: counts.statement_counts(query, after, limit))


@statements.post("/statements/import")
@statements.arguments(schemas.ImportQuery, location="query")
@statements.takes(NDJSON)
@statements.serves(NDJSON)
@statements.needs(WRITE)
def import_statements(query: dict[str, Any]) -> Response:
    """Import statements, a line each

    Each line of the body is what `POST /v1/statements` takes, or a line of the list of statements
    as `application/x-ndjson`, of which what only goes out is passed over. It is answered with a
    line once all have come: `{"line", "outcome", "id", "external_id"}`, and `problem` where the
    outcome is `refused`; the others are `created`, `updated` and `unchanged`. The body may be of
    any size and is read as it comes; a line is held to the size that other bodies are held to.
    Blank lines are passed over.

    A line whose `external_id` leads to a statement is that statement, whatever else it says:
    fields that it gives otherwise than the import before are revised, and it is judged anew; what
    it leaves out stays, and so does what was revised by hand since. Other lines are taken as
    `POST /v1/statements` takes them. So an import that broke off goes on when it is sent again.

    With `atomic=true` nothing is stored unless every line can be; the ledger is locked for as long
    as storing all of them takes. With `dry_run=true` nothing is stored at all, and the `id` of what
    would be created is null.
    """
    most_bytes = current_app.config["SETTINGS"].max_body
    way = AllOrNothing if query.get("atomic") else LineByLine
    importing = way(of_line, opened=in_copy if query.get("dry_run") else in_ledger)
    work = ImportWork(importing, schemas.StatementLine(), most_bytes)
    return streamed(work, NDJSON)


@statements.get("/statements/<id:id>")
@statements.arguments(AsOfQuery, location="query")
@statements.response(200, schemas.Statement)
@statements.serves(JSON, LD_JSON)
def get_statement(query: dict[str, Any], id: int) -> Response:
    """Read a statement

    As `application/ld+json` it is a schema.org `Claim` or `Quotation`.
    """
    return shown(queries.statement(id, **query), _FORMS)


@statements.patch("/statements/<id:id>")
@statements.arguments(schemas.StatementPatch)
@statements.alt_response(409, response="Conflict")
@statements.response(200, schemas.Statement)
def revise_statement(changes: dict[str, Any], id: int) -> Response:
    """Revise a statement

    Where its words, speaker, date or language change, its contradictions are judged anew.
    """
    read = prepare_revision(id, changes)

    def answer() -> Response:
        commit_revision(read, precondition())
        return shown(queries.statement(id))

    return in_one_transaction(answer)


@statements.delete("/statements/<id:id>")
@statements.response(204)
def retract_statement(id: int) -> Response:
    """Retract a statement

    It stays readable with `status: "retracted"`, and its contradictions are withdrawn.
    """
    retract(id, precondition())
    return gone()


@statements.post("/statements/<id:id>/redaction")
@statements.needs(ADMIN)
@statements.arguments(schemas.RedactionIn)
@statements.alt_response(202, schema=schemas.Statement, success=True)
@statements.response(200, schemas.Statement)
@statements.sends("ETag")
@statements.heeds("IfMatch")
def redact_statement(given: dict[str, Any], id: int) -> Response:
    """Take a statement's words out of the ledger for good

    For what a person has a right to have erased. The statement stays, retracted, without its words,
    and so does what quotes it: every version in the history, contradictions, reviews, appearances,
    kept answers. The salted hashes of what was taken out stay, so that the chain still proves the
    rest. Earlier exports and backups are beyond its reach. The words are known again by a keyed
    hash: recorded once more they are refused (409), and an article's statement that has them comes
    back as `redacted`.

    202 where the words are gone from every answer, but still in the database's files, as somebody
    reads the ledger as it was before: they go when he is done, and to send this again tells
    whether they went.
    """
    is_swept = redact(id, given["reason"], precondition())
    answer = shown(queries.statement(id))
    answer.status_code = 200 if is_swept else 202
    return answer


@statements.get("/statements/<id:id>/appearances")
@statements.arguments(PageQuery, location="query")
@statements.lists(schemas.AppearancePage)
def list_appearances(query: dict[str, Any], id: int) -> Response:
    """List where a statement was published

    The first place is where it was recorded from; more are added as other sources have the same
    words.
    """
    return listed(query, lambda after, limit: queries.appearance_page(id, after, limit))


@statements.post("/statements/<id:id>/appearances")
@statements.arguments(schemas.AppearanceIn)
@statements.alt_response(409, response="Conflict")
@statements.alt_response(200, schema=schemas.Appearance, success=True)
@statements.response(201, schemas.Appearance)
@statements.creates()
def create_appearance(given: dict[str, Any], id: int) -> Response:
    """Add a place where a statement was published

    A source in which it is known to have appeared is answered with 200.
    """

    def answer() -> Response:
        appearance_id, new = publish(id, given)
        location = url_for("statements.list_appearances", id=id)
        return created(queries.appearance(appearance_id), location, new)

    return answered_once(answer)


@statements.get("/statements/<id:id>/references")
@statements.arguments(RelatedQuery, location="query")
@statements.response(200, Related)
def get_statement_references(query: dict[str, Any], id: int) -> Response:
    """Read everything a statement is tied to, each with why

    Its contradictions, curated references, fact-checks, restatements, and what the same speaker
    and the same topics have nearby. `limit` holds for each of the computed sorts.
    """
    return at_head(lambda: computed(related(id, query.get("limit", 10))))


@statements.get("/statements/<id:id>/history")
@statements.arguments(PageQuery, location="query")
@statements.lists(schemas.StatementHistory)
def get_statement_history(query: dict[str, Any], id: int) -> Response:
    """List every version of a statement: who, when, what changed

    The first version first. Nothing is forgotten, and a retraction is a version too.
    """
    return listed(query, lambda after, limit: queries.statement_history(id, after, limit))
