"""One calibrated score from the features of a finding, and two thresholds."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import Literal

import orjson

from api.contradictions.detectors.findings import Finding
from api.contradictions.verdict.features import features

DIGITS = 4
"""Of a score: as many as a reader can use, and fewer than the last bits of a sum may differ in."""

LOOSELY = 0.9
"""What is left of the score of two statements that only the words they share tie together."""

OF_ANYBODY = 0.7
"""The same where "his" and "her" do not tell whose the things are: a candidate, never a flag."""


@cache
def _model() -> tuple[dict[str, float], dict[str, float]]:
    data = orjson.loads(files("api.contradictions.data").joinpath("weights.json").read_bytes())
    return data["weights"], data["thresholds"]


def score(finding: Finding) -> float:
    """How likely a reviewer is to confirm the finding, in [0, 1]: logistic, `data/weights.json`."""
    weights, _ = _model()
    values = sorted(features(finding).items())
    total = weights["bias"] + math.fsum(weights.get(name, 0.0) * value for name, value in values)
    certainty = finding.strength * (LOOSELY if finding.loose else 1.0)
    certainty *= 1.0 if finding.match.owned else OF_ANYBODY
    return round(certainty / (1 + math.exp(-total)), DIGITS)


def decide(score: float) -> Literal["flagged", "candidate", "none"]:
    """What is made of a score: `flagged` is meant to be right nine times in ten."""
    _, thresholds = _model()
    if score >= thresholds["flagged"]:
        return "flagged"
    return "candidate" if score >= thresholds["candidate"] else "none"
