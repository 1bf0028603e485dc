import pytest

from api.language.clauses.quantities import AGE, SHARE, UNBOUNDED, disjoint, quantities
from api.language.parsing import parse
from api.language.words.words import read


def figures(text):
    (doc,) = parse([text])
    return [(q.low, q.high, q.unit) for q in quantities(doc, read(doc))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 people died", (12, 12, "")),
        ("Twelve people died", (12, 12, "")),
        ("Forty-one ships sank", (41, 41, "")),
        ("It cost $400m", (4e8, 4e8, "$")),
        ("It cost 2.5 million dollars", (2.5e6, 2.5e6, "$")),
        ("Inflation is 0.77 percent", (0.77, 0.77, "%")),
        ("Inflation is 5%", (5, 5, "%")),
        ("It lasted two hours", (7200, 7200, "second")),
        ("He got a two-hour break", (7200, 7200, "second")),
        ("She won by a tenth of a second", (0.1, 0.1, "second")),
        ("The park covers 40 square kilometres", (4000, 4000, "hectare")),
        ("The bank cut rates by a quarter-point", (0.25, 0.25, "point")),
        ("One in ten nurses fell ill", (10, 10, "%")),
        ("Two out of five voters stayed away", (40, 40, "%")),
        ("Profits fell by a third", (100 / 3, 100 / 3, "%")),
        ("It cost half a million euros", (5e5, 5e5, "€")),
        ("The prince is 42", (42, 42, AGE)),
        ("The prince is 42 years old", (42, 42, AGE)),
        ("A 42-year-old prince fell ill", (42, 42, AGE)),
        ("At least ten people died", (10, UNBOUNDED, "")),
        ("Fewer than 20 houses burned", (0, 20, "")),
        ("Between 10 and 15 people died", (10, 15, "")),
        ("A third of the crew fled", (100 / 3, 100 / 3, "%")),
    ],
)
def test_figures(text, expected):
    low, high, unit = figures(text)[0]
    assert (low, high) == pytest.approx(expected[:2])
    assert unit == expected[2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Most voters stayed away", (50.1, 100)),
        ("Few of the voters stayed away", (0, 30)),
        ("A minority of voters stayed away", (0, 49.9)),
        ("The majority of members voted", (50.1, 100)),
        ("Hardly any of them came", (0, 30)),
        ("Every house burned", (100, 100)),
        ("Almost all of the nurses came", (90, 100)),
    ],
)
def test_parts_told_by_a_word_are_shares(text, expected):
    assert figures(text) == [(*expected, SHARE)]


@pytest.mark.parametrize(
    "text", ["The most famous singer came", "A minority leader spoke", "He came first of all"]
)
def test_no_part_of_anything_is_no_share(text):
    assert SHARE not in {unit for *_, unit in figures(text)}


@pytest.mark.parametrize(
    "text",
    [
        "He was born in 1984",
        "It opened on 4 May",
        "It opened on May 4",
        "Profits fell in the third quarter",
        "He failed at a third attempt",
    ],
)
def test_dates_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("12 people died", "At least ten people died", False),
        ("287 drones fell", "More than 280 drones fell", False),
        ("About 300 people came", "Nearly 310 people came", False),
        ("300 people came", "700 people came", True),
        ("It lasted 120 minutes", "It lasted two hours", False),
    ],
)
def test_bounds_and_approximations_are_respected(a, b, apart):
    (first,), (second,) = ((quantities(doc, read(doc))) for doc in parse([a, b]))
    assert disjoint(first, second) is apart
