"""How many requests a caller may send: off until a limit is set."""

import re
import time
from contextlib import suppress

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RequestLimit
from limits.errors import StorageError

from api.services.admin import keys
from api.settings import Settings
from api.web.http.problem_types import TOO_MANY
from api.web.http.problems import respond
from api.web.middleware.access import caller, is_local
from api.web.middleware.hosts import PROBES


def limit_rates(app: Flask, settings: Settings) -> None:
    """Count each caller's requests, by key or address, and answer 429 beyond the limit."""
    if not settings.rate_limit:
        return
    limiter = Limiter(
        caller,
        app=app,
        application_limits=[settings.rate_limit],
        application_limits_exempt_when=_is_free,
        storage_uri=_store(settings.rate_storage),
        # While the store is gone each worker counts by itself, which is better than none answering.
        in_memory_fallback_enabled=bool(settings.rate_storage),
        # Those that were asking the store as it went are let through.
        swallow_errors=True,
        storage_options={"wrap_exceptions": True} if settings.rate_storage else {},
        strategy="moving-window",
        # Without a name, what is at no address would be counted for nobody.
        request_identifier=lambda: request.endpoint or "none",
        on_breach=_refuse,
    )

    def tell(response: Response) -> Response:
        limit = limiter.current_limit
        if limit is not None:
            seconds = limit.limit.get_expiry()
            response.headers["RateLimit-Policy"] = f'"all";q={limit.limit.amount};w={seconds}'
            with suppress(StorageError):
                left = f"r={max(0, limit.remaining)};t={_wait(limit)}"
                response.headers["RateLimit"] = f'"all";{left}'
        return response

    app.after_request(tell)


def _store(address: str) -> str:
    """Where requests are counted; Valkey speaks Redis' protocol, and one client serves for both."""
    return re.sub("^valkey", "redis", address) or "memory://"


def _is_free() -> bool:
    """Whoever tries the API out on his own machine is not limited; nor is who looks after it."""
    # A server that cannot be asked whether it is well is taken for ill, and replaced.
    if request.path in PROBES:
        return True
    return g.key is None and is_local() and not keys.any_made()


def _refuse(limit: RequestLimit) -> Response:
    try:
        seconds = _wait(limit)
    except StorageError:
        seconds = limit.limit.get_expiry()
    told = f"{limit.limit} are taken from one caller; wait {seconds} seconds."
    response = respond(TOO_MANY, told, {})
    response.headers["Retry-After"] = str(seconds)
    return response


def _wait(limit: RequestLimit) -> int:
    """Whole seconds until there is room again, at least one."""
    return max(1, int(limit.reset_at - time.time()))
