"""Sources."""

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.base import SOME, Edtf, Id, Name, PageQuery, Shown, Strict, Url, page_of

LANGUAGE = (
    validate.Regexp(
        r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", error="A language tag looks like en or pt-BR."
    ),
    # As long as RFC 5646 asks every program to take them, section 4.4.1.
    validate.Length(max=35),
)


class SourcePatch(Strict):
    """Changes to a source; what is left out stays."""

    title = Name(1000, allow_none=True, metadata={"example": "Council approves the harbour plan"})
    url = Url(allow_none=True, metadata={"example": "https://news.example/harbour"})
    publisher = Name(allow_none=True, metadata={"example": "The Harbour Gazette"})
    published_on = Edtf(allow_none=True, metadata={"example": "2026-03-14"})
    language = fields.String(allow_none=True, validate=LANGUAGE, metadata={"example": "en"})


class SourceIn(SourcePatch):
    """A document; the same as one that is there when its url is, or without one its other data."""

    @validates_schema
    def _has_title_or_url(self, data: dict[str, object], **_: object) -> None:
        if "id" not in data and not data.get("title") and not data.get("url"):
            raise ValidationError("Give the source a title or a url.", "title")


class ArticleSource(SourcePatch):
    """A source by id, or by what it is; with `html`, the page tells what is left out."""

    id = Id()

    @validates_schema
    def _by_id_alone(self, data: dict[str, object], **_: object) -> None:
        if "id" in data and len(data) > 1:
            raise ValidationError("Give the id alone, or a title or url without an id.", "id")


class SourceRef(SourceIn, ArticleSource):
    """A source by id, or by what it is: found, or created where it is new."""


class Source(Shown):
    """The document a statement appeared in."""

    id = fields.Integer(required=True)
    title = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    publisher = fields.String(required=True, allow_none=True)
    published_on = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class SourceBrief(Shown):
    """A source as a statement shows it; the id is null in a dry run that would create it."""

    id = fields.Integer(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    publisher = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    published_on = fields.String(required=True, allow_none=True)


class SourceQuery(PageQuery):
    """The filters of the list of sources."""

    url = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "At this very address.",
            "example": ["https://gazette.example/harbour"],
        },
    )
    publisher = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "By this publisher.", "example": ["The Harbour Gazette"]},
    )


SourcePage = page_of(Source, "SourcePage")
