"""A speaker as a small HTML page, for the frames in which reconciliation clients show it."""

from typing import Any

from flask import Response
from markupsafe import Markup

from api.web.http.media_types import HTML

WIDTH, HEIGHT = 400, 180

# It runs nothing and holds nothing but what the API answers to anybody who may see this page.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *"
_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{name}</title>\n'
    "<style>body{{font:14px/1.4 sans-serif;margin:12px;overflow-wrap:anywhere}}"
    "h1{{font-size:17px;margin:0}}p{{margin:4px 0}}</style>\n"
    "<h1>{name}</h1>\n{lines}\n</html>\n"
)
_LINE = Markup("<p>{}</p>")
_WIKIDATA = Markup('<a href="https://www.wikidata.org/wiki/{0}" target="_blank">{0}</a>')


def preview(speaker: dict[str, Any], statements: int) -> Response:
    """The page of a speaker as it is shown."""
    made = f"{statements} statement{'' if statements == 1 else 's'}"
    told = [
        f"{speaker['kind'].capitalize()} · {made}",
        speaker["role"],
        speaker["aliases"] and "Also: " + ", ".join(speaker["aliases"]),
        speaker["wikidata"] and _WIKIDATA.format(speaker["wikidata"]),
    ]
    lines = Markup("\n").join(_LINE.format(line) for line in told if line)
    response = Response(_PAGE.format(name=speaker["name"], lines=lines), mimetype=HTML)
    response.headers["Content-Security-Policy"] = _POLICY
    return response
