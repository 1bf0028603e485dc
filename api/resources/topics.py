"""``/v1/topics``: what statements are about."""

from typing import Any

from flask import Response

from api.services.reading import queries
from api.web.openapi.blueprint import Blueprint
from api.web.responses.pages import listed
from schemas.base import PageQuery
from schemas.topics import TopicPage

topics = Blueprint("topics", __name__, description="What statements are about.")


@topics.get("/topics")
@topics.arguments(PageQuery, location="query")
@topics.lists(TopicPage)
def list_topics(query: dict[str, Any]) -> Response:
    """List topics with how many active statements each has

    In the order of the alphabet.
    """
    return listed(query, queries.topic_page)
