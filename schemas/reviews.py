"""Reviews: fact-checks of statements, and what becomes of those that are imported."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.base import (
    LONGEST_TEXT,
    SOME,
    Day,
    Edtf,
    Id,
    IdParameter,
    Name,
    PageQuery,
    Patch,
    Shown,
    Strict,
    Text,
    Url,
    page_of,
)
from schemas.problems import Problem
from schemas.sources import LANGUAGE
from schemas.speakers import Candidate
from schemas.statements import AppearanceIn, DryRunQuery, Statement, StatementIn

AUTHOR_KINDS = ("person", "organization")
OUTCOMES = ("created", "updated", "unchanged", "refused")
SORTS = ("-created_at", "-published_on")
_LABEL = 500


class RatingNumber(fields.Float):
    """A number of a rating in a body."""

    def __init__(self, **options: Any) -> None:
        within = validate.Range(-1e12, 1e12)
        super().__init__(allow_nan=False, allow_none=True, validate=within, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class ReviewAuthorPatch(Strict):
    """Changes to who made a fact-check; what is left out stays."""

    name = Name(metadata={"example": "Quay Facts"})
    kind = fields.String(
        validate=validate.OneOf(AUTHOR_KINDS),
        metadata={"description": "`organization` where it is left out."},
    )
    url = Url(allow_none=True, metadata={"example": "https://facts.example"})


class ReviewAuthorIn(ReviewAuthorPatch):
    """Who made a fact-check."""

    name = Name(required=True, metadata={"example": "Quay Facts"})


class RatingIn(Strict):
    """How true a fact-check finds a statement: in words, as a number on a scale, or both."""

    value = RatingNumber(metadata={"example": 1})
    best = RatingNumber(
        metadata={"description": "The end of the scale that means true; 5 if left out."}
    )
    worst = RatingNumber(metadata={"description": "Its other end; 1 if left out."})
    label = Text(_LABEL, allow_none=True, metadata={"example": "False"})
    explanation = Text(LONGEST_TEXT, allow_none=True)


class FactCheck(Strict):
    """What a fact-check says, whatever it is of."""

    url = Url(
        required=True,
        metadata={
            "description": "Where the fact-check is.",
            "example": "https://facts.example/harbour",
        },
    )
    title = Name(1000, allow_none=True, metadata={"example": "Will the harbour close?"})
    author = fields.Nested(ReviewAuthorIn, required=True)
    claim = Text(
        LONGEST_TEXT,
        allow_none=True,
        metadata={"description": "The claim in its words, where they are not the statement's."},
    )
    claimant = Text(
        allow_none=True, metadata={"description": "Whom it names for the claim, in its words."}
    )
    rating = fields.Nested(RatingIn, required=True)
    published_on = Edtf(allow_none=True, metadata={"example": "2026-03-16"})
    language = fields.String(
        allow_none=True, validate=LANGUAGE, metadata={"description": "Of the fact-check."}
    )


class ReviewIn(FactCheck):
    """A fact-check of a statement; the same when its url and its statement are."""

    statement = Id(required=True, metadata={"description": "The id of the statement it reviews."})


class ReviewPatch(Patch, ReviewIn):
    """Changes to a review; of its author and its rating too, what is left out stays."""

    author = fields.Nested(ReviewAuthorPatch)
    rating = fields.Nested(RatingIn)


class ReviewAuthor(Shown):
    """Who made a fact-check."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(AUTHOR_KINDS))
    url = fields.String(required=True, allow_none=True)


class Rating(Shown):
    """How true a fact-check finds a statement: in words, as a number on a scale, or both."""

    value = fields.Float(required=True, allow_none=True)
    best = fields.Float(required=True, allow_none=True)
    worst = fields.Float(required=True, allow_none=True)
    label = fields.String(required=True, allow_none=True)
    explanation = fields.String(required=True, allow_none=True)


class Review(Shown):
    """A fact-check of a statement."""

    id = fields.Integer(required=True)
    statement = fields.Nested(Statement, required=True)
    url = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    author = fields.Nested(ReviewAuthor, required=True)
    claim = fields.String(required=True, allow_none=True)
    claimant = fields.String(required=True, allow_none=True)
    rating = fields.Nested(Rating, required=True)
    published_on = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ReviewQuery(PageQuery):
    """The filters of the list of reviews."""

    statement = fields.List(
        IdParameter(), validate=SOME, metadata={"description": "Of this statement."}
    )
    speaker = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "Of what a speaker said: id, name or alias.",
            "example": ["Ada Brook"],
        },
    )
    author = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "By this fact-checker.", "example": ["Quay Facts"]},
    )
    label = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "With this rating in words.", "example": ["False"]},
    )
    url = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "At this very address.",
            "example": ["https://facts.example/lamp"],
        },
    )
    language = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "In one of these languages.", "example": ["en"]},
    )
    published_from = Day(metadata={"description": "Published on this day or later."})
    published_to = Day(metadata={"description": "Published on this day or earlier."})
    sort = fields.String(
        validate=validate.OneOf(SORTS),
        metadata={"description": "`-created_at` (default): the newest first."},
    )


class ImportedReviewIn(FactCheck):
    """A fact-check that was read from a document, with the statement it brings along."""

    claim = Text(LONGEST_TEXT, required=True)
    statement = fields.Nested(StatementIn, required=True)
    # Of each the source is recorded while the ledger is locked.
    appearances = fields.List(
        fields.Nested(AppearanceIn),
        required=True,
        validate=validate.Length(max=100, error="A claim may have 100 appearances here."),
    )

    @validates_schema
    def _has_a_rating(self, data: dict[str, Any], **_: Any) -> None:
        if not {"label", "value"} & data["rating"].keys():
            raise ValidationError("There is no rating here: give one.", "rating")


class ReviewImportQuery(DryRunQuery):
    """How a document is taken in."""

    url = Url(
        metadata={
            "description": "The address of the page that the document is from: what is relative in "
            "it is relative to this, and a fact-check without an address has this one.",
            "example": "https://facts.example/2026/lamp",
        }
    )


class ImportWarning(Shown):
    """Something that was read otherwise than it is written, or left out."""

    pointer = fields.String(
        required=True, metadata={"description": "JSON Pointer to it in the document."}
    )
    detail = fields.String(required=True, metadata={"description": "What became of it, and why."})


class ReviewOutcome(Shown):
    """What became of one fact-check of an import."""

    index = fields.Integer(
        required=True, metadata={"description": "Its number in the document, from 0."}
    )
    pointer = fields.String(
        required=True, metadata={"description": "JSON Pointer to it in the document."}
    )
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    url = fields.String(required=True, allow_none=True)
    id = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the review, where there is; null where a dry run made it."},
    )
    statement = fields.Integer(
        required=True, allow_none=True, metadata={"description": "The id of its statement."}
    )
    candidates = fields.List(
        fields.Nested(Candidate),
        required=True,
        metadata={
            "description": "Who may be the claimant, where the name fits several: the statement is "
            "an unnamed speaker's until it is revised."
        },
    )
    problem = fields.Nested(Problem, required=True, allow_none=True)
    warnings = fields.List(
        fields.Nested(ImportWarning),
        required=True,
        metadata={
            "description": "What of it was read otherwise than it is written, or left out because "
            "it could not be read: it was taken in all the same."
        },
    )


class ReviewImport(Shown):
    """What became of each fact-check of an import, in the order of the document."""

    outcomes = fields.List(fields.Nested(ReviewOutcome), required=True)
    warnings = fields.List(
        fields.Nested(ImportWarning),
        required=True,
        metadata={"description": "Scripts of a page that cannot be read."},
    )


ReviewPage = page_of(Review, "ReviewPage")
