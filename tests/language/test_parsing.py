import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.language.parsing import LONGEST_RUN, parse


@pytest.mark.parametrize(
    "text",
    ["", " ", "Rates rose.", "a" * 500, "x" * 100 + " ends here", "\U0001f600" * 200, '"' * 200],
)
def test_a_document_is_its_text(text):
    assert parse([text])[0].text == text


def test_a_long_unspaced_run_is_cut_before_the_tokenizer_sees_it():
    assert max(map(len, parse(["word " + "y" * 2000])[0])) <= LONGEST_RUN


def test_a_lone_surrogate_keeps_the_offsets():
    (doc,) = parse(["caf\ud800 opens"])
    assert doc[-1].idx == 5


def test_one_text_is_parsed_alike_in_any_batch():
    alone = parse(["The ceasefire holds."])[0]
    among = parse(["Prices fell.", "The ceasefire holds.", "Nobody came."])[1]
    assert [(t.lemma_, t.dep_) for t in alone] == [(t.lemma_, t.dep_) for t in among]


def test_without_entities_a_text_is_parsed_as_with_them():
    text = "Angela Merkel left Berlin."
    (whole,), (plain,) = parse([text]), parse([text], entities=False)
    assert whole.ents
    assert not plain.ents
    assert [(t.lemma_, t.pos_, t.dep_) for t in whole] == [
        (t.lemma_, t.pos_, t.dep_) for t in plain
    ]


@settings(max_examples=30)
@given(st.text(st.characters(), max_size=60))
def test_no_text_raises(text):
    assert len(parse([text])[0].text) == len(text)
