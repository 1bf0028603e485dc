"""Numbers that are names: other numbers make other things, and real figures stay figures."""

from pathlib import Path

import pytest

from api.contradictions import Side, analyse, compare
from tests.contradictions.holding import hold

TABLE = Path(__file__).parent / "numbered.tsv"
# Of 205 pairs. Before such numbers were told from figures it was 85 and 17.
MOST_FALSE_ALARMS, MOST_MISSED = 1, 3


def pairs():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_other_numbers_are_other_things_and_the_same_number_is_one():
    table = pairs()
    analyses = iter(analyse([text for _, *both in table for text in both]))
    false_alarms, missed = [], []
    for label, a, b in table:
        sides = Side(a, next(analyses)), Side(b, next(analyses))
        is_flagged = compare(*sides).verdict == "flagged"
        if is_flagged and label == "0":
            false_alarms.append((a, b))
        elif not is_flagged and label == "1":
            missed.append((a, b))
    assert len(table) >= 200
    assert len(false_alarms) <= MOST_FALSE_ALARMS, false_alarms
    assert len(missed) <= MOST_MISSED, missed


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Line 2", "Line 3", "{} is closed"),
        ("The Boeing 737", "The Boeing 787", "{} was grounded"),
        ("Resolution 1973", "Resolution 1970", "{} was adopted"),
        ("Channel Four", "Channel Five", "{} will be sold"),
        ("The 2nd battalion", "The 3rd battalion", "{} was disbanded"),
        ("Section 230(c)", "Section 230(d)", "{} is void"),
        ("Unit 3B", "Unit 3C", "{} is empty"),
        ("Henry VIII", "Henry VII", "{} was crowned in London"),
        ("World War II", "World War I", "{} ended in Asia"),
        ("No 10", "No 11", "{} denied the report"),
        ("10 Main Street", "12 Main Street", "{} was searched"),
    ],
)
def test_what_is_said_of_two_numbered_things_never_clashes(one, other, said):
    assert hold(said.format(one), said.format(other)).verdict == "none"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Arsenal 2 Chelsea 1 was the score", "Arsenal 3 Chelsea 1 was the score"),
        ("The hurricane reached category 5", "The hurricane reached category 3"),
        ("The prince is 42", "The prince is 57"),
        ("Ticket sales rose to 5,000", "Ticket sales rose to 9,000"),
    ],
)
def test_a_number_that_measures_stays_a_figure(a, b):
    (first, second) = analyse([a, b])
    assert first.quantities
    assert second.quantities


def test_the_second_and_the_2nd_are_one():
    same = hold("The 2nd battalion was disbanded", "The second battalion was not disbanded")
    assert same.verdict == "flagged"
