"""JSON-LD as it is found: objects with prefixed names, values in lists, references by ``@id``."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# The forms in which names of schema.org's are written; the context is not fetched to tell.
_PREFIX = re.compile(r"\A(?:schema:|https?://(?:www\.)?schema\.org/)")
# A way from the outside in, link by link: most are never followed.
_Place = tuple[Any, str] | None
_Met = tuple[Any, _Place, str | None]
_WRAPPED = ("@value", "@list", "@set", "@graph")
# Lists in lists that a value of a property may stand in.
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property and the JSON Pointer to where it stands.

    ``note`` is what its reader did to it, for the caller to know; ``value`` is None where it cannot
    be read and is left out.
    """

    value: Any
    pointer: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An object of JSON-LD."""

    members: Mapping[str, Any]
    pointer: str
    # What tells the most of each ``@id`` in the document.
    named: Mapping[str, Node] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        """Its types, without the prefix of schema.org."""
        return types(self.members)

    def values(self, name: str) -> Iterator[Node | Value]:
        """The values of a property that are not empty: objects as nodes, references followed."""
        for key, value in self.members.items():
            if _PREFIX.sub("", key) == name:
                yield from self._values(value, _below(self.pointer, key))

    def node(self, name: str) -> Node | None:
        """The first value of a property that is an object."""
        return next((each for each in self.values(name) if isinstance(each, Node)), None)

    def text(self, *names: str) -> Value | None:
        """The first text among some properties; of an object, what it is called."""
        return next(self._every(names, ("name", "text")), None)

    def address(self, *names: str) -> Value | None:
        """The first address among some properties; of an object, its own."""
        return next(self.addresses(*names), None)

    def addresses(self, *names: str) -> Iterator[Value]:
        """What some properties have for addresses; of objects, their own."""
        return self._every(names, ("url", "@id"))

    def at(self, name: str) -> str:
        """The pointer to a property, whether it is there or not."""
        key = next((key for key in self.members if _PREFIX.sub("", key) == name), name)
        return _below(self.pointer, key)

    def _every(self, names: tuple[str, ...], of_object: tuple[str, ...]) -> Iterator[Value]:
        for each in (each for name in names for each in self._told(name)):
            # No deeper than into the object: what it refers to may refer back.
            inner = [each]
            if isinstance(each, Node):
                inner = [own for name in of_object for own in each._told(name)]
            for own in inner:
                found = plain(own) if isinstance(own, Value) else None
                if found is not None:
                    yield found

    def _told(self, name: str) -> Iterator[Node | Value]:
        """The values of a property; an ``@id`` only where it is an address."""
        for each in self.values(name):
            if name != "@id" or (isinstance(each, Value) and str(each.value).startswith("http")):
                yield each

    def _values(self, value: Any, pointer: str, depth: int = 0) -> Iterator[Node | Value]:
        if depth > _DEEPEST:
            return
        if isinstance(value, list):
            for index, each in enumerate(value):
                yield from self._values(each, f"{pointer}/{index}", depth + 1)
        elif isinstance(value, dict):
            wrapped = next((name for name in _WRAPPED if name in value), None)
            if wrapped is not None:
                inner = _below(pointer, wrapped)
                yield from self._values(value[wrapped], inner, depth + 1)
            elif value:
                yield self._referred(value) or Node(value, pointer, self.named)
        elif value is not None and value != "":
            yield Value(value, pointer)

    def _referred(self, value: Mapping[str, Any]) -> Node | None:
        """The node that an object of nothing but an ``@id``, and perhaps a type, stands for."""
        if not {"@id"} <= value.keys() <= {"@id", "@type"} or not isinstance(value["@id"], str):
            return None
        return self.named.get(value["@id"])


def types(members: Mapping[str, Any]) -> frozenset[str]:
    """The types of an object, without the prefix of schema.org."""
    given = members.get("@type", members.get("type"))
    listed = given if isinstance(given, list) else [given]
    return frozenset(_PREFIX.sub("", each) for each in listed if isinstance(each, str))


def nodes(
    document: Any, are_sought: Callable[[Mapping[str, Any], str | None], bool]
) -> Iterator[Node]:
    """The objects in a document that are sought, those around others first.

    Args:
        document: any JSON.
        are_sought: tells by an object's members and the name of the property it stands in.
    """
    named: dict[str, Node] = {}
    found: list[Node] = []
    for value, place, name in _walk(document):
        if isinstance(value, list):
            continue
        identity = value.get("@id")
        known = named.get(identity) if isinstance(identity, str) else None
        # Told of in several places, it is taken from where most is told.
        if isinstance(identity, str) and (not known or len(value) > len(known.members)):
            named[identity] = Node(value, _pointer(place), named)
        if are_sought(value, name):
            found.append(Node(value, _pointer(place), named))
    yield from found


def _walk(document: Any) -> Iterator[_Met]:
    """The objects and lists in a document that are not empty, those around others first."""
    # A stack, because a document may be nested more deeply than calls may.
    waiting: list[Iterator[_Met]] = [iter([(document, None, None)] if document else [])]
    while waiting:
        met = next(waiting[-1], None)
        if met is None:
            waiting.pop()
            continue
        if isinstance(met[0], dict | list):
            yield met
            waiting.append(_inside(*met))


def _inside(value: Any, place: _Place, name: str | None) -> Iterator[_Met]:
    if isinstance(value, dict):
        return ((each, (place, key), key) for key, each in value.items() if each)
    return ((each, (place, str(i)), name) for i, each in enumerate(value) if each)


def plain(found: Value) -> Value | None:
    """A text without the HTML entities and the white space of the page it came from."""
    if isinstance(found.value, bool) or not isinstance(found.value, str | int | float):
        return None
    text = " ".join(html.unescape(str(found.value)).split())
    return Value(text, found.pointer) if text else None


def _pointer(place: _Place) -> str:
    keys = []
    while place is not None:
        place, key = place
        keys.append(key)
    pointer = ""
    for key in reversed(keys):
        pointer = _below(pointer, key)
    return pointer


def _below(pointer: str, key: str) -> str:
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
