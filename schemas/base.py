"""What all schemas share: strictness, and the kinds of field that the contract has."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from api.identifiers import LARGEST_ID, read_id
from api.language.dates.edtf_dates import span
from api.language.words.folding import fold, visible

LONGEST_TEXT = 20_000
LONGEST_NAME = 500
LONGEST_OFFSET = 2**31 - 1
# Beyond it a number with a fraction stands for several whole ones.
_LARGEST_EXACT = 2**53

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Strict(Schema):
    """Refuses what it does not know, naming what it does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        known = ", ".join(self.load_fields)
        self.error_messages = {
            **self.error_messages,
            "unknown": f"Unknown. Known here: {known}.",
            "type": "This must be a JSON object.",
        }


class Patch(Strict):
    """Mixed into the schema of a new thing, describes changes to one: nothing is required."""

    def __init__(self, **options: Any) -> None:
        # By name, because ``partial=True`` would reach into nested objects too.
        required = tuple(name for name, field in self._declared_fields.items() if field.required)
        super().__init__(**{**options, "partial": required})


class Shown(Schema):
    """Describes what goes out; it may gain members, so readers pass over unknown ones."""

    class Meta:
        unknown = EXCLUDE


class Text(fields.String):
    """Words: not blank, neither NUL nor lone surrogates in them, stored as they are sent."""

    def __init__(self, longest: int | None = LONGEST_NAME, **options: Any) -> None:
        options["validate"] = [validate.Length(1, longest), *_listed(options.get("validate"))]
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\0" in text:
            raise ValidationError("A NUL character is not text: leave it out.")
        if _SURROGATE.search(text):
            raise ValidationError("A lone surrogate is not text: send the whole character.")
        if text and not text.strip():
            raise ValidationError("This is blank: write something, or leave it out.")
        return text


class Name(Text):
    """A name, of somebody or something: what is not seen of it, such as U+202E, is left out."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        name = visible(super()._deserialize(value, attr, data, **kwargs))
        if not fold(name):
            raise ValidationError("Nothing of this name is seen: write one that is.")
        return name


class Edtf(Text):
    """An EDTF date of level 1."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        edtf = super()._deserialize(value, attr, data, **kwargs)
        try:
            span(edtf)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return edtf


class Url(Text):
    """An http or https address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(longest=2048, validate=_is_web_address, **options)


def _is_web_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        reachable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        reachable = False
    plain = all(character.isprintable() and not character.isspace() for character in address)
    if not (reachable and plain and parts.scheme in ("http", "https")):
        raise ValidationError("This is not an http or https address.")


class Whole(fields.Integer):
    """A whole number in a body: 3 or, as in JSON Schema, 3.0; but no text, and not true."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_EXACT:
            value = int(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Id(Whole):
    """An id in a body: an integer from 1 to 2^63-1."""

    def __init__(self, **options: Any) -> None:
        in_range = validate.Range(1, LARGEST_ID, error=f"An id lies between 1 and {LARGEST_ID}.")
        super().__init__(validate=in_range, **options)


class Flag(fields.Boolean):
    """True or false in a body, and no number or word for them."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class IdParameter(Id):
    """An id in a query, where numbers are written as text."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        number = read_id(value)
        if number is None:
            raise ValidationError(f"An id is an integer from 1 to {LARGEST_ID}.")
        return number


class IdOrNone(fields.String):
    """An id in a query, or ``none`` for the lack of one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(metadata={"pattern": r"^(none|[1-9][0-9]{0,18})$"}, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        number = "none" if value == "none" else read_id(value)
        if number is None:
            raise ValidationError(f"An id is an integer from 1 to {LARGEST_ID}, or none.")
        return number


class Share(fields.Float):
    """A number from 0 to 1 in a body."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_nan=False, validate=validate.Range(0, 1), **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Offset(Whole):
    """A place in a text, in code points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Range(0, LONGEST_OFFSET), **options)


class Position(Strict):
    """Where words stand in a text: code points, the end not included."""

    start = Offset(required=True)
    end = Offset(required=True)

    @validates_schema
    def _ends_after_its_start(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("The end lies after the start.", "end")


class Count(fields.Integer):
    """A whole number in a query, in plain digits."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not value.isascii() or not value.isdigit():
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value[:20], attr, data, **kwargs)


class Day(fields.Date):
    """A plain day in a query, YYYY-MM-DD, as its text."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        day = super()._deserialize(value, attr, data, **kwargs)
        if day.isoformat() != value:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return value


class Moment(fields.DateTime):
    """A moment in a query, RFC 3339 with its offset."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        try:
            if _RFC_3339.fullmatch(value):
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise ValidationError(
            "A moment is a date, a time and an offset: 2026-03-14T09:30:00Z. In an address + is "
            "written %2B."
        )


class Choice(fields.Boolean):
    """``true`` or ``false`` in a query."""

    def __init__(self, **options: Any) -> None:
        super().__init__(truthy={"true"}, falsy={"false"}, **options)


class AsOfQuery(Strict):
    """When a thing is looked at."""

    as_of = Moment(
        metadata={
            "description": "As the ledger was at this moment, whatever became of it since; words "
            "that were redacted since are missing all the same.",
            "example": "2026-03-14T09:30:00Z",
        }
    )


class PageQuery(Strict):
    """The parameters of every list."""

    limit = Count(
        validate=validate.Range(1, 200),
        metadata={"description": "Items a page, 1 to 200.", "default": 50, "example": 20},
    )
    cursor = fields.String(
        metadata={
            "description": "Where the page starts: follow `next` as it was given.",
            "example": "WzIwXQ.c2lnbmF0dXJl",
        }
    )
    all = Choice(
        metadata={
            "description": "True, with `text/csv` or `application/x-ndjson`: the whole list in one "
            "answer, as it is at one moment."
        }
    )


def page_of(item: type[Schema], name: str) -> type[Schema]:
    """The schema of a list's page."""
    page = Shown.from_dict(
        {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(
                required=True,
                allow_none=True,
                metadata={
                    "description": "The address of the next page; null on the last. Where filters "
                    "pass over much, a page may be short, even empty, and have a next one."
                },
            ),
        },
        name=name,
    )
    page.__doc__ = "A page of a list."
    return page


def either(*values: str, **metadata: Any) -> "fields.List[str]":
    """A filter that may be repeated: any of the values matches."""
    return fields.List(
        fields.String(validate=validate.OneOf(values)), validate=SOME, metadata=metadata
    )


def _listed(validators: Any) -> list[Any]:
    if validators is None:
        return []
    return list(validators) if isinstance(validators, list | tuple) else [validators]


SOME = validate.Length(1, 50, error="Repeat a filter up to 50 times.")
