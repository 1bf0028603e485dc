"""Where named places lie, so that a city and its country do not exclude each other."""

import pytest

from api.language.words.places import exclude, overlap, places


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hamburg", "germany"),
        ("hamburg", "german"),
        ("hamburg", "altona"),
        ("edinburgh", "scotland"),
        ("scotland", "british"),
        ("texas", "united states"),
        ("são paulo", "brazil"),
        ("turkey", "asia"),
        ("turkey", "europe"),
        ("georgia", "europe"),
    ],
)
def test_one_may_lie_in_the_other(a, b):
    assert overlap(a, b)
    assert overlap(b, a)
    assert not exclude(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hamburg", "munich"),
        ("hamburg", "france"),
        ("edinburgh", "wales"),
        ("texas", "florida"),
        ("libya", "european"),
        ("lower wexley", "upper wexley"),
    ],
)
def test_two_that_exclude_each_other(a, b):
    assert exclude(a, b)
    assert exclude(b, a)


def test_a_name_that_the_table_lacks_may_lie_anywhere():
    assert not places("lower wexley")
    assert not exclude("lower wexley", "france")
    assert not overlap("lower wexley", "france")
