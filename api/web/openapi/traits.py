"""What a view does, read from its code, so that the document need not be told a second time."""

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

# Views and the conventions they call; what services do is none of the web's.
_READ = ("api.web.", "api.resources.")


def traits(view: Callable[..., Any]) -> frozenset[str]:
    """The names and the words in the code of a view, and in that of the conventions it calls.

    A view that calls ``listed`` has ``set_etag`` and ``Link`` among its traits, and one that may
    raise a problem that the web knows has the name of its type.
    """
    found: set[str] = set()
    waiting: list[Any] = [inspect.unwrap(view)]
    read: set[Any] = set()
    while waiting:
        function = waiting.pop()
        if function in read:
            continue
        read.add(function)
        for code in _codes(function.__code__):
            found.update(code.co_names)
            found.update(word for word in code.co_consts if isinstance(word, str))
            waiting += _called(code, function.__globals__)
    return frozenset(found)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _called(code: CodeType, known: dict[str, Any]) -> list[FunctionType]:
    named = (known.get(name) for name in code.co_names)
    return [
        each
        for each in named
        if isinstance(each, FunctionType) and each.__module__.startswith(_READ)
    ]
