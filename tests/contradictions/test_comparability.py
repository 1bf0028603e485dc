import pytest

from api.contradictions import compare
from tests.contradictions.holding import hold, side


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Denmark will send ships", "Poland will not send ships", "agent"),
        ("Rents rose in 2022", "Rents fell in 2024", "time"),
        (
            "The mayor met the tenants on Monday",
            "The mayor did not meet the tenants on Friday",
            "time",
        ),
        ("The choir sang in Vienna", "The engine failed on Tuesday", "topic"),
        ("The mine will close if prices fall", "The mine will not close", "hedged"),
        ("The shop in Lyon is open", "The shop in Lille is closed", "topic"),
        (
            "There was a first appeal by the miners",
            "There was no second appeal by the miners",
            "topic",
        ),
        (
            "The committee has not decided to close the school",
            "The committee will close the school",
            "hedged",
        ),
    ],
)
def test_why_two_statements_are_not_comparable(a, b, reason):
    assert hold(a, b).not_comparable == reason


BACKED = "The chamber supports the sale of the harbour"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dahl supports the sale of the harbour", "Moen opposes the sale of the harbour"),
        (BACKED, "The fishermen oppose the sale of the harbour"),
        (
            "The older miners favour the closure of the pit",
            "The younger miners oppose the closure of the pit",
        ),
    ],
)
def test_the_wills_of_two_may_both_be_so(a, b):
    assert hold(a, b).not_comparable == "agent"


def test_two_wills_of_one_are_held_against_each_other():
    assert hold(BACKED, "The chamber opposes the sale of the harbour").verdict == "flagged"


FIGURES = ("Nurses at the clinic number 40 today", "Nurses at the clinic number 90 today")
STATES = ("The harbour is open", "The harbour is closed")


def test_a_state_a_month_apart_is_two_states():
    a, b = (
        side(text, said=day) for text, day in zip(STATES, ("2024-03-01", "2024-04-02"), strict=True)
    )
    assert compare(a, b).not_comparable == "time"


def test_without_dates_time_is_open():
    assert hold(*STATES).verdict == "flagged"


def test_a_speaker_who_turns_round_is_comparable_at_any_distance():
    a = side("I support the death penalty", speaker="Ana Ruiz", said="2012-05-01")
    b = side("I oppose the death penalty", speaker="Ana Ruiz", said="2024-05-01")
    verdict = compare(a, b)
    assert verdict.verdict == "flagged"


def test_i_is_the_speaker():
    texts = ("I paid the ransom", "I did not pay the ransom")
    a, b = (
        side(text, speaker=name) for text, name in zip(texts, ("Ana Ruiz", "Ben Cole"), strict=True)
    )
    assert compare(a, b).not_comparable == "agent"


def test_anyone_is_someone_else_unless_it_is_one_event():
    texts = ("A man is riding a horse", "A man is not riding a horse")
    assert hold(*texts, same_event=True).verdict == "flagged"


def test_the_same_in_units_that_do_not_convert_is_not_comparable():
    tonnes = "The spill released 300 tonnes of oil"
    assert hold(tonnes, "The spill released 300 litres of oil").not_comparable == "unit"
    assert hold(tonnes, "The spill released 90,000 kilograms of oil").basis == ("quantity",)


def test_the_stands_of_two_whom_the_speaker_tells_of_are_no_conflict():
    kept = hold("The union wants to keep the plant open", "The owner wants to close the plant")
    assert kept.verdict == "none"
    assert kept.not_comparable == "agent"
