"""Any text at all: no crash, true offsets, time in proportion to length."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.extraction import ForeignText, NoText, UnsupportedLanguage, extract


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_unicode_is_read(text):
    if not text.strip():
        with pytest.raises(NoText):
            extract(text)
        return
    try:
        statements = extract(text, published_on="2024-02-29")
    except ForeignText:
        return
    for found in statements:
        assert text[found.position.start : found.position.end] == found.position.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "“",
                "”",
                '"',
                "'",
                "‘",
                "’",
                " she said ",
                "that ",
                "No.",
                "\n\n",
                ":",
                ", ",
                "The law forbids it",
                " he ",
                "\ud800",
                "🙂",
            ]
        ),
        max_size=40,
    )
)
def test_marks_and_cues_in_any_order(pieces):
    text = "Anna Berg " + "".join(pieces)
    for found in extract(text, published_on="2024-02-29"):
        assert text[found.position.start : found.position.end] == found.position.text
        assert all(part in found.text for part in found.verbatim)


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_nothing_to_read(text):
    with pytest.raises(NoText, match="send its words"):
        extract(text)


def test_a_language_it_cannot_read():
    with pytest.raises(UnsupportedLanguage, match="'de'"):
        extract("Das ist gut, sagte sie.", language="de")


def test_what_reads_as_another_language_whatever_it_is_said_to_be():
    text = "„Das ist nicht der Plan“, sagte sie, und die Wirtin stand auf dem Kai."
    with pytest.raises(ForeignText, match="German"):
        extract(text, language="en")


def test_a_day_that_does_not_exist():
    with pytest.raises(ValueError):
        extract("She said so.", published_on="2024-02-30")


@pytest.mark.parametrize(
    "text",
    [
        "“a ” " * 5_000,
        '"' * 10_000,
        "she said that " * 3_000,
        "word " * 10_000,
        "x" * 100_000,
        "‘" * 5_000 + "’" * 5_000,
    ],
    ids=["quotations", "marks", "cues", "no full stop", "one word", "nested"],
)
def test_what_could_be_quadratic_takes_seconds(text):
    extract("Warm.")
    started = time.process_time()
    extract(text)
    assert time.process_time() - started < 30
