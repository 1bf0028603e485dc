from api.contradictions import compare
from tests.contradictions.holding import hold, side


def test_speakers_are_named_and_quoted():
    a = side("Norway will not join the union", speaker="Kari Dahl", speaker_kind="person")
    b = side("Norway must join the union", speaker="Nordic Council", speaker_kind="organization")
    assert compare(a, b).explanation == (
        "Dahl refuses it (“Norway will not join the union”); "
        "Nordic Council presses for it (“Norway must join the union”)."
    )


def test_unnamed_sides_are_one_and_the_other():
    assert hold("The fire destroyed 12 homes", "The fire destroyed 40 homes").explanation == (
        "One statement gives “The fire destroyed 12 homes”, "
        "the other “The fire destroyed 40 homes”."
    )


def test_harmless_pairs_say_why():
    assert hold("Rents rose in 2022", "Rents fell in 2024").explanation == (
        "The two statements are about different times."
    )
