"""The Reconciliation Service API: what a client sends as JSON in a form, and what it gets."""

from collections.abc import Mapping
from typing import Any

from marshmallow import (
    EXCLUDE,
    INCLUDE,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from schemas.base import Count, Shown, Strict
from schemas.speakers import KINDS

MATCHED = ("kind", "role", "alias", "wikidata")
_SOME = validate.Length(max=20)
_WHOLE = validate.Length(max=1_000_000)


class ReconciliationIn(Strict):
    """A batch of names to find, or a question for what is known of some speakers; as JSON."""

    queries = fields.String(
        validate=_WHOLE,
        metadata={
            "description": "A batch of queries as JSON.",
            "example": '{"q0": {"query": "Ada Brook", "type": "person", "limit": 3}}',
        },
    )
    extend = fields.String(
        validate=_WHOLE,
        metadata={
            "description": "Speakers and the properties to give of them, as JSON.",
            "example": '{"ids": ["1"], "properties": [{"id": "role"}]}',
        },
    )


class Types(fields.Field[Any]):
    """One type, or a list of them; those that no speaker is of are for the service to pass over."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:
        return [_as_text(each) for each in (value if isinstance(value, list) else [value])]


class Values(fields.Field[Any]):
    """One value, or a list of them: text, numbers, or what was reconciled before."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:
        values = value if isinstance(value, list) else [value]
        return [_as_text(each) for each in values if each is not None]


def _as_text(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("id")
    if isinstance(value, str | int | float):
        return str(value)
    raise ValidationError("A value is text, a number, true or false, or an object with an id.")


class MostCandidates(fields.Float):
    """A positive whole number, which JSON may write as 5 or 5.0."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValidationError("This is a positive whole number.")
        if value != value // 1 or not 1 <= value <= 2**31:
            raise ValidationError("This is a positive whole number.")
        return int(value)


class _Tolerant(Strict):
    """Passes over what it does not know: one query of a batch must not refuse all of it."""

    class Meta:
        unknown = EXCLUDE


class QueryProperty(_Tolerant):
    """Something else that is known of the one to be found."""

    pid = fields.String(required=True)
    v = Values(required=True, allow_none=True)


class ReconciliationQuery(_Tolerant):
    """Whom to find."""

    query = fields.String()
    type = Types()
    limit = MostCandidates()
    properties = fields.List(fields.Nested(QueryProperty), validate=_SOME)
    type_strict = fields.String(validate=validate.OneOf(("any", "should", "all")))

    @validates_schema
    def _asks_for_something(self, data: dict[str, Any], **_: Any) -> None:
        if "query" not in data and not data.get("properties"):
            raise ValidationError("Give a query, or properties to find somebody by.", "query")

    @post_load
    def _by_property(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        known: dict[str, list[str]] = {}
        for each in data.pop("properties", ()):
            if each["pid"] in MATCHED:
                known.setdefault(each["pid"], []).extend(each["v"] or ())
        return {**data, "properties": known}


class WantedProperty(_Tolerant):
    """A property to give; none has settings."""

    id = fields.String(required=True)


class ExtensionQuery(_Tolerant):
    """Of which speakers to give which properties."""

    ids = fields.List(fields.String(), required=True)
    properties = fields.List(fields.Nested(WantedProperty), required=True, validate=_SOME)


class SuggestQuery(Strict):
    """What somebody has typed so far. Parameters that are not known here are passed over."""

    prefix = fields.String(
        required=True, metadata={"description": "What was typed so far.", "example": "bro"}
    )
    cursor = Count(
        validate=validate.Range(0, 10_000), metadata={"description": "How many to skip."}
    )
    limit = Count(
        validate=validate.Range(1, 50),
        metadata={"description": "How many to give, 1 to 50.", "default": 20},
    )


class SuggestEntityQuery(SuggestQuery):
    """Speakers can be narrowed to types."""

    type = fields.List(
        fields.String(),
        validate=_SOME,
        metadata={
            "description": f"Of one of these kinds: {', '.join(KINDS)}; nobody is of another.",
            "example": ["person"],
        },
    )


class ProposalQuery(Strict):
    """For which type properties are asked. Parameters that are not known are passed over."""

    type = fields.String(metadata={"description": "A kind of speaker.", "example": "person"})
    limit = Count(
        validate=validate.Range(1, 50), metadata={"description": "How many to give, 1 to 50."}
    )


class EntityType(Shown):
    """A kind of speaker."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class ReconciliationAnswer(Shown):
    """What the protocol answers: a batch, the properties of speakers, or the manifest.

    For each query of a batch, under its name, an object whose `result` lists candidates. For
    `extend`: `meta`, the properties, and `rows`, their values by the speakers' ids. Each has any
    names, so that it is a map in every language, and not one of several things.
    """

    class Meta:
        unknown = INCLUDE


class ExtensionProperty(Shown):
    """A property of speakers."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class SuggestedEntity(Shown):
    """A speaker to choose."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    notable = fields.List(fields.Nested(EntityType), required=True)


class SuggestedEntities(Shown):
    """Speakers to choose from."""

    result = fields.List(fields.Nested(SuggestedEntity), required=True)


class SuggestedTerm(Shown):
    """A type or a property to choose."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String()


class SuggestedTerms(Shown):
    """Types or properties to choose from."""

    result = fields.List(fields.Nested(SuggestedTerm), required=True)


class ProposedProperties(Shown):
    """Properties that speakers of a type have."""

    type = fields.String(allow_none=True, required=True)
    properties = fields.List(fields.Nested(ExtensionProperty), required=True)
    limit = fields.Integer()
