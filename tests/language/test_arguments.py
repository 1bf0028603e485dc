import pytest

from tests.language.reading import participants, said


def test_a_passive_has_the_theme_of_its_active():
    active = participants("The court punished the bank", "punish")
    assert participants("The bank was punished by the court", "punish") == active


def test_a_controlled_verb_has_the_subject_of_its_plan():
    assert ("agent", "mayor") in participants("The mayor has no plans to sell the park", "sell")


def test_a_joined_verb_shares_the_subject():
    assert ("agent", "court") in participants("The court heard and dismissed the case", "dismiss")


def test_the_men_are_meant_by_a_group_of_men():
    assert ("agent", "man") in participants("A group of men painted the wall", "paint")


def test_a_measure_is_an_extent_and_no_theme():
    assert ("extent", "hour") in participants("The meeting lasted three hours", "last")


def test_determiners_say_how_many():
    (term,) = said("All of the voters agreed")["agree"].terms
    assert term.determiner == "all"


def test_a_described_thing_is_the_theme():
    assert ("theme", "deal") in participants("The union called the deal unfair", "unfair")


@pytest.mark.parametrize(
    ("text", "determiner"),
    [
        ("A third of the voters agreed", "some"),
        ("Only one of the voters agreed", "only"),
        ("Only two voters agreed", "only"),
        ("Two voters agreed", ""),
    ],
)
def test_parts_and_only(text, determiner):
    (term,) = said(text)["agree"].terms
    assert term.determiner == determiner


def test_a_shortened_relative_clause_is_said_of_what_the_noun_is_said_of():
    found = participants("Marnie is a thriller directed by Alfred Hitchcock", "direct")
    assert found == {("theme", "marnie"), ("agent", "alfred hitchcock")}


def test_what_is_brought_is_the_event():
    assert said("Last week brought a rise in prices")["rise"].existential
