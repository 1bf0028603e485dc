"""What the bench found, as a table and as curves."""

import platform
import re
from collections.abc import Mapping
from os import cpu_count, getloadavg
from pathlib import Path

import pygal

Found = Mapping[int, Mapping[str, float]]

# What is told as a ratio: ours, what it is held against, and the goal.
_RATIOS = (
    ("list page of 50 / plainest view", "list page, ours", "list page, plainest", 0.75),
    ("list page of 50 / Datasette", "list page, ours", "list page, Datasette", 5),
    ("revalidated (304) / plainest view in full", "revalidated, ours", "list page, plainest", 1.5),
    ("one statement / plainest view", "one, ours", "one, plainest", 0.8),
    (
        "list page of 50, PostgreSQL / SQLite",
        "list page in turns, PostgreSQL",
        "list page in turns, SQLite",
        0.6,
    ),
)
# What is told of how it grows from the smallest ledger to the largest, and the goal.
_GROWTH = {
    "record one, ms": 1.5,
    "references, ms": 1.3,
    "list of contradictions, ms": 1.3,
    "contradictions of a speaker, ms": 1.3,
    "statements of a speaker, ms": 1.3,
}
_CURVES = {
    "reads": (
        "Answers a second",
        ("list page, ours", "list page, plainest", "one, ours", "one, plainest"),
    ),
    "search": (
        "Milliseconds of a search, p99",
        tuple(
            f"search {w} {s} p99 ms" for w in ("common", "rare") for s in ("-said_on", "relevance")
        ),
    ),
    "growth": ("Milliseconds of a call", (*_GROWTH, "record one, p95 ms")),
}


def write(found: Found, folder: Path, command: str) -> None:
    """Write RESULTS.md and the curves into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    curves = _draw(found, folder)
    heads = " | ".join(f"{size:,}" for size in found)
    lines = [
        "# What `make bench` found",
        "",
        f"Made by `{command}` on {cpu_count()} cores ({platform.machine()}, Python "
        f"{platform.python_version()}), with a load average of {getloadavg()[2]:.1f} over the last "
        "quarter of an hour: what else ran then takes from all alike, so ratios tell more than "
        "rates. One worker each. Pages and statements are many different ones, and each was asked "
        "for before; the first time is told by itself. Nothing keeps answers. Datasette gives the "
        "same columns as ours by its own JSON of the table, with the names of speakers and "
        "sources; the plainest view's seven columns by SQL cost it less, and are told beside. "
        "Texts: see `benchmarks/news.py`.",
        "",
        f"| ratio (goal) | {heads} |",
        f"|---|{'---|' * len(found)}",
        *(
            f"| {name} (≥ {goal:g}) | {' | '.join(_ratio(each, *of) for each in found.values())} |"
            for name, *of, goal in _RATIOS
        ),
        "",
        *(_growth(found) if len(found) > 1 else ()),
        f"| figure | {heads} |",
        f"|---|{'---|' * len(found)}",
        *(
            f"| {_titled(name)} | {' | '.join(_figure(each, name) for each in found.values())} |"
            for name in found[min(found)]
        ),
        "",
        *(f"![{title}]({file})" for file, title in curves),
        "",
    ]
    (folder / "RESULTS.md").write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")


def _growth(found: Found) -> list[str]:
    """The table of what grows."""
    smallest, largest = min(found), max(found)
    rows = (
        f"| {name.removesuffix(', ms')} (≤ {goal:g}) "
        f"| {found[largest][name] / found[smallest][name]:.2f} |"
        for name, goal in _GROWTH.items()
    )
    return [f"| cost at {largest:,} / {smallest:,} (goal) | |", "|---|---|", *rows, ""]


def _ratio(figures: Mapping[str, float], own: str, other: str) -> str:
    return f"{figures[own] / figures[other]:.2f}" if own in figures else ""


def _figure(figures: Mapping[str, float], name: str) -> str:
    if name not in figures:
        return ""
    return f"{figures[name]:,.{1 if figures[name] < 100 else 0}f}"


def _titled(name: str) -> str:
    is_rate = re.search(r", (ours|plainest|Datasette|SQLite|PostgreSQL)$", name)
    return f"{name} (answers/s)" if is_rate else name


def _draw(found: Found, folder: Path) -> list[tuple[str, str]]:
    drawn = []
    for file, (title, names) in _CURVES.items():
        chart = pygal.XY(
            title=f"{title}, by statements in the ledger",
            x_title="statements",
            logarithmic=True,
            xrange=(min(found), max(found)),
            js=[],
            legend_at_bottom=True,
            truncate_legend=-1,
            truncate_label=-1,
            style=pygal.style.CleanStyle(font_family="sans-serif"),
            x_value_formatter=lambda size: f"{size:,.0f}",
        )
        chart.x_labels = [*found]
        for name in names:
            chart.add(name, [(size, each[name]) for size, each in found.items()])
        chart.render_to_file(str(folder / f"{file}.svg"))
        drawn.append((f"{file}.svg", title))
    return drawn
