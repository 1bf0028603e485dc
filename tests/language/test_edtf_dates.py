"""EDTF level 1 in, strict bounds out; everything else is refused with advice."""

import calendar
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from api.language.dates.edtf_dates import span

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
MARKS = st.sampled_from(["", "~", "?", "%"])


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "certain"),
    [
        ("2025-12-10", "2025-12-10", "2025-12-10", True),
        ("2025-12", "2025-12-01", "2025-12-31", True),
        ("2024-02", "2024-02-01", "2024-02-29", True),
        ("2025", "2025-01-01", "2025-12-31", True),
        ("0033-04", "0033-04-01", "0033-04-30", True),
        ("2025-12-10~", "2025-12-10", "2025-12-10", False),
        ("2025-12-10?", "2025-12-10", "2025-12-10", False),
        ("2025-12%", "2025-12-01", "2025-12-31", False),
        ("2025-12-08/2025-12-11", "2025-12-08", "2025-12-11", True),
        ("2025-12/2026-02", "2025-12-01", "2026-02-28", True),
        ("2025-12-08~/2025-12-11", "2025-12-08", "2025-12-11", False),
        ("2025-12-08/2025-12-11?", "2025-12-08", "2025-12-11", False),
        ("../2025-01-20", None, "2025-01-20", True),
        ("2025-01-20/..", "2025-01-20", None, True),
        ("2025-01~/..", "2025-01-01", None, False),
        ("2025-12-XX", "2025-12-01", "2025-12-31", True),
        ("202X", "2020-01-01", "2029-12-31", True),
        ("2024-02-29", "2024-02-29", "2024-02-29", True),
    ],
)
def test_a_date_is_bound_strictly(edtf, earliest, latest, certain):
    found = span(edtf)
    assert (found.earliest, found.latest, found.certain) == (earliest, latest, certain)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        " ",
        "soon",
        "2025-02-29",
        "2025-02-30",
        "2025-04-31",
        "2025-13",
        "2025-00",
        "2025-01-00",
        "2025-12-32",
        "20251210",
        "2025-12-1",
        "25-12-10",
        "10.12.2025",
        "12/10/2025",
        "2025-12-10T12:00:00Z",
        "2025-12-10T12:00:00+02:00",
        "2025-12-10 12:00",
        " 2025-12-10",
        "2025-12-10 ",
        "2025-12-10\n",
        "2025-12-11/2025-12-08",
        "2026/2025",
        "2025-12-31/2025-11",
        "2025-12-31~/2025-12-01?",
        "2025-02-30/2025-03-01",
        "2025-01-01/2025-02-30",
        "/2025",
        "2025/",
        "/",
        "..",
        "../..",
        "../",
        "2025/2026/2027",
        "2025-12-08 / 2025-12-11",
        "2025...2026",
        "{2025,2026}",
        "[2025..2026]",
        "Y17E7",
        "Y-170000002",
        "-0044-03-15",
        "0000",
        "10000-01-01",
        "2025-12-10~~",
        "~2025",
        "unknown",
        "open",
        "٢٠٢٥-12-10",
        "2025-12-10\u200b",
        "2" * 5000,
    ],
)
def test_what_is_no_such_date_is_refused_with_advice(wrong):
    with pytest.raises(ValueError, match=r"\w") as refused:
        span(wrong)
    assert len(str(refused.value)) > 20


@given(DAYS, MARKS)
def test_a_day_is_its_own_bounds_and_certain_without_a_mark(day, mark):
    found = span(f"{day.isoformat()}{mark}")
    assert found.earliest == found.latest == day.isoformat()
    assert found.certain is (mark == "")


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_goes_from_its_first_day_to_its_last(year, month):
    found = span(f"{year:04}-{month:02}")
    last = calendar.monthrange(year, month)[1]
    assert found.earliest == f"{year:04}-{month:02}-01"
    assert found.latest == f"{year:04}-{month:02}-{last}"


@settings(max_examples=50)
@given(DAYS, DAYS, MARKS, MARKS)
def test_an_interval_goes_from_its_first_end_to_its_second_or_is_refused(first, second, m, n):
    edtf = f"{first.isoformat()}{m}/{second.isoformat()}{n}"
    if first > second:
        with pytest.raises(ValueError, match="before"):
            span(edtf)
        return
    found = span(edtf)
    assert (found.earliest, found.latest) == (first.isoformat(), second.isoformat())
    assert found.certain is (not m + n)


@settings(max_examples=50)
@given(DAYS, MARKS)
def test_an_open_end_is_unknown(day, mark):
    until, since = span(f"../{day.isoformat()}{mark}"), span(f"{day.isoformat()}{mark}/..")
    assert (until.earliest, until.latest) == (None, day.isoformat())
    assert (since.earliest, since.latest) == (day.isoformat(), None)


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
@example(2025, 2, 29)
def test_a_day_that_does_not_exist_is_refused(year, month, day):
    edtf = f"{year:04}-{month:02}-{day:02}"
    try:
        date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match="EDTF"):
            span(edtf)
    else:
        assert span(edtf).earliest == edtf


@given(st.text(max_size=40) | st.text(st.sampled_from("0123456789-/.~?%XYTZ "), max_size=24))
def test_any_text_is_a_date_or_refused(text):
    try:
        found = span(text)
    except ValueError as refused:
        assert str(refused)
        return
    assert found.earliest or found.latest
    if found.earliest and found.latest:
        assert date.fromisoformat(found.earliest) <= date.fromisoformat(found.latest)


@pytest.mark.parametrize("end", ["", "/2025-03", "/2025-12-10?", "/2024"])
@pytest.mark.parametrize(
    "begin", ["2025", "2025~", "2025-02%", "2024-02-29", "2025-13", "2025-21", "2025-00", "0000"]
)
def test_plain_dates_mean_what_the_parser_of_all_says(begin, end, monkeypatch):
    def said():
        try:
            return span.__wrapped__(begin + end)
        except ValueError as error:
            return str(error)

    shortly = said()
    monkeypatch.setattr("api.language.dates.edtf_dates._plain", lambda edtf: None)
    assert said() == shortly
