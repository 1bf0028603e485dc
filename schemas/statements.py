"""Statements, their appearances and their history."""

from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate

from schemas.base import (
    LONGEST_TEXT,
    SOME,
    AsOfQuery,
    Choice,
    Day,
    Edtf,
    IdOrNone,
    PageQuery,
    Patch,
    Position,
    Share,
    Shown,
    Strict,
    Text,
    either,
    page_of,
)
from schemas.sources import LANGUAGE, SourceBrief, SourceRef
from schemas.speakers import SpeakerBrief, SpeakerRef
from schemas.topics import TopicName

KINDS = ("quote", "claim")
STATUSES = ("active", "retracted")
SORTS = ("-said_on", "said_on", "-created_at", "relevance")


class StatementIn(Strict):
    """A statement to record."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={"description": "`quote`: some words are verbatim; `claim`: a paraphrase."},
    )
    text = Text(
        LONGEST_TEXT,
        required=True,
        metadata={
            "description": "What was said, reading true alone, without quotation marks.",
            "example": "The harbour will not be closed",
        },
    )
    verbatim = fields.List(
        Text(LONGEST_TEXT),
        validate=validate.Length(max=100),
        metadata={
            "description": "The parts of a quote's text that are verbatim; all of it if left out.",
            "example": ["will not be closed"],
        },
    )
    speaker = fields.Nested(SpeakerRef, required=True)
    role = Text(allow_none=True, metadata={"description": "The speaker's role at the time."})
    said_on = Edtf(
        allow_none=True,
        metadata={"description": "When it was said, as EDTF.", "example": "2026-03-14"},
    )
    said_on_text = Text(
        allow_none=True,
        metadata={"description": "The source's words for when.", "example": "on Saturday"},
    )
    source = fields.Nested(SourceRef, allow_none=True)
    cue = Text(
        allow_none=True,
        metadata={"description": "The words that attribute it.", "example": "said"},
    )
    context = Text(
        LONGEST_TEXT, allow_none=True, metadata={"description": "The sentences around it."}
    )
    position = fields.Nested(Position, allow_none=True)
    topics = fields.List(TopicName(), validate=validate.Length(max=50))
    language = fields.String(
        validate=LANGUAGE,
        metadata={
            "description": "Of the text; `en` is compared. Left out, it is told from the words: "
            "`und` where they are not English and tell no more.",
            "example": "en",
        },
    )
    external_id = Text(
        255, allow_none=True, metadata={"description": "The caller's own name for it."}
    )
    confidence = Share(
        allow_none=True,
        metadata={"description": "Of the extraction that found it; null where a person did."},
    )


class StatementPatch(Patch, StatementIn):
    """Changes to a statement; what is left out stays."""


class RedactionIn(Strict):
    """Why a statement's words are taken out."""

    reason = Text(
        required=True,
        metadata={
            "description": "Why, for the history: it stays, so it must quote nothing of the words.",
            "example": "Erased at the request of a witness, case 2026-114.",
        },
    )


class Statement(Shown):
    """One attributed utterance."""

    id = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Null in a dry run."}
    )
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    text = fields.String(required=True)
    verbatim = fields.List(fields.String(), required=True)
    speaker = fields.Nested(SpeakerBrief, required=True)
    role = fields.String(required=True, allow_none=True)
    said_on = fields.String(required=True, allow_none=True)
    said_on_text = fields.String(required=True, allow_none=True)
    said_earliest = fields.Date(required=True, allow_none=True)
    said_latest = fields.Date(required=True, allow_none=True)
    source = fields.Nested(SourceBrief, required=True, allow_none=True)
    appearances = fields.Integer(required=True)
    cue = fields.String(required=True, allow_none=True)
    context = fields.String(required=True, allow_none=True)
    position = fields.Nested(Position, required=True, allow_none=True)
    topics = fields.List(fields.String(), required=True)
    language = fields.String(required=True)
    external_id = fields.String(required=True, allow_none=True)
    confidence = fields.Float(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    contradiction_count = fields.Integer(required=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


def by_name(body: dict[str, Any]) -> dict[str, Any]:
    """A statement whose speaker and source go by what they are, where that is told, not by id."""
    body = dict(body)
    for member, telling in (("speaker", ("name",)), ("source", ("title", "url"))):
        told = body.get(member)
        if isinstance(told, dict) and any(told.get(name) for name in telling):
            body[member] = {name: value for name, value in told.items() if name != "id"}
    return body


class StatementLine(StatementIn):
    """A line of an import: a statement to record, or one as a list shows it.

    Of the latter, what another ledger made is passed over: the members that only go out, and the
    ids of its speaker and its source where these are told otherwise.
    """

    # By these a statement is known for one that a list has shown.
    _MARKS = frozenset({"id", "status", "version", "created_at", "updated_at"})
    _SHOWN_ALONE = frozenset(Statement._declared_fields) - frozenset(StatementIn._declared_fields)

    @pre_load
    def _as_shown(self, body: Any, **_: Any) -> Any:
        if not isinstance(body, dict) or not self._MARKS.issubset(body):
            return body
        if body["status"] != "active":
            raise ValidationError(
                "This was retracted where it is from: an import takes what stands.", "status"
            )
        return by_name({k: value for k, value in body.items() if k not in self._SHOWN_ALONE})


class DateRangeQuery(PageQuery):
    """Filters by the date of speech."""

    said_from = Day(metadata={"description": "Said on this day or later."})
    said_to = Day(metadata={"description": "Said on this day or earlier."})


class StatementFilters(DateRangeQuery):
    """Which statements are meant.

    ``none``, in small letters and alone, asks for what lacks something; ``None`` is a name.
    """

    q = fields.String(
        metadata={
            "description": 'Words that the text has; `"…"` is a phrase, all else is literal.',
            "example": "harbour",
        }
    )
    kind = either(*KINDS, description="Of one of these kinds.")
    speaker = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "By a speaker's id, name or alias. `none`: attributed to nobody by "
            "name, to an unnamed speaker.",
            "example": ["Ada Brook"],
        },
    )
    source = fields.List(
        IdOrNone(),
        validate=SOME,
        metadata={
            "description": "That appeared in a source, by its id. `none`: in no source that is "
            "known.",
            "example": ["1"],
        },
    )
    publisher = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "That a publisher published. `none`: no publisher is known.",
            "example": ["The Harbour Gazette"],
        },
    )
    topic = fields.List(
        fields.String(),
        validate=SOME,
        metadata={
            "description": "On one of these topics. `none`: on no topic.",
            "example": ["harbour-plan"],
        },
    )
    language = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "In one of these languages.", "example": ["en"]},
    )
    external_id = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "Recorded under this id.", "example": ["gazette-1"]},
    )
    status = either(*STATUSES, description="`active` where it is left out.")
    said = fields.String(
        validate=validate.OneOf(("none",)),
        metadata={"description": "`none`: it is not known when it was said."},
    )
    said_match = fields.String(
        validate=validate.OneOf(("overlaps", "within", "certain")),
        metadata={
            "description": "How the span of speech meets said_from and said_to: `overlaps` "
            "(default) meets them, `within` lies in them, `certain` lies in them and is closed "
            "and neither approximate nor uncertain.",
        },
    )
    contradicted = Choice(
        metadata={"description": "With, or without, a flagged or confirmed contradiction."}
    )


class StatementQuery(StatementFilters, AsOfQuery):
    """The filters of the list of statements, its order, and when it is looked at."""

    sort = fields.String(
        validate=validate.OneOf(SORTS),
        metadata={
            "description": "`-said_on` (default): the latest first, unknown dates last. "
            "`relevance` ranks the 500 that were said last of what is found, and `ranked` says "
            "whether there are more. With `as_of` only `-created_at`, its default."
        },
    )


class DryRunQuery(Strict):
    """Whether anything is to be stored."""

    dry_run = Choice(metadata={"description": "True: answer as if, and store nothing."})


class ImportQuery(Strict):
    """How an import is stored."""

    dry_run = Choice(
        metadata={
            "description": "True: tell what would become of each line, and store nothing. Lines "
            "are tried by the hundred; with `atomic` all together, so that what lines far apart "
            "share is seen, too."
        }
    )
    atomic = Choice(metadata={"description": "True: all lines are stored, or none."})


class AppearanceIn(Strict):
    """Where else a statement was published."""

    source = fields.Nested(SourceRef, required=True)
    text = Text(LONGEST_TEXT, allow_none=True, metadata={"description": "The exact words there."})
    cue = Text(allow_none=True)
    position = fields.Nested(Position, allow_none=True)


class Appearance(Shown):
    """One place where a statement was published."""

    id = fields.Integer(required=True)
    statement = fields.Integer(required=True)
    source = fields.Nested(SourceBrief, required=True)
    text = fields.String(required=True, allow_none=True)
    cue = fields.String(required=True, allow_none=True)
    position = fields.Nested(Position, required=True, allow_none=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class FieldChange(Shown):
    """One field of a version that differs from the version before."""

    field = fields.String(required=True)
    was = fields.Raw(required=True, allow_none=True)
    # ``is`` is a keyword, so the field stands under another name here.
    becomes = fields.Raw(data_key="is", required=True, allow_none=True)


class StatementVersion(Shown):
    """One version of a statement: who made it, when, and what changed."""

    version = fields.Integer(required=True)
    change = fields.Integer(
        required=True, metadata={"description": "The number of the change, as proofs name it."}
    )
    at = fields.DateTime(required=True)
    who = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)
    action = fields.String(required=True)
    changes = fields.List(fields.Nested(FieldChange), required=True)


class Ranked(Shown):
    """How much of a search is in the order of relevance."""

    of = fields.Integer(
        required=True,
        metadata={"description": "Statements that are ranked: of what is found those said last."},
    )
    capped = fields.Boolean(
        required=True,
        metadata={
            "description": "Whether more was found than is ranked; it follows, the latest first."
        },
    )


class StatementPage(page_of(Statement, "StatementList")):  # type: ignore[misc]
    """A page of statements."""

    ranked = fields.Nested(
        Ranked, metadata={"description": "With `sort=relevance` only: what is ranked."}
    )


AppearancePage = page_of(Appearance, "AppearancePage")
StatementHistory = page_of(StatementVersion, "StatementHistory")
