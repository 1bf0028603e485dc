"""Findings that only the words two statements share tie together: suggested, never surer."""

import pytest

from api.contradictions.alignment.alignment import matches
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.verdict.compare import findings
from api.contradictions.verdict.decide import LOOSELY, score
from tests.contradictions.holding import hold, side

BARREN = "The orchard of the abbey bore no fruit this summer"
LADEN = "Baskets of fruit came from the orchard of the abbey this summer"


def found(a, b):
    return findings(side(a), side(b), False)[0]


def test_two_wholes_that_seem_to_tell_of_one_event_are_suggested():
    (finding,) = found(BARREN, LADEN)
    assert finding.loose
    assert score(finding) <= LOOSELY
    assert hold(BARREN, LADEN).verdict == "candidate"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The burning tram in the tunnel stopped and trapped the passengers",
            "The burning tram in the tunnel stopped and no passenger was freed",
        ),
        (
            "The keeper climbed the tower and lost the key",
            "The keeper climbed the tower and did not have the key",
        ),
    ],
)
def test_where_the_two_agree_no_looser_reading_is_made(a, b):
    overlap = Overlap(side(a), side(b), False)
    assert overlap.close
    assert any(match.agrees for match in matches(overlap))
    assert found(a, b) == []


def test_what_they_share_without_agreeing_is_read_loosely():
    a, b = "The keeper lost the key of the tower", "The keeper did not have the key of the tower"
    assert not any(match.agrees for match in matches(Overlap(side(a), side(b), False)))
    assert [finding.loose for finding in found(a, b)] == [True]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The orchard of the abbey in Holm bore no fruit this summer",
            "Baskets of fruit came from the orchard of the abbey in Rosby this summer",
        ),
        (
            "In its first summer the orchard of the abbey bore no fruit",
            "In its second summer baskets of fruit came from the orchard of the abbey",
        ),
    ],
)
def test_where_each_names_or_counts_something_else_they_tell_of_two(a, b):
    overlap = Overlap(side(a), side(b), False)
    assert overlap.told_apart
    assert not overlap.close
    assert found(a, b) == []


def test_what_only_one_names_tells_nothing_apart():
    overlap = Overlap(side(f"{BARREN} in Holm"), side(LADEN), False)
    assert not overlap.told_apart
