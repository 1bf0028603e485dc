"""Cells that no spreadsheet runs, lists in one cell: what is written is read again."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.csv_rows import harmless, joined, parted, plain, rows
from api.services.refusals import Refusal

MARKS = st.text(st.sampled_from("=+-@'\t\r|\\ab"), max_size=8) | st.text(max_size=8)


@given(MARKS)
def test_a_harmless_cell_is_read_as_it_was_and_begins_like_no_formula(text):
    assert plain(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


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
    assert all(isinstance(cells, Refusal) for cells in found.values())
