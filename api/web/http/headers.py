"""Headers that every answer carries: for caches, and against what a browser might do with it."""

import base64
import hashlib
import re

from flask import Response, current_app, request

# What a page of another origin may read of an answer.
EXPOSED = (
    "ETag",
    "Ledger-Position",
    "Link",
    "Location",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "X-Request-Id",
)

LONGEST_LINE = 8190
"""Bytes of a request's first line and of each header: the most that gunicorn can be set to, because
a list takes many filters. Proxies take about as much."""
LONGEST_VALUE = 4096
"""Characters of one parameter in the address: half a line, so that others have room beside it."""
# The reconciliation service: clients are pages, of any origin.
_OPEN = "/v1/reconcile"
_DESCRIBED_BY = (
    ("/openapi.json", "service-desc"),
    ("/docs/", "service-doc"),
    ("/.well-known/api-catalog", "api-catalog"),
)

# The page at /docs runs its package's own scripts; everything else is data and runs nothing.
_DATA = "default-src 'none'; frame-ancestors 'none'"
_PAGE = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def set_cache_headers(response: Response) -> Response:
    """A copy may be kept, but must be revalidated: the ledger changes."""
    if response.status_code in (204, 304, 308):
        response.headers.pop("Content-Type", None)
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers.setdefault("Vary", "Accept, Accept-Encoding")
    if "Authorization" in request.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def link_to_document(response: Response) -> Response:
    """Tell programs where the calls are described, unless ``Link`` is about a list's pages."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_page = hasattr(view, "item") and response.status_code == 200
    if response.status_code != 304 and not is_page:
        for address, relation in _DESCRIBED_BY:
            response.headers.add("Link", f'<{address}>; rel="{relation}"')
    return response


def set_cors_headers(response: Response) -> Response:
    """Let pages of every origin ask the reconciliation service, as its specification has it.

    They are told nothing that a stranger is not: no credentials go along, and nothing is stored.
    A browser that asks before it lets a public page reach this machine gets no leave from here.
    """
    if request.path == _OPEN or request.path.startswith(f"{_OPEN}/"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers.pop("Access-Control-Allow-Credentials", None)
        response.headers.setdefault("Access-Control-Expose-Headers", ", ".join(EXPOSED))
        if request.method == "OPTIONS":
            response.headers.setdefault("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS, POST")
            response.headers.setdefault("Access-Control-Allow-Headers", "Accept, Content-Type")
            response.headers.setdefault("Access-Control-Max-Age", "600")
    return response


def set_security_headers(response: Response) -> Response:
    """A browser takes an answer for what it says it is, runs nothing in it, frames it nowhere.

    What is made to be framed comes with a policy of its own.
    """
    page = request.path.startswith("/docs") and response.mimetype == "text/html"
    if "Content-Security-Policy" not in response.headers:
        policy = _policy(response.get_data(as_text=True)) if page else _DATA
        response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _policy(html: str) -> str:
    """What a page may run: the scripts of its own origin, and those that stand in it."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(html)]
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return _PAGE.format(scripts=scripts)
