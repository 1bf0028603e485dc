"""No text, however made, costs more than in proportion to its length."""

import pytest

from api.contradictions import analyse, compare
from api.contradictions.analysis.verdicts import Side
from api.language.clauses.propositions import MOST


@pytest.mark.parametrize(
    "unit", ["not ", "“", '"', "\U0001f600", "x", "if not all ", "he said that ", "-", "1,"]
)
def test_a_long_text_is_analysed_and_compared(unit):
    text = (unit * 20_000)[:4_000]
    (analysis,) = analyse([text])
    assert len(analysis.propositions) <= MOST
    assert compare(Side(text, analysis), Side(text, analysis)).verdict in {
        "candidate",
        "flagged",
        "none",
    }


@pytest.mark.parametrize("unit", ["not ", "he said that ", "one "])
def test_the_words_kept_of_a_text_grow_with_its_length(unit):
    short, long = (analyse([unit * n])[0] for n in (100, 400))
    assert len(long.to_bytes()) <= 6 * len(short.to_bytes())
