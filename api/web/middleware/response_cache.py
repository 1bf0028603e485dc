"""Reads that were answered before, answered again without all that leads up to an answer.

What a call passes through (its address taken apart, who may call, parameters and media types read
and checked, headers put together) comes out the same for the same request. So an answer may leave
behind how to read the ledger for it again, and nothing that is in it: the next request like it
reads the ledger as it is by then, and goes out with the headers of the first. Every refusal takes
the long way, and so does whatever here is not certain.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import request

from api.deadline import within
from api.web.http.media_types import JSON
from api.web.middleware.request_log import ROUTE

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    """What is sent: the ETag, and the body where the caller's copy is another."""

    tag: str
    body: bytes | None = None
    link: str | None = None


# Tells whether a caller has a copy with a tag; None where he says nothing of any.
Has = Callable[[str], bool] | None
# Reads again: is told what the caller has, and the id or the cursor that the address ends with,
# where it does.
Again = Callable[[Has, str], Answer | None]

_AGAIN = "counterclaim.again"
_MOST = 4_000
_ONE = re.compile(r"(/v1/statements/)([1-9][0-9]{0,17})")
_LATER_PAGE = re.compile(r"((?:.*&)?cursor=)([\w.-]+)", re.ASCII)
_TAG = re.compile(r'(?:W/)?"([^"]*)"')
# A request with one of these may be answered otherwise than one without.
_TELLING = frozenset(
    (
        "HTTP_AUTHORIZATION",
        "HTTP_ORIGIN",
        "HTTP_FORWARDED",
        "HTTP_VIA",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_REAL_IP",
        "HTTP_X_CHANGE_REASON",
    )
)
_JSON_WANTED = frozenset((None, "*/*", JSON, f"{JSON}, */*"))
# What each answer has of its own, and what one without a body leaves out.
_OWN = frozenset(("etag", "link", "content-length"))
_NEXT = 'rel="next"'
_OF_BODY = frozenset(("content-type",))


def again(read: Again) -> None:
    """Leave behind how the request that is being answered can be answered again, in JSON."""
    request.environ[_AGAIN] = read


@dataclass(frozen=True, slots=True)
class _Repeat:
    """How a request is answered again: what reads, and what goes out with what is read."""

    read: Again
    route: str
    headers: Headers
    links: Headers
    without_body: Headers

    def all_of(self, answer: Answer) -> Headers:
        """The headers of an answer."""
        tag = ("ETag", f'"{answer.tag}"')
        if answer.body is None:
            return [tag, *self.without_body]
        links = self.links if answer.link is None else [("Link", answer.link)]
        return [*self.headers, ("Content-Length", str(len(answer.body))), tag, *links]


def repeated(application: Wsgi, seconds: float) -> Wsgi:
    """An application that answers again by itself what may be.

    Args:
        application: the one that answers everything else. Who may read, and how often, is the
            same for all strangers.
        seconds: how long reading may take.
    """
    known: dict[tuple[Any, ...], _Repeat] = {}

    def choose(environ: Environ, start_response: Any) -> Iterable[bytes]:
        key, ending = _key(environ)
        if key is None:
            return application(environ, start_response)
        repeat = known.get(key)
        if repeat is None:
            return learn(key, environ, start_response)
        answer = None
        # Whatever goes wrong goes wrong again on the long way, where it is told.
        with suppress(Exception), within(seconds):
            answer = repeat.read(_has(environ.get("HTTP_IF_NONE_MATCH")), ending)
        if answer is None:
            return application(environ, start_response)
        environ[ROUTE] = repeat.route
        status = "304 NOT MODIFIED" if answer.body is None else "200 OK"
        start_response(status, repeat.all_of(answer))
        return [] if answer.body is None else [answer.body]

    def learn(key: tuple[Any, ...], environ: Environ, start_response: Any) -> Iterable[bytes]:
        heard: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, *error: Any) -> Any:
            heard.append((status, headers))
            return start_response(status, headers, *error)

        body = application(environ, start)
        if _AGAIN in environ and heard[-1][0].startswith("200"):
            headers = [each for each in heard[-1][1] if each[0].lower() not in _OWN]
            # What a page says of the next one is its own.
            links = [each for each in heard[-1][1] if each[0] == "Link" and _NEXT not in each[1]]
            if len(known) >= _MOST:
                known.clear()
            bare = [each for each in headers if each[0].lower() not in _OF_BODY]
            known[key] = _Repeat(environ[_AGAIN], environ[ROUTE], headers, links, bare)
        return body

    return choose


def _key(environ: Environ) -> tuple[tuple[Any, ...] | None, str]:
    """What requests that are answered alike have in common, and how the address ends.

    Statements are told apart by their ids, and the pages of a list by their cursors, where these
    stand last: as they do in the address of the next page.
    """
    path: str = environ["PATH_INFO"]
    accepted = environ.get("HTTP_ACCEPT")
    if (
        environ["REQUEST_METHOD"] != "GET"
        or not path.startswith("/v1/statements")
        or accepted not in _JSON_WANTED
        or "HTTP_HOST" not in environ
        # An address that names a host goes before the header.
        or not environ.get("RAW_URI", "/").startswith("/")
        or not _TELLING.isdisjoint(environ)
    ):
        return None, ""
    query: str = environ["QUERY_STRING"]
    ending = ""
    if one := _ONE.fullmatch(path):
        path, ending = one.groups()
    elif query.count("cursor=") == 1 and (later := _LATER_PAGE.fullmatch(query)):
        query, ending = later.groups()
    place = environ["HTTP_HOST"], environ["wsgi.url_scheme"], environ.get("SCRIPT_NAME")
    return (path, query, *place), ending


def _has(sent: str | None) -> Has:
    """Whether a caller has a copy with a tag, by its ``If-None-Match``.

    Raises:
        ValueError: the header has several tags, or is none: the long way takes it apart.
    """
    if sent is None:
        return None
    found = _TAG.fullmatch(sent)
    if found is None:
        raise ValueError
    return lambda tag: tag == found[1]
