"""Whom a new statement meets: those of its words and of its time, without a text being read."""

import pytest

from api.services.contradictions import candidates
from api.services.contradictions.analysis_store import limits
from api.services.contradictions.candidates import UnrecordedStatements, candidates_of, similar_to
from api.services.contradictions.comparisons import Comparisons

RENTS = "Rents in the old harbour district of Oslo rose sharply"


@pytest.fixture
def said(record):
    """Record a statement; gives its id."""

    def recorded(text, day="2024-05-03", speaker="Ann Lee"):
        return record(text, language="en", said_on=day, speaker=speaker)["id"]

    return recorded


def own(number):
    return Comparisons().side(number)


def test_what_was_said_long_before_is_akin_and_is_not_met(said):
    earlier, later = said(RENTS, "2023-01-05"), said("Rents in Oslo did not rise", "2024-05-03")
    assert candidates_of(own(later), later) == []
    assert [*similar_to(own(later), later)] == [earlier]
    assert candidates_of(own(said("Rents in Oslo fell", "2024-05-04")), None) == [later + 1, later]


def test_what_people_want_is_met_whenever_it_was_said(said):
    earlier = said("The council should sell the ferry", "2021-01-05", "Bo Falk")
    later = said("The council should not sell the ferry")
    assert candidates_of(own(later), later) == [earlier]


def test_those_that_share_the_most_words_come_first(said, monkeypatch):
    close = said(RENTS, speaker="Bo Falk")
    said("Oslo hosts a fair", speaker="Bo Falk")
    said("The harbour is open and the old ferry has left for Sweden", speaker="Bo Falk")
    later = said("Rents in the old harbour district of Oslo did not rise sharply")
    assert candidates_of(own(later), later)[0] == close
    monkeypatch.setattr(limits, "candidates", 1)
    assert candidates_of(own(later), later) == [close]


def test_strangers_must_share_what_both_say_one_speaker_only_what_he_says_once(said):
    long = (
        "The union of ferry pilots wants a new harbour, more trains and a bridge to Malmo by 2030"
    )
    theirs = said(long, speaker="Bo Falk")
    his = said(long.replace("union", "club"), speaker="Ann Lee")
    later = said("Malmo needs no bridge")
    assert candidates_of(own(later), later) == [his, theirs]


def test_more_than_are_always_compared_must_share_two_words_in_five(said, monkeypatch):
    monkeypatch.setattr(candidates, "_ALWAYS_COMPARED", 1)
    close = [said(RENTS, speaker=name) for name in ("Bo Falk", "Eva Lund", "Jo Dahl")]
    said("Oslo hosts a summer fair for children and their parents", speaker="Bo Falk")
    later = said("Rents in the old harbour district of Oslo did not rise sharply")
    assert candidates_of(own(later), later) == close[::-1]


def test_what_is_read_is_bounded_and_rare_words_are_read_first(said, monkeypatch):
    for number in range(6):
        said(f"Oslo hosts fair {number}", speaker="Bo Falk")
    rare = said("Oslo sold its tram depot", speaker="Bo Falk")
    later = said("Oslo did not sell its tram depot")
    monkeypatch.setattr(limits, "postings", 2)
    monkeypatch.setattr(candidates, "NEWEST", 3)
    met = candidates_of(own(later), later)
    assert met[0] == rare
    assert len(met) == 3


def test_those_that_are_to_come_are_met_as_if_they_were_there(said):
    coming = UnrecordedStatements()
    number = 10**9
    coming.add(number, own(said(RENTS, speaker="Bo Falk")))
    there = said("Rents in Oslo rose", speaker="Eva Lund")
    later = said("Rents in the old harbour district of Oslo did not rise sharply")
    met = candidates_of(own(later), later, coming)
    assert set(met) == {number, there - 1, there}
    assert met[0] == number
