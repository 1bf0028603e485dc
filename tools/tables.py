"""Writes the tables of documentation that are read from the code: scopes, problems, metrics,
settings.

usage: python -m tools.tables docs/operations.md docs/settings.md

Each stands between ``<!-- table NAME -->`` and ``<!-- end -->``.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.ledger.migrations.runner import migrate
from api.ledger.storage.database import disconnect
from api.services.admin.keys import SCOPES, Key
from api.settings import Settings, variable_of
from api.web.http.problem_types import TYPES
from api.web.middleware.access import scope_of
from api.web.middleware.request_log import template

_TABLE = re.compile(r"(<!-- table (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """A page with its tables as the code has them."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/ledger.db"))
        migrate()
        tables = {"scopes": _scopes(app), "problems": _problems(), "metrics": _metrics(app)}
        tables["settings"] = _settings()
        rows = {
            name: "\n".join(f"| {' | '.join(row)} |" for row in table)
            for name, table in tables.items()
        }
        disconnect()
    return _TABLE.sub(lambda found: f"{found[1]}{rows[found[2]]}\n{found[3]}", page)


def _scopes(app: Flask) -> Iterator[Iterable[str]]:
    """Every call, and which key opens it."""
    yield ("call", "no key", *(f"`{scope}`" for scope in SCOPES))
    yield ("---",) * (len(SCOPES) + 2)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if not rule.rule.startswith("/v1/"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            needed = scope_of(view, method)
            opened = (Key("", frozenset((scope,))).may(needed) for scope in SCOPES)
            marks = (
                "reads" if needed == "read" else "",
                *("yes" if each else "" for each in opened),
            )
            yield (f"`{method} {template(rule.rule)}`", *marks)


def _problems() -> Iterator[Iterable[str]]:
    """Every type of problem, and what to do about it."""
    yield ("type", "status", "what it is", "what to do")
    yield ("---",) * 4
    for kind in sorted(TYPES.values(), key=lambda kind: (kind.status, kind.name)):
        yield (f"`{kind.name}`", str(kind.status), kind.title, kind.remedy)


def _metrics(app: Flask) -> Iterator[Iterable[str]]:
    """Every metric."""
    yield ("metric", "labels", "what it tells")
    yield ("---",) * 3
    client = app.test_client()
    client.get("/healthz", buffered=True)
    for family in text_string_to_metric_families(client.get("/metrics").text):
        labels = {name: None for sample in family.samples for name in sample.labels if name != "le"}
        kind = " (histogram)" if family.type == "histogram" else ""
        yield (
            f"`{family.name}`{kind}",
            ", ".join(f"`{name}`" for name in labels),
            family.documentation,
        )


def _settings() -> Iterator[Iterable[str]]:
    """Every setting."""
    yield ("variable", "default", "meaning")
    yield ("---",) * 3
    for name, setting in Settings.model_fields.items():
        default = f"`{setting.default}`" if setting.default != "" else "none"
        meaning = " ".join((setting.description or "").split()).replace("|", r"\|")
        yield (f"`{variable_of(name)}`", default, meaning)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
