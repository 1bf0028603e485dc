"""Cells that no spreadsheet runs, lists in one cell: what is written is read again."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.common.errors import ServiceError
from api.services.imports.csv_rows import harmless, joined, parted, plain, rows

MARKS = st.text(st.sampled_from("=+-@＝'\t\r\n \xa0\u200b\ufeff|\\ab"), max_size=8)
MARKS |= st.text(max_size=8)


@given(MARKS)
def test_a_harmless_cell_is_read_as_it_was_and_begins_like_no_formula(text):
    assert plain(harmless(text)) == text
    seen = harmless(text).replace("\u200b", "").lstrip("\ufeff \xa0\u2028")
    assert not seen.startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "\n=1+1",
        " =1+1",
        "\xa0=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        "\u200b=1",
        "\ufeff=1",
        "\u2003\t=1",
        "\x0b=1",
        "\u202e=1",
        "−1",
        "\r\n@x",
        "' =1",
        "\u3000＝1",
    ],
)
def test_what_hides_a_formula_makes_no_formula(text):
    assert harmless(text) == f"'{text}"
    assert plain(harmless(text)) == text


@pytest.mark.parametrize("text", [" words", "\xa0words", "a=1", "'tis", "“=”", "–5", ""])
def test_what_is_no_formula_stays_as_it_is(text):
    assert harmless(text) == plain(text) == text


@given(st.lists(MARKS, max_size=4).filter(lambda parts: parts != [""]))
def test_the_parts_of_a_list_are_read_as_they_were(parts):
    assert parted(joined(parts)) == parts


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_are_told_by_the_line_they_begin_in(delimiter):
    text = 'a,b\r\n"x\ny",2\r\n\r\n3,"„q“"\n'.replace(",", delimiter)
    found = list(rows(BytesIO(b"\xef\xbb\xbf" + text.encode()), 1000))
    assert [(row.line, row.cells) for row in found] == [
        (1, ["a", "b"]),
        (2, ["x\ny", "2"]),
        (5, ["3", "„q“"]),
    ]
    assert sum(row.size for row in found) == len(text.encode()) + 3 - len("\r\n")


def test_what_is_wrong_with_a_row_is_not_wrong_with_the_next():
    raw = b'a,b\n1,"2"x\n\xff,2\n' + b"y" * 2000 + b',3\n"open,4\n'
    found = {row.line: row.cells for row in rows(BytesIO(raw), 1000)}
    assert found.pop(1) == ["a", "b"]
    assert [found[line].detail.partition(":")[0] for line in (2, 3, 4, 5)] == [
        "The row cannot be read as CSV",
        "The row is not UTF-8",
        "A line of it is longer than 1000 bytes.",
        "The row cannot be read as CSV",
    ]
    assert all(isinstance(cells, ServiceError) for cells in found.values())
