"""Train the extraction scorers on annotated articles and write their weights and reliability.

    python -m tools.extraction.train ARTICLES.jsonl --cache PARSES.spacy

Writes ``weights.tsv`` and ``reliability.tsv`` into ``api/extraction/data``. Only feature names of
constructions, tags and single lemmas are kept, never the articles' wording.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from api.extraction.attribution.attribution import attributions
from api.extraction.attribution.continuations import continuations
from api.extraction.attribution.proposals import proposals
from api.extraction.candidates.candidates import Candidate
from tools.extraction.corpus import Annotated, annotated
from tools.extraction.logistic import Rows, fit, vocabulary
from tools.extraction.reliability import reliability

DATA = Path(__file__).parents[2] / "api" / "extraction" / "data"
FOLDS = 3
SEEN, PENALTY = 5, 16.0
"""How often a feature must occur, and how strongly its weight is drawn to nought."""
SEEN_CONTINUATION, PENALTY_CONTINUATION = 3, 2.0
SMALLEST = 4
"""Weights below this many hundredths are left out."""

Weights = dict[str, int]


def main() -> None:
    """Read the articles, train on parts of them to observe reliability, then on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--cache", type=Path, help="where the parses are kept between runs")
    asked = parser.parse_args()
    articles = list(annotated(asked.articles, asked.cache))
    proposed = [list(proposals(article.paragraphs)) for article in articles]
    observed = []
    for fold in range(FOLDS):
        kept = [number for number in range(len(articles)) if number % FOLDS != fold]
        table = _trained([articles[n] for n in kept], [proposed[n] for n in kept])
        for article in articles[fold::FOLDS]:
            for chance, candidate in attributions(article.paragraphs, table):
                observed.append((chance, article.right(candidate)))
    weights = _trained(articles, proposed)
    _write("weights.tsv", [f"{name}\t{weight}" for name, weight in sorted(weights.items())])
    _write("reliability.tsv", [f"{at:.3f}\t{right:.3f}" for at, right in reliability(observed)])


def _trained(articles: Sequence[Annotated], proposed: Sequence[list[Candidate]]) -> Weights:
    """Fit the scorer of candidates, then, on what it picks, that of continued quotations."""
    pairs = [(a, c) for a, found in zip(articles, proposed, strict=True) for c in found]
    weights = _fitted(
        [candidate for _, candidate in pairs],
        [article.agreement(candidate) for article, candidate in pairs],
        SEEN,
        PENALTY,
    )
    going_on = [
        (article, candidate)
        for article in articles
        for candidate in continuations(
            article.paragraphs,
            [c for _, c in attributions(article.paragraphs, weights) if c.shape != "continuation"],
        )
    ]
    return weights | _fitted(
        [candidate for _, candidate in going_on],
        [article.agreement(c) if article.right(c) else 0.0 for article, c in going_on],
        SEEN_CONTINUATION,
        PENALTY_CONTINUATION,
    )


def _fitted(
    candidates: Sequence[Candidate], targets: Sequence[float], seen: int, penalty: float
) -> Weights:
    features = [candidate.features for candidate in candidates]
    numbers = vocabulary(features, seen)
    fitted = fit(Rows(features, numbers), np.array(targets), len(numbers), penalty)
    hundredths = {name: round(100 * float(fitted[number])) for name, number in numbers.items()}
    return {name: weight for name, weight in hundredths.items() if abs(weight) >= SMALLEST}


def _write(name: str, lines: Sequence[str]) -> None:
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
