"""The contradiction engine: two analysed statements in, a verdict with evidence out."""

from api.contradictions.analysis import ANALYSIS_VERSION, Analysis, analyse, candidate_keys
from api.contradictions.compare import compare
from api.contradictions.verdicts import Evidence, Side, Verdict

ENGINE = "counterclaim/1.0.0"

__all__ = [
    "ANALYSIS_VERSION",
    "ENGINE",
    "Analysis",
    "Evidence",
    "Side",
    "Verdict",
    "analyse",
    "candidate_keys",
    "compare",
]
