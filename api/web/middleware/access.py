"""Who may do what: keys, their scopes, and what is open while no key was made.

Runs before every request in two steps, so that guessing at keys counts against the rate limit:
``identify`` finds out who calls, ``admit`` refuses who may not.
"""

from typing import Any, NoReturn
from urllib.parse import urlsplit

from flask import Response, current_app, g, request

from api.configuration.hosts import host_of, is_loopback
from api.ledger.history.revisions import Author, author
from api.services.admin import keys
from api.settings import Settings
from api.web.http.bodies import query_schema
from api.web.http.problem_types import FORBIDDEN, INVALID, NOT_FOUND, UNAUTHORIZED
from api.web.http.problems import Problem
from api.web.http.proxies import is_forwarded, network_of

READ, WRITE, REVIEW, ADMIN = keys.SCOPES

_SCHEME = "bearer"
_REASON = "X-Change-Reason"
_LONGEST_REASON = 1000
_SAFE = ("GET", "HEAD", "OPTIONS")


def authenticate() -> None:
    """Find out who calls."""
    g.key, g.bad_key = None, None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == _SCHEME:
        try:
            g.key = keys.known(token.strip())
        except keys.BadKey as error:
            g.bad_key = str(error)
    elif "Authorization" in request.headers:
        g.bad_key = "Authorization is sent as: Bearer, a space, the key."


def authorize() -> None:
    """Refuse a request whose key, or lack of one, does not open what it asks for.

    Of one that it lets in it keeps who asks and why, for the history of what the request changes.
    """
    author.set(Author(g.key.name if g.key else None, _reason()))
    if request.endpoint is None or request.method == "OPTIONS":
        return
    view = current_app.view_functions[request.endpoint]
    if not request.path.startswith("/v1/") and not hasattr(view, "scope"):
        return
    if g.bad_key is not None:
        _refuse_unknown(g.bad_key, "invalid_token")
    is_open = _stores_nothing() and not hasattr(view, "scope")
    scope = READ if is_open else scope_of(view, request.method)
    if g.key is not None:
        if not g.key.may(scope):
            raise Problem(
                FORBIDDEN,
                f"The key {g.key.name!r} lacks the scope {scope!r}.",
                scope=scope,
                headers={"WWW-Authenticate": _challenge("insufficient_scope", scope)},
            )
    elif not _open_to_strangers(scope):
        _refuse_unknown(_what_opens(scope), None, scope)


def authorize_metrics() -> None:
    """Refuse who may not read the metrics.

    They quote nobody, but tell a stranger how much is in the ledger and what it is used for: they
    are for this machine, and for whoever was given a key, unless it is set otherwise.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if g.bad_key is not None:
        _refuse_unknown(g.bad_key, "invalid_token")
    if settings.metrics == "nobody":
        raise Problem(NOT_FOUND, "The metrics are switched off.")
    if settings.metrics == "home" and g.key is None and not is_local():
        _refuse_unknown("Only this machine, and whoever has a key, reads the metrics.", None, READ)


def scope_of(view: Any, method: str) -> str:
    """What a call needs: the scope it was declared with, or by its method to read or to write."""
    return getattr(view, "scope", READ if method in _SAFE else WRITE)


def caller_id() -> str:
    """Whose request it is, by the name of the key, which a new secret does not change.

    Without a key it is the address's; whoever is on this machine is one caller, by whichever of its
    addresses he comes.
    """
    if g.get("key"):
        return f"key {g.key.name}"
    return "this machine" if is_local() else f"address {_address()}"


def forbid_compression_of_secrets(response: Response) -> Response:
    """What only `admin` opens is not compressed: its length would tell of the secrets in it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "scope", None) == ADMIN:
        kept = response.headers.get("Cache-Control")
        response.headers["Cache-Control"] = f"{kept}, no-transform" if kept else "no-transform"
    return response


def caller() -> str:
    """Whose rate a request counts against: its key's, or its address's."""
    return f"key {g.key.name}" if g.get("key") else f"address {network_of(_address())}"


def is_local() -> bool:
    """Whether a request comes from this very machine, by itself and not through a proxy or a page.

    A page of another site that a browser here shows could reach loopback as well, under a name of
    its own (DNS rebinding) or with a form: its ``Host`` or its ``Origin`` gives it away. A proxy on
    this machine that names neither the host it was asked for nor who asked is nginx where it was
    told no more than where to pass requests on: it speaks HTTP/1.0 then, which programs of today do
    not.
    """
    return (
        is_loopback(_address())
        and request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and not is_forwarded(request.headers)
        and is_loopback(host_of(request.host) or "")
        and is_loopback(urlsplit(request.headers.get("Origin", "//localhost")).hostname or "")
    )


def is_open_to_writes() -> bool:
    """Whether every program on this machine writes, as no key was made."""
    settings: Settings = current_app.config["SETTINGS"]
    return is_loopback(settings.host) and not keys.any_made()


def _address() -> str:
    return request.remote_addr or ""


def _open_to_strangers(scope: str) -> bool:
    settings: Settings = current_app.config["SETTINGS"]
    if scope == READ:
        return settings.reads_need_key == "no"
    return is_local() and is_open_to_writes()


def _what_opens(scope: str) -> str:
    if keys.any_made():
        return f"This needs a key with the scope {scope!r}, sent as Authorization: Bearer."
    return (
        "No key was made yet: only requests from the server's own machine, over HTTP/1.1 and "
        "through no proxy, are taken without one. "
        f"Make one there: counterclaim keys create --name NAME --scope {scope}"
    )


def _refuse_unknown(detail: str, error: str | None, scope: str | None = None) -> NoReturn:
    members = {"scope": scope} if scope else {}
    headers = {"WWW-Authenticate": _challenge(error, scope)}
    raise Problem(UNAUTHORIZED, detail, headers=headers, **members)


def _challenge(error: str | None, scope: str | None) -> str:
    parts = {"realm": "counterclaim", "error": error, "scope": scope}
    return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in parts.items() if value)


def _stores_nothing() -> bool:
    """Whether a call that could store something was asked for a dry run."""
    schema = query_schema()
    field = schema.fields.get("dry_run") if schema is not None else None
    return field is not None and request.args.get("dry_run") in getattr(field, "truthy", ())


def _reason() -> str | None:
    """Why the caller changes something, from a header, which carries UTF-8 as Latin-1."""
    if _REASON not in request.headers:
        return None
    try:
        reason = request.headers[_REASON].encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        raise Problem(INVALID, f"{_REASON} is not UTF-8.") from None
    if len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise Problem(INVALID, f"{_REASON} has up to {_LONGEST_REASON} printable characters.")
    return reason or None
