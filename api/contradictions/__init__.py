"""The contradiction engine: two analysed statements in, a verdict with evidence out."""

from api.contradictions.analysis import ANALYSIS_VERSION, Analysis, analyse, candidate_keys
from api.contradictions.compare import compare, compare_all
from api.contradictions.second_opinion import ModelUnusable, SecondOpinion, second_opinion
from api.contradictions.verdicts import ENGINE, Evidence, Side, Verdict

__all__ = [
    "ANALYSIS_VERSION",
    "ENGINE",
    "Analysis",
    "Evidence",
    "ModelUnusable",
    "SecondOpinion",
    "Side",
    "Verdict",
    "analyse",
    "candidate_keys",
    "compare",
    "compare_all",
    "second_opinion",
]
