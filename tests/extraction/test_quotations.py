"""Where a paragraph quotes, whatever the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.extraction import extract
from api.extraction.text.quotations import quotations


def quoted(paragraph: str) -> list[str]:
    return [paragraph[q.inner_start : q.inner_end] for q in quotations(paragraph)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("“We won,” she said.", ["We won,"]),
        ('"We won," she said. "Again."', ["We won,", "Again."]),
        ("''We won,'' she said.", ["We won,"]),
        ("‘We won’t stop,’ she said.", ["We won’t stop,"]),
        ("He called it 'a mess' and left.", ["a mess"]),
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("«On y va», dit-il.", ["On y va"]),
        ("The players' union isn't happy.", []),
        ("It was 6' tall.", []),
    ],
)
def test_marks_of_every_kind(paragraph, expected):
    assert quoted(paragraph) == expected


def test_a_mark_left_open_runs_to_the_end_of_the_paragraph():
    (found,) = quotations("“We will rebuild the school and the road.")
    assert not found.closed
    assert found.end == len("“We will rebuild the school and the road.")


def test_a_stray_inch_mark_opens_nothing():
    assert quotations('The screen is 15" wide and bright.') == []


@given(st.text(alphabet="ab .,“”\"'‘’„«»`", max_size=80))
def test_quotations_are_apart_and_in_order(paragraph):
    end = 0
    for found in quotations(paragraph):
        assert end <= found.start <= found.inner_start <= found.inner_end <= found.end
        end = found.end


def test_a_sentence_that_its_cue_interrupts_is_one_statement():
    (found,) = extract("“The mill will stay open,” Ada Brook said, “but not for long.”")
    assert found.text == "The mill will stay open, but not for long"
    assert found.verbatim == ("The mill will stay open", "but not for long")
    assert found.position.text == "“The mill will stay open,” Ada Brook said, “but not for long.”"


def test_a_sentence_that_begins_after_the_cue_is_another_statement():
    found = extract("“The mill will stay open,” Ada Brook said. “But the school will be closed.”")
    assert len(found) == 2
