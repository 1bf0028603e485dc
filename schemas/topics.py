"""Topics."""

from typing import Any

from marshmallow import ValidationError, fields

from api.language.words.folding import slug
from schemas.base import Shown, Text, page_of


class TopicName(Text):
    """A topic: words, kept in lower case and joined by hyphens."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=100, metadata={"example": "harbour-plan"}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if not slug(name):
            raise ValidationError("A topic needs a letter or a digit.")
        return name


class Topic(Shown):
    """A topic and how many active statements have it."""

    topic = fields.String(required=True)
    statements = fields.Integer(required=True)


TopicPage = page_of(Topic, "TopicPage")
