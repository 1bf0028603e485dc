"""The contradiction engine: two analysed statements in, a verdict with evidence out."""

from api.contradictions.analysis import ANALYSIS_VERSION, Analysis, analyse, candidate_keys
from api.contradictions.compare import compare, compare_all
from api.contradictions.outline import Outline, apart_in_time, outline
from api.contradictions.second_opinion import ModelUnusable, SecondOpinion, second_opinion
from api.contradictions.verdicts import ENGINE, Evidence, Side, Verdict, called
from api.contradictions.when import Days, days

__all__ = [
    "ANALYSIS_VERSION",
    "ENGINE",
    "Analysis",
    "Days",
    "Evidence",
    "ModelUnusable",
    "Outline",
    "SecondOpinion",
    "Side",
    "Verdict",
    "analyse",
    "apart_in_time",
    "called",
    "candidate_keys",
    "compare",
    "compare_all",
    "days",
    "outline",
    "second_opinion",
]
