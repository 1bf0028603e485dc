import pytest

from api.language.parsing import parse
from api.language.words.numbers import PERCENT, is_number, number


def first(text):
    """The first number of a text, and the word that a share is of."""
    (doc,) = parse([text])
    found = next(each for at in range(len(doc)) if (each := number(doc, at)) is not None)
    return found.value, found.unit, found.whole and found.whole.text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200 sheep drowned", 1200, ""),
        ("Twenty-one boats sank", 21, ""),
        ("Forty-one thousand boats sank", 41_000, ""),
        ("Three hundred thousand people came", 300_000, ""),
        ("Two million three hundred thousand people voted", 2_300_000, ""),
        ("Two dozen sheep drowned", 24, ""),
        ("Half a million people came", 500_000, ""),
        ("The bridge cost 3bn euros", 3e9, ""),
        ("The bridge cost £40m", 4e7, "£"),
        ("The bridge cost $ 2.5 million", 2.5e6, "$"),
    ],
)
def test_numbers(text, value, unit):
    assert first(text)[:2] == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ("Half of the crew fled", 50, "crew"),
        ("Three quarters of the harvest was lost", 75, "harvest"),
        ("A third of the crew fled", 100 / 3, "crew"),
        ("One in ten nurses fell ill", 10, "nurses"),
        ("Two out of five voters stayed away", 40, "voters"),
    ],
)
def test_shares_of_a_whole(text, value, whole):
    assert first(text) == (pytest.approx(value), PERCENT, whole)


@pytest.mark.parametrize(
    "text",
    [
        "A third man was arrested",
        "He came in the second half",
        "His better half spoke",
        "No one came",
    ],
)
def test_ordinals_and_turns_of_phrase_are_no_numbers(text):
    (doc,) = parse([text])
    assert [number(doc, at) for at in range(len(doc))] == [None] * len(doc)


def test_numerals_only_measure():
    assert is_number("seven") and is_number("million")
    assert not is_number("harvest")
