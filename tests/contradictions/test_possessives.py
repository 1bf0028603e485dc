"""Whose a thing is, where only a pronoun tells: two strangers' "his" are not one man's."""

import pytest

from api.contradictions import compare
from tests.contradictions.holding import side

RICH = "His net worth is 3 billion dollars"
POOR = "His net worth is 700 million dollars"


def test_of_two_strangers_his_is_nobody_known():
    assert compare(side(RICH, speaker="Anna Berg"), side(POOR, speaker="Bo Falk")).verdict == "none"


@pytest.mark.parametrize("speaker", [None, "Anna Berg"])
def test_one_speaker_means_the_same_by_the_same_word(speaker):
    assert compare(side(RICH, speaker=speaker), side(POOR, speaker=speaker)).verdict == "flagged"


def test_an_owner_who_is_named_in_both_is_known():
    rich = side("Carl Lund said his net worth is 3 billion dollars", speaker="Anna Berg")
    poor = side("Carl Lund said his net worth is 700 million dollars", speaker="Bo Falk")
    assert compare(rich, poor).verdict == "flagged"


def test_all_gifts_and_her_gifts_are_two_wholes():
    all_gifts = side("43 percent of all gifts went to churches", speaker="Anna Berg")
    hers = side("60 percent of her gifts went to churches", speaker="Bo Falk")
    assert compare(all_gifts, hers).verdict != "flagged"


def test_what_both_say_of_a_thing_does_not_set_them_against_each_other():
    harm = side("The plan does more to hurt than to help patients")
    assert compare(harm, side("The plan does more to hurt patients than to help")).verdict == "none"
