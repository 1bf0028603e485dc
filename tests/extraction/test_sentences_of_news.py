"""Single sentences as the news writes them: each construction that attributes."""

import pytest

from api.extraction import extract

DAY = "2025-12-11"  # a Thursday


def told(text: str):
    return extract(text, published_on=DAY)


@pytest.mark.parametrize(
    ("text", "speaker", "statement"),
    [
        ("Anna Berg said the school would close.", "Anna Berg", "The school would close"),
        ("The school will close, Anna Berg said.", "Anna Berg", "The school will close"),
        ("“The school will close,” said Anna Berg.", "Anna Berg", "The school will close"),
        ('Anna Berg said: "The school will close."', "Anna Berg", "The school will close"),
        (
            "According to Anna Berg, the school will close.",
            "Anna Berg",
            "The school will close",
        ),
        (
            "The school will close, according to the Ministry of Education.",
            "Ministry of Education",
            "The school will close",
        ),
        (
            "Anna Berg described the plan as a “waste of money”.",
            "Anna Berg",
            "The plan is a waste of money",
        ),
        (
            "Anna Berg called the plan “madness” on Tuesday.",
            "Anna Berg",
            "The plan is madness",
        ),
        (
            "Anna Berg denied that the school would close.",
            "Anna Berg",
            "Anna Berg denied that the school would close",
        ),
        (
            "But to prevent fires, Anna Berg said, farmers should wait for rain.",
            "Anna Berg",
            "But to prevent fires, farmers should wait for rain",
        ),
        (
            "The treaty forbids the use of mines.",
            "Treaty",
            "The treaty forbids the use of mines",
        ),
    ],
)
def test_constructions(text, speaker, statement):
    assert (speaker, statement) in [(found.speaker.name, found.text) for found in told(text)]


def test_a_clause_keeps_only_its_quoted_part_verbatim():
    (found,) = told("Anna Berg said the talks were held in “very frank terms”.")
    assert found.text == "The talks were held in very frank terms"
    assert found.verbatim == ("very frank terms",)


def test_a_denied_report_is_somebodys_report():
    found = told("Chancellor Jon Weber dismissed reports of tensions during the summit.")
    assert [(one.speaker.name, one.speaker.kind, one.text) for one in found] == [
        ("Jon Weber", "person", "Jon Weber dismissed reports of tensions during the summit"),
        ("Unnamed reports", "unnamed", "There were tensions during the summit"),
    ]


def test_it_after_a_ban_is_what_was_spoken_of():
    found = told("Minister Eva Lund said Norland would not sell uranium. The law forbids it.")
    assert found[-1].text == "The law forbids selling uranium"


def test_a_quotation_goes_on_in_the_next_paragraph():
    text = (
        "“We built this road ourselves,” Anna Berg said.\n\n“Nobody from the city came to help us.”"
    )
    assert [found.speaker.name for found in told(text)] == ["Anna Berg", "Anna Berg"]


def test_one_quotation_over_two_paragraphs():
    text = (
        "Anna Berg said: “We built this road ourselves.\n\n"
        "“Nobody from the city came to help us that winter.”"
    )
    found = told(text)
    assert {one.speaker.name for one in found} == {"Anna Berg"}
    assert any("winter" in one.text for one in found)


def test_words_between_marks_that_nobody_says_are_no_statement():
    assert told("The film “The Long Winter” opened the festival in Oslo.") == []
    assert told("The so-called “smart” bins stood in the rain.") == []


def test_two_of_a_name_are_not_guessed():
    text = (
        "Anna Berg and Karl Berg run the shop together.\n\n"
        "Berg said that the shop would stay open all winter."
    )
    (found,) = told(text)
    assert not found.speaker.resolved
    assert set(found.speaker.candidates) == {"Anna Berg", "Karl Berg"}
    assert found.confidence < 0.7


def test_a_known_alias_names_its_speaker():
    (found,) = extract(
        "The ECB said that rates would stay where they are until the summer.",
        known_speaker={"ECB": "European Central Bank"}.get,
    )
    assert found.speaker.name == "European Central Bank"
