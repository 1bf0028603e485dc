"""JSON-LD as it is found: objects with prefixed names, values in lists, references by ``@id``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# The forms in which names of schema.org's are written; the context is not fetched to tell.
_PREFIX = re.compile(r"\A(?:schema:|https?://(?:www\.)?schema\.org/)")
_WRAPPED = ("@value", "@list", "@set", "@graph")
# Lists in lists that a value of a property may stand in.
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property and the JSON Pointer to where it stands."""

    value: Any
    pointer: str


@dataclass(frozen=True, slots=True)
class Node:
    """An object of JSON-LD."""

    members: Mapping[str, Any]
    pointer: str
    # The nodes of the document by their ``@id``.
    named: Mapping[str, Node] = field(default_factory=dict)

    @property
    def types(self) -> frozenset[str]:
        """Its types, without the prefix of schema.org."""
        given = self.members.get("@type", self.members.get("type"))
        listed = given if isinstance(given, list) else [given]
        return frozenset(_PREFIX.sub("", each) for each in listed if isinstance(each, str))

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
        return self._first(names, ("name", "text"))

    def address(self, *names: str) -> Value | None:
        """The first address among some properties; of an object, its own."""
        return self._first(names, ("url", "@id"))

    def at(self, name: str) -> str:
        """The pointer to a property, whether it is there or not."""
        key = next((key for key in self.members if _PREFIX.sub("", key) == name), name)
        return _below(self.pointer, key)

    def _first(self, names: tuple[str, ...], of_object: tuple[str, ...]) -> Value | None:
        for each in (each for name in names for each in self._told(name)):
            # No deeper than into the object: what it refers to may refer back.
            inner = [each]
            if isinstance(each, Node):
                inner = [own for name in of_object for own in each._told(name)]
            for own in inner:
                found = plain(own) if isinstance(own, Value) else None
                if found is not None:
                    return found
        return None

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


def nodes(document: Any) -> Iterator[tuple[Node, str | None]]:
    """Every object in a document, those around others first, with the property it stands in."""
    named: dict[str, Node] = {}
    for node, _ in _walk(document, named):
        identity = node.members.get("@id")
        known = named.get(identity) if isinstance(identity, str) else None
        # What is told of it in several places is told where most is.
        if isinstance(identity, str) and (known is None or len(node.members) > len(known.members)):
            named[identity] = node
    yield from _walk(document, named)


def _walk(document: Any, named: Mapping[str, Node]) -> Iterator[tuple[Node, str | None]]:
    # A stack, because a document may be nested more deeply than calls may.
    waiting: list[tuple[Any, str, str | None]] = [(document, "", None)]
    while waiting:
        value, pointer, name = waiting.pop()
        if isinstance(value, dict):
            yield Node(value, pointer, named), name
            inner = [(each, _below(pointer, key), key) for key, each in value.items()]
            waiting += reversed(inner)
        elif isinstance(value, list):
            listed = [(each, f"{pointer}/{index}", name) for index, each in enumerate(value)]
            waiting += reversed(listed)


def plain(found: Value) -> Value | None:
    """A text without the HTML entities and the white space of the page it came from."""
    if isinstance(found.value, bool) or not isinstance(found.value, str | int | float):
        return None
    text = " ".join(html.unescape(str(found.value)).split())
    return Value(text, found.pointer) if text else None


def _below(pointer: str, key: str) -> str:
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
