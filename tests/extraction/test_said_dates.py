"""Dates as the news writes them, against Thursday the 11th of December 2025."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.language.dates.edtf_dates import span
from api.language.dates.said_dates import said_dates

THURSDAY = date(2025, 12, 11)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Wednesday", "2025-12-10"),
        ("late on Wednesday", "2025-12-10"),
        ("Thursday", "2025-12-11"),
        ("last Thursday", "2025-12-04"),
        ("Sunday night", "2025-12-07"),
        ("yesterday", "2025-12-10"),
        ("overnight", "2025-12-10/2025-12-11"),
        ("in recent days", "2025-12-08/2025-12-11"),
        ("earlier this week", "2025-12-08/2025-12-11"),
        ("last week", "2025-12-01/2025-12-07"),
        ("last month", "2025-11"),
        ("last year", "2024"),
        ("in 2019", "2019"),
        ("a year ago", "2024-12~"),
        ("two weeks ago", "2025-11-27~"),
        ("in June", "2025-06"),
        ("on March 5", "2025-03-05"),
        ("on 5 March 2021", "2021-03-05"),
        ("once", "../2025-12-11"),
    ],
)
def test_reckoned_from_the_day_of_the_paper(text, edtf):
    (found,) = said_dates(f"He said so {text}.", THURSDAY)
    assert found.edtf == edtf


@pytest.mark.parametrize(
    "text", ["He may march on.", "Feb. 30", "300 rooms", "next week", "in 2031"]
)
def test_what_is_no_date_of_speech(text):
    assert list(said_dates(text, THURSDAY)) == []


@given(st.text(max_size=60), st.dates())
def test_every_answer_is_a_date_the_ledger_takes(text, day):
    for found in said_dates(f"{text} on Monday 500 years ago {text}", day):
        assert text is not None and span(found.edtf)
