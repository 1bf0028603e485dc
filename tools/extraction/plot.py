"""Draw how often statements of a given confidence are right on annotated articles.

    python -m tools.extraction.plot ARTICLES.jsonl PREDICTIONS.jsonl PLOT.svg

A statement is right where it lies at least half in an annotated content and covers, with the other
statements that do, at least half of it. The predictions are those of ``tools.extraction.predict``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.reliability_plot import tenths, write


def main() -> None:
    """Read the arguments, print the points, draw them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("plot", type=Path)
    asked = parser.parse_args()
    predicted = {line["id"]: line["statements"] for line in _lines(asked.predictions)}
    observed = [
        each
        for article in _lines(asked.articles)
        for each in _judged(article["attributions"], predicted[article["id"]])
    ]
    points = tenths(observed)
    for mean, share, total in points:
        print(f"{mean:.2f}  {share:.3f}  {total:.0f}")
    write(points, asked.plot, "Confidence of extracted statements")


def _judged(
    attributions: list[dict[str, Any]], statements: list[dict[str, Any]]
) -> Iterator[tuple[float, float, float]]:
    spans = [_characters([(s["position"]["start"], s["position"]["end"])]) for s in statements]
    right: set[int] = set()
    for attribution in attributions:
        gold = _characters(attribution["content"])
        inside = [n for n, span in enumerate(spans) if 2 * len(span & gold) >= len(span) > 0]
        covered = set().union(*(spans[n] & gold for n in inside)) if inside else set()
        if gold and 2 * len(covered) >= len(gold):
            right.update(inside)
    for number, statement in enumerate(statements):
        yield statement["confidence"], float(number in right), 1.0


def _characters(spans: Iterable[Iterable[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
