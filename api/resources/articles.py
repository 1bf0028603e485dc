"""``/v1/articles``: an article in, its attributed statements and their contradictions out."""

from typing import Any

from flask import Response, current_app, url_for

from api.services.articles.answer import answer
from api.services.articles.commit import commit_article
from api.services.articles.findings import prepare_article
from api.services.articles.precomparison import precompare_article
from api.services.dry_runs.dry_run import dry_run
from api.services.dry_runs.excerpts import of_article
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed, created
from api.web.responses.idempotency import answered_once
from schemas import articles as schemas
from schemas.statements import DryRunQuery

articles = Blueprint(
    "articles", __name__, description="Articles in, their attributed statements out."
)


@articles.post("/articles")
@articles.arguments(DryRunQuery, location="query")
@articles.arguments(schemas.ArticleIn)
@articles.alt_response(409, response="Conflict")
@articles.alt_response(200, schema=schemas.Article, success=True)
@articles.response(201, schemas.Article)
@articles.creates()
def create_article(query: dict[str, Any], given: dict[str, Any]) -> Response:
    """Find and record what an article says people said

    All of an article is recorded, or nothing. Posted again, each of its statements is found
    again: the same text changes nothing, and what the article changed becomes a new version. 201
    where a source, a statement or an appearance is new, else 200; `Location` and `ETag` are the
    source's.
    """
    article = prepare_article(given, current_app.config["SETTINGS"].max_article)
    compared = precompare_article(article)

    def recorded() -> tuple[dict[str, Any], bool]:
        ingested = commit_article(article, compared)
        return answer(article, ingested), ingested.is_new

    if query.get("dry_run"):
        return computed(dry_run(lambda: recorded()[0], of_article(article, compared)))

    def stored() -> Response:
        shown, new = recorded()
        location = url_for("sources.get_source", id=shown["source"]["id"])
        return created(shown, location, new, of=shown["source"])

    return answered_once(stored)
