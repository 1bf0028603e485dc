"""The contradiction engine: two analysed statements in, a verdict with evidence out."""

from api.contradictions.analysis.analysis import ANALYSIS_VERSION, Analysis, analyse, candidate_keys
from api.contradictions.analysis.said_times import Days, days
from api.contradictions.analysis.verdicts import ENGINE, Evidence, Side, Verdict, called
from api.contradictions.verdict.compare import compare, compare_all
from api.contradictions.verdict.outline import Outline, apart_in_time, outline
from api.contradictions.verdict.second_opinion import ModelUnusable, SecondOpinion, second_opinion

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
