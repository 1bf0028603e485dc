"""Speakers."""

from marshmallow import ValidationError, fields, validate, validates_schema

from schemas.base import (
    SOME,
    Flag,
    Id,
    Name,
    PageQuery,
    Patch,
    Shown,
    Strict,
    Text,
    either,
    page_of,
)

KINDS = ("person", "organization", "document", "unnamed")
_KIND = validate.OneOf(KINDS)
_ALIASES = validate.Length(max=100)
_WIKIDATA = (
    validate.Regexp(r"\AQ[1-9][0-9]{0,18}\Z", error="A Wikidata id looks like Q3874799."),
    validate.Length(max=20),
)
_OF_CROWDS = (
    "A new speaker of a name that is nobody's in particular (`Multiple sources`, `Unknown`) is "
    "`unnamed`, whatever is given, unless `distinct` or `wikidata` says that somebody bears it."
)


class SpeakerIn(Strict):
    """A new speaker."""

    name = Name(required=True, metadata={"example": "Volodymyr Zelenskyy"})
    kind = fields.String(
        required=True,
        validate=_KIND,
        metadata={"example": "person", "description": _OF_CROWDS},
    )
    aliases = fields.List(Name(), validate=_ALIASES, metadata={"example": ["Zelensky"]})
    role = Text(allow_none=True, metadata={"example": "President of Ukraine"})
    wikidata = fields.String(allow_none=True, validate=_WIKIDATA, metadata={"example": "Q3874799"})
    distinct = Flag(
        metadata={"description": "True for another one of the same name."},
    )


class SpeakerPatch(Patch, SpeakerIn):
    """Changes to a speaker; what is left out stays."""


class SpeakerRef(Strict):
    """A speaker by id, or by name and kind: found, or created where the name is new."""

    id = Id()
    name = Name()
    kind = fields.String(validate=_KIND, metadata={"description": _OF_CROWDS})
    aliases = fields.List(Name(), validate=_ALIASES)
    role = Text(allow_none=True)
    wikidata = fields.String(allow_none=True, validate=_WIKIDATA)

    @validates_schema
    def _by_id_or_name(self, data: dict[str, object], **_: object) -> None:
        if "id" in data and len(data) > 1:
            raise ValidationError("Give the id alone, or a name without an id.", "id")
        if "id" not in data and "name" not in data:
            raise ValidationError("Give the speaker's id, or its name and kind.", "name")


class Speaker(Shown):
    """Whom statements are attributed to."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=_KIND)
    aliases = fields.List(fields.String(), required=True)
    role = fields.String(required=True, allow_none=True)
    wikidata = fields.String(required=True, allow_none=True)
    distinct = fields.Boolean(required=True)
    version = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class SpeakerBrief(Shown):
    """A speaker as a statement shows it; the id is null in a dry run that would create it."""

    id = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=_KIND)


class Candidate(SpeakerBrief):
    """Somebody who may be meant; the id is null where only the article names him."""

    aliases = fields.List(fields.String(), required=True)
    role = fields.String(required=True, allow_none=True)


class SpeakerQuery(PageQuery):
    """The filters of the list of speakers."""

    q = fields.String(
        metadata={"description": "Beginnings of words in names and aliases.", "example": "zelen"}
    )
    kind = either(*KINDS, description="Of one of these kinds.")
    wikidata = fields.List(
        fields.String(),
        validate=SOME,
        metadata={"description": "With this Wikidata id.", "example": ["Q42"]},
    )


class SpeakerMerge(Strict):
    """Into whom a duplicate is folded."""

    into = Id(required=True, metadata={"description": "The id of the speaker that stays."})


SpeakerPage = page_of(Speaker, "SpeakerPage")
