"""Draws ``docs/contradiction.svg``: a contradiction among the seeds, with the words it rests on.

usage: python -m tools.picture

It is what the running server answers; colours follow the reader's light or dark.
"""

import json
import tempfile
import textwrap
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.serving import serving

FILE = Path(__file__).parent.parent / "docs" / "contradiction.svg"
ADDRESS = "/v1/contradictions?topic=territorial-concessions&sort=-score&limit=1"

_WIDTH, _CARD, _GAP = 800, 380, 40
_LINE = 26
_STYLE = """
  text { font: 18px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .who { font-weight: 600 }
  .small { font-size: 14px; fill: #57606a }
  .card { fill: #f6f8fa; stroke: #d0d7de }
  .first { fill: #9a3412; font-weight: 700; text-decoration: underline }
  .second { fill: #1d4ed8; font-weight: 700; text-decoration: underline }
  .tie { stroke: #8c959f; stroke-width: 2; fill: none }
  .badge { fill: #b42318 }
  .label { fill: #ffffff; font-size: 14px; font-weight: 700 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .small { fill: #9198a1 }
    .card { fill: #161b22; stroke: #3d444d }
    .first { fill: #ffa657 }
    .second { fill: #79c0ff }
    .tie { stroke: #656c76 }
    .badge { fill: #da3633 }
  }
"""
_SIDES = ("first", "second")
_NATURES = {"factual": "both cannot be true", "position": "opposed positions"}


def drawn(found: dict[str, Any]) -> str:
    """A contradiction as SVG: both statements, the words that clash, and why.

    Args:
        found: one item of ``GET /v1/contradictions``.
    """
    cards = [_card(found, side, number * (_CARD + _GAP)) for number, side in enumerate(_SIDES)]
    height = max(tall for _, tall in cards)
    told = textwrap.wrap(found["explanation"], 84)
    top = height + 50
    below = 62 + _LINE * len(told) + 12
    middle, low = _WIDTH / 2, height + 25
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {_WIDTH + 2} {top + below + 2}" '
        f'role="img" aria-label="{escape(_aloud(found))}">',
        f"<style>{_STYLE}</style>",
        f'<path class="tie" d="M{_CARD / 2} {height} V{low} H{_WIDTH - _CARD / 2} V{height} '
        f'M{middle} {low} V{top}"/>',
        *(card.replace("HEIGHT", str(height)) for card, _ in cards),
        f'<rect class="card" y="{top}" width="{_WIDTH}" height="{below}" rx="10"/>',
        f'<rect class="badge" x="20" y="{top + 16}" width="86" height="26" rx="13"/>',
        f'<text class="label" x="63" y="{top + 34}" text-anchor="middle">{found["status"]}</text>',
        f'<text class="small" x="120" y="{top + 34}">{_NATURES[found["nature"]]}, score '
        f"{found['score']:.2f}, {escape(', '.join(found['basis']))}</text>",
        *_lines(told, 20, top + 72),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _card(found: dict[str, Any], side: str, left: int) -> tuple[str, int]:
    """A statement with its words marked, ``HEIGHT`` for what is not known yet; and its height."""
    said = found["statements"][_SIDES.index(side)]
    marked = [
        range(each["start"], each["end"])
        for each in found["evidence"]
        if each["statement"] == said["id"]
    ]
    lines = _wrapped(said["text"], 32)
    name = escape(said["speaker"]["name"])
    when = said["said_on"].replace("/", " to ")
    parts = [
        f'<rect class="card" x="{left}" width="{_CARD}" height="HEIGHT" rx="10"/>',
        f'<text class="who" x="{left + 20}" y="36">{name}</text>',
        f'<text class="small" x="{left + 20}" y="60">{when}</text>',
    ]
    for row, (start, end) in enumerate(lines):
        opening, closing = "“" * (row == 0), "”" * (row == len(lines) - 1)
        runs = [
            (is_marked, "".join(said["text"][at] for at in places))
            for is_marked, places in groupby(
                range(start, end), lambda at: any(at in each for each in marked)
            )
        ]
        words = "".join(
            f'<tspan class="{side}">{escape(run)}</tspan>' if is_marked else escape(run)
            for is_marked, run in runs
        )
        parts.append(
            f'<text x="{left + 20}" y="{98 + row * _LINE}" xml:space="preserve">'
            f"{opening}{words}{closing}</text>"
        )
    return "\n".join(parts), 98 + _LINE * len(lines)


def _wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line of a text starts and ends."""
    lines, at = [], 0
    for line in textwrap.wrap(text, width):
        at = text.index(line, at)
        lines.append((at, at + len(line)))
        at += len(line)
    return lines


def _lines(lines: list[str], left: int, top: int) -> list[str]:
    return [
        f'<text x="{left}" y="{top + row * _LINE}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    ]


def _aloud(found: dict[str, Any]) -> str:
    """The picture in words, for those who hear it."""
    said = " ".join(f"{each['speaker']['name']}: “{each['text']}”." for each in found["statements"])
    return f"{said} {found['status'].capitalize()}: {found['explanation']}"


def first(server: str) -> dict[str, Any]:
    """The contradiction that is drawn, from a server with the seeds."""
    with urlopen(server + ADDRESS) as answer:  # noqa: S310 # the server that was started for it
        found: dict[str, Any] = json.load(answer)["items"][0]
        return found


if __name__ == "__main__":
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), seeds=True, workers="1") as server,
    ):
        FILE.write_text(drawn(first(server)), encoding="utf-8")
