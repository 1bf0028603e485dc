"""Fit the weights that score findings, and print how well the scores are calibrated.

usage: train_weights.py PAIRS.jsonl[:same][*N] ... [--out api/contradictions/data/weights.json]
                        [--plot docs/contradictions-reliability.svg]

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
from typing import Any, NamedTuple

import numpy as np

from api.contradictions import Analysis, Side, analyse
from api.contradictions.compare import findings
from api.contradictions.features import features

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
SIDE, MARGIN = 420, 50
MARKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


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


class Tenth(NamedTuple):
    """The findings scored in one tenth of the scale: their mean score, the share that is right."""

    mean: float
    right: float
    total: float


def reliability(scores: list[tuple[float, int, float]]) -> list[Tenth]:
    """For each tenth of the scale that has findings, how often they were right."""
    found = []
    for tenth in range(10):
        inside = [
            (score, label, times)
            for score, label, times in scores
            if tenth <= 10 * score < tenth + 1 + (tenth == 9)
        ]
        total = sum(times for *_, times in inside)
        if total:
            mean = sum(score * times for score, _, times in inside) / total
            right = sum(label * times for _, label, times in inside) / total
            found.append(Tenth(mean, right, total))
    return found


def tell(tenths: list[Tenth]) -> None:
    """Print the reliability of the scores."""
    for mean, right, total in tenths:
        print(f"{mean:.2f}  {right:.2f}  {'#' * round(40 * right):40s}  {total:.0f}")


def plot(tenths: list[Tenth], flagged: float, candidate: float) -> str:
    """The reliability of the scores as SVG: a dot a tenth, its area by how many findings it is."""
    most = max(tenth.total for tenth in tenths)
    lines = [
        f'<line x1="{across(at)}" y1="{up(0)}" x2="{across(at)}" y2="{up(1)}"/>' for at in MARKS
    ]
    lines += [
        f'<line x1="{across(0)}" y1="{up(at)}" x2="{across(1)}" y2="{up(at)}"/>' for at in MARKS
    ]
    texts = [f'<text x="{across(at)}" y="{up(0) + 18}">{at:g}</text>' for at in MARKS]
    texts += [f'<text x="{across(0) - 16}" y="{up(at) + 4}">{at:g}</text>' for at in MARKS]
    for name, at in (("candidate", candidate), ("flagged", flagged)):
        lines.append(
            f'<path d="M{across(at)} {up(0)}V{up(1)}" stroke-dasharray="4 3" stroke="#555"/>'
        )
        texts.append(f'<text x="{across(at)}" y="{up(1) - 6}">{name} from {at:g}</text>')
    dots = [
        f'<circle cx="{across(mean)}" cy="{up(right)}" r="{4 + 10 * (total / most) ** 0.5:.1f}">'
        f"<title>{total:.0f} findings: scored {mean:.2f}, right {right:.2f}</title></circle>"
        for mean, right, total in tenths
    ]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img"'
            ' font-family="sans-serif" font-size="12" text-anchor="middle">',
            "<title>Score of a finding, and how often findings of that score are right</title>",
            f'<rect width="{SIDE}" height="{SIDE}" fill="#fff"/>',
            '<g stroke="#ddd" fill="none">',
            *lines,
            f'<path d="M{across(0)} {up(0)}L{across(1)} {up(1)}" stroke="#999"/>',
            "</g>",
            '<g fill="#1f5fa8" fill-opacity="0.75">',
            *dots,
            '</g>\n<g fill="#333">',
            *texts,
            f'<text x="{across(0.5)}" y="{SIDE - 8}">score</text>',
            f'<text x="14" y="{up(0.5)}" transform="rotate(-90 14 {up(0.5)})">share right</text>',
            "</g>\n</svg>\n",
        )
    )


def across(value: float) -> float:
    """Where a score lies across the plot."""
    return round(MARGIN + value * (SIDE - 2 * MARGIN), 1)


def up(value: float) -> float:
    """Where a share lies up the plot."""
    return round(SIDE - MARGIN - value * (SIDE - 2 * MARGIN), 1)


def score(weights: dict[str, float], found: dict[str, float]) -> float:
    """What `api.contradictions.decide` makes of the features, before the finding's strength."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return float(1 / (1 + np.exp(-total)))


def main() -> None:
    """Fit, print the reliability of the scores, write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("api/contradictions/data/weights.json"))
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", action="store_true", help="measure the weights in --out instead")
    parser.add_argument("--flagged", type=float, default=0.71)
    parser.add_argument("--candidate", type=float, default=0.3)
    options = parser.parse_args()
    pairs = (pair for spec in options.pairs for pair in examples(spec))
    rows = [(found, label, times) for each, label, times in pairs for found in each]
    kept = json.loads(options.out.read_text(encoding="utf-8")) if options.keep else None
    weights = kept["weights"] if kept else fit(rows)
    tenths = reliability([(score(weights, found), label, times) for found, label, times in rows])
    tell(tenths)
    if options.plot:
        options.plot.write_text(plot(tenths, options.flagged, options.candidate), encoding="utf-8")
    thresholds = {"candidate": options.candidate, "flagged": options.flagged}
    data = json.dumps({"thresholds": thresholds, "weights": weights}, indent=2, sort_keys=True)
    options.out.write_text(data + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
