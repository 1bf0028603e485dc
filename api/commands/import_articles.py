"""``counterclaim import --articles``: files held to the contract, imported, told line by line."""

import sys
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import click
import orjson

from api.commands.cores import cores
from api.commands.progress import NOTHING_STORED, bar, clear, size_of
from api.ledger.storage.database import LedgerBusy
from api.services.common.errors import ServiceError
from api.services.dry_runs.imports import try_article
from api.services.imports.article_files import Opener, Sent, files
from api.services.imports.article_workers import Refused
from api.services.imports.articles import Imported, import_articles, record_article
from api.settings import Settings
from api.web.http.bodies import checked, read_json
from api.web.http.problems import Problem
from schemas.articles import ArticleIn
from schemas.sources import SourcePatch

_STOPPED = {
    LedgerBusy: "Another writer held the ledger for too long.",
    BrokenProcessPool: "A process that read articles was ended from outside.",
}
_STAYS = "What was imported stays: run it again to go on."


def run(
    path: Path,
    told: dict[str, str],
    settings: Settings,
    processes: int | None,
    dry_run: bool = False,
) -> int:
    """Import a file or folder of articles, each told on standard output; how many were refused.

    Args:
        path: where they are; ``-`` is standard input.
        told: what is known of the source of each text and page.
        settings: of the ledger, which is open and migrated.
        processes: how many read at once, by default as many as there are cores for this one.
        dry_run: whether nothing is stored.

    Raises:
        UsageError: what is told of the source cannot be, or there are no articles.
        ClickException: it was stopped from outside.
    """
    opener = Opener(_source(told), settings.max_body, _article)
    found = files(path)
    if not found:
        raise click.UsageError(f"There is no .txt, .html, .htm, .jsonl or .ndjson in {path}.")
    sent = (each for file in found for each in opener.articles(file))
    readers = processes or cores()
    record = try_article if dry_run else record_article
    counts: Counter[str] = Counter()
    try:
        with bar("Importing", size_of(found)) as progress:
            for each, outcome in import_articles(sent, settings, readers, record):
                counts[_sort(outcome)] += 1
                _tell(_line(each, outcome))
                progress.update(each.size)
    except (LedgerBusy, BrokenProcessPool) as error:
        raise click.ClickException(f"{_STOPPED[type(error)]} {_STAYS}") from error
    summary = (f"{counts[name]} {name}" for name in ("imported", "unchanged", "refused"))
    stored = NOTHING_STORED if dry_run else ""
    click.echo(f"Articles: {', '.join(summary)}.{stored}", err=True)
    return counts["refused"]


def _source(told: dict[str, str]) -> dict[str, Any]:
    try:
        source: dict[str, Any] = checked(told, SourcePatch())
    except Problem as problem:
        raise click.UsageError(str(problem.detail)) from problem
    return source


def _article(body: bytes | dict[str, Any]) -> dict[str, Any]:
    """The body of an article as ``POST /v1/articles`` takes it."""
    try:
        given = read_json(body) if isinstance(body, bytes) else body
        article: dict[str, Any] = checked(given, ArticleIn())
    except Problem as problem:
        raise ServiceError(str(problem.detail), **problem.members) from problem
    return article


def _tell(line: dict[str, Any]) -> None:
    clear(sys.stdout)
    click.echo(orjson.dumps(line).decode())


def _sort(outcome: Imported | Refused) -> str:
    if isinstance(outcome, Refused):
        return "refused"
    return "unchanged" if outcome.is_known else "imported"


def _line(sent: Sent, outcome: Imported | Refused) -> dict[str, Any]:
    place = {"file": sent.file, "line": sent.line}
    if isinstance(outcome, Refused):
        return place | {"problem": {"detail": outcome.detail, **outcome.members}}
    return place | {
        "source": outcome.source_id,
        "statements": dict(outcome.outcomes),
        "contradictions": dict(outcome.contradictions),
    }
