"""Articles: what is sent, and what became of each of their statements."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from api.language.words.folding import fold
from schemas.base import Position, Shown, Strict, Text
from schemas.contradictions import Contradiction
from schemas.sources import ArticleSource, Source
from schemas.speakers import Candidate, SpeakerRef
from schemas.statements import Statement

OUTCOMES = {
    "created": "new to the ledger",
    "appearance": "in the ledger from elsewhere, and new to this source",
    "unchanged": "the source was read with this very text before",
    "anchored": "in the same words and place of a text that changed, or with the speaker chosen",
    "moved": "in the same words at another place",
    "altered": "reworded, in a new version; `was` is the old wording",
    "orphaned": "gone from the text; kept without a position, yours to retract",
    "redacted": "its words were redacted and are not taken in again: the statement that had them",
    "unresolved": "new, and who said it is open; `candidates` are those who may have",
}


class SpeakerChoice(Strict):
    """Who is meant by a mention."""

    mention = Text(
        required=True,
        metadata={"description": "As the article writes it.", "example": "the minister"},
    )
    speaker = fields.Nested(SpeakerRef, required=True)


class ArticleIn(Strict):
    """An article: its text, or its page as it was fetched."""

    source = fields.Nested(ArticleSource)
    text = Text(
        None,
        metadata={
            "description": "Paragraphs as lines; 100,000 characters (a setting), else 413.",
        },
    )
    html = Text(
        None,
        metadata={"description": "Its main text is found; up to 3,000,000 characters, else 413."},
    )
    speakers = fields.List(
        fields.Nested(SpeakerChoice),
        validate=validate.Length(max=200),
        metadata={"description": "Whom to take a mention for; what a person revised stays."},
    )

    @validates_schema
    def _has_one_text(self, data: dict[str, Any], **_: Any) -> None:
        if "text" in data and "html" in data:
            raise ValidationError("Give the text or the html, not both.", "html")
        if "text" not in data and "html" not in data:
            raise ValidationError("Give the article's text, or its page as html.", "text")

    @validates_schema
    def _chooses_once(self, data: dict[str, Any], **_: Any) -> None:
        mentions = [fold(choice["mention"]) for choice in data.get("speakers", ())]
        if len(set(mentions)) < len(mentions):
            raise ValidationError("A mention is chosen twice: leave one choice.", "speakers")


class ArticleSourceShown(Source):
    """The document; the id is null in a dry run that would create it."""

    id = fields.Integer(required=True, allow_none=True)


class Words(Shown):
    """A stretch of the text, in code points."""

    text = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)


class ArticleStatement(Statement):
    """A statement, where the article has it, and what became of it."""

    outcome = fields.String(
        required=True,
        validate=validate.OneOf(tuple(OUTCOMES)),
        metadata={
            "description": "; ".join(f"`{name}`: {told}" for name, told in OUTCOMES.items()) + "."
        },
    )
    was = fields.String(
        required=True, allow_none=True, metadata={"description": "The wording before it."}
    )
    candidates = fields.List(fields.Nested(Candidate), required=True)
    mention = fields.Nested(Words, required=True, allow_none=True)
    cue = fields.Nested(Words, required=True, allow_none=True)  # type: ignore[assignment]
    position = fields.Nested(Position, required=True, allow_none=True)


class LeftOut(Shown):
    """A paragraph that is not read, in code points of the text."""

    language = fields.String(
        required=True, metadata={"description": "Its tag; `und` where it cannot be told."}
    )
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)


class Article(Shown):
    """What became of an article: its statements in the order of its text, and what stands."""

    source = fields.Nested(ArticleSourceShown, required=True)
    text = fields.String(metadata={"description": "What was read, where html was sent."})
    statements = fields.List(fields.Nested(ArticleStatement), required=True)
    left_out = fields.List(
        fields.Nested(LeftOut),
        required=True,
        metadata={"description": "Paragraphs of an English article in other languages."},
    )
    contradictions = fields.List(
        fields.Nested(Contradiction),
        required=True,
        metadata={"description": "Flagged, confirmed and candidate, of any of the statements."},
    )
