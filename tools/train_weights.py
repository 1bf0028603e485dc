"""Fit the weights that score findings, and print how well the scores are calibrated.

usage: train_weights.py PAIRS.jsonl[:same][*N] ... [--out api/contradictions/data/weights.json]

Each line of a file is {"a": text, "b": text, "contradiction": 0 or 1}, with `speaker_a` and
`speaker_b` where known. ":same" asks the pairs as one event, "*N" counts each N times. Every
certain finding of a pair is an example with the pair's label; the logistic weights keep the signs
set below, so that more agreement never lowers a score and more difference never raises it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from api.contradictions import Analysis, Side, analyse
from api.contradictions.verdict.compare import findings
from api.contradictions.verdict.features import features
from tools.reliability_plot import tenths, write

RISING = ("agent", "theme", "others", "loose_share", "sign_share", "slot_share", "word_share")
FALLING = (
    "kind_of_word",
    "sign_no_word",
    "word_no_word",
    "sign_others",
    "slot_others",
    "word_others",
    "loose_extra",
    "loose_moods",
    "loose_holders",
    "sign_extra",
    "slot_extra",
    "word_extra",
    "sign_opposed_too",
    "slot_opposed_too",
    "word_opposed_too",
    "sign_told_apart",
    "slot_told_apart",
    "word_told_apart",
    "moods_differ",
    "holders_differ",
)
RIDGE = 2.0
STEPS = 6000
RATE = 0.02


def examples(spec: str) -> Iterator[tuple[list[dict[str, float]], int, float]]:
    """The features of each finding of each pair, its label and its weight."""
    name, _, times = spec.partition("*")
    name, _, same = name.partition(":")
    rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
    texts = sorted({row[key] for row in rows for key in "ab"})
    analyses = dict(zip(texts, analyse(texts), strict=True))
    for row in rows:
        a, b = (side(row, key, analyses[row[key]]) for key in "ab")
        certain = (finding for finding in findings(a, b, bool(same))[0] if finding.strength == 1)
        found = [features(finding) for finding in certain]
        yield found, row["contradiction"], float(times or 1)


def side(row: dict[str, Any], key: str, analysis: Analysis) -> Side:
    """One side of a pair, with its speaker where the file names one."""
    return Side(str(row[key]), analysis, row.get(f"speaker_{key}"))


def fit(rows: list[tuple[dict[str, float], int, float]]) -> dict[str, float]:
    """Logistic weights by Adam with a ridge, clipped at each step to the signs they must have."""
    names = sorted({name for found, _, _ in rows for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] + [1.0] for found, _, _ in rows])
    y = np.array([label for _, label, _ in rows], dtype=float)
    weight = np.array([times for *_, times in rows])
    low = np.array([0.0 if name.startswith(RISING) else -np.inf for name in names] + [-np.inf])
    high = np.array([0.0 if name.startswith(FALLING) else np.inf for name in names] + [np.inf])
    w, first, second = (np.zeros(len(names) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        gradient = x.T @ (weight * (1 / (1 + np.exp(-x @ w)) - y)) + RIDGE * np.append(w[:-1], 0.0)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        w = np.clip(
            w - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8),
            low,
            high,
        )
    return {
        **{name: round(float(value), 3) for name, value in zip(names, w, strict=False)},
        "bias": round(float(w[-1]), 3),
    }


def score(weights: dict[str, float], found: dict[str, float]) -> float:
    """What `decide` makes of the features, before the finding's strength."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return float(1 / (1 + np.exp(-total)))


def main() -> None:
    """Fit, print the reliability of the scores, write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("api/contradictions/data/weights.json"))
    parser.add_argument("--plot", type=Path, help="an SVG of how often a score was right")
    parser.add_argument("--flagged", type=float, default=0.71)
    parser.add_argument("--candidate", type=float, default=0.3)
    options = parser.parse_args()
    pairs = (pair for spec in options.pairs for pair in examples(spec))
    rows = [(found, label, times) for each, label, times in pairs for found in each]
    weights = fit(rows)
    points = tenths((score(weights, found), label, times) for found, label, times in rows)
    for mean, share, total in points:
        print(f"{mean:.2f}  {share:.2f}  {total:.0f}")
    if options.plot is not None:
        write(points, options.plot, "Scores of findings")
    thresholds = {"candidate": options.candidate, "flagged": options.flagged}
    data = json.dumps({"thresholds": thresholds, "weights": weights}, indent=2, sort_keys=True)
    options.out.write_text(data + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
