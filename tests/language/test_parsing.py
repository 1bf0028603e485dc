import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.deadline import DeadlineExceeded, within
from api.language import parsing
from api.language.parsing import (
    LONGEST_RUN,
    LONGEST_SENTENCE,
    MOST_TOKENS,
    parse,
    parsed,
    size,
)


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


@pytest.mark.parametrize("text", ["(" * 5000, "word " * 4000, "He said no. " * 900, "“ a ” " * 900])
def test_no_more_is_parsed_at_once_than_may_be(monkeypatch, text):
    pipeline, sizes = parsing._pipeline(), []

    class Measured:
        make_doc = pipeline.make_doc

        def pipe(self, documents, **options):
            documents = list(documents)
            sizes.append(sum(map(len, documents)))
            return pipeline.pipe(documents, **options)

    monkeypatch.setattr(parsing, "load", lambda: None)
    monkeypatch.setattr(parsing, "_pipeline", Measured)
    documents = parse([text, "Rates rose.", text[:999]])
    assert [document.text for document in documents] == [text, "Rates rose.", text[:999]]
    assert max(sizes) <= MOST_TOKENS
    assert sum(sizes) == sum(map(len, documents))


def test_no_sentence_is_longer_than_may_be_and_none_that_ends_is_cut():
    (flat,) = parse(["word " * 4000])
    assert max(map(len, flat.sents)) <= LONGEST_SENTENCE
    (ended,) = parse(["Dr. Ada Brook said that the harbour stays open. " * 40])
    assert len(list(ended.sents)) == 40


def test_others_parse_between_the_parts_of_a_long_text():
    text = "The harbour stays open, she said. " * 400
    long = parsed([text] * 3)
    assert next(long).text == text
    assert parse(["Rates rose."])[0].text == "Rates rose."
    assert [document.text for document in long] == [text] * 2


def test_a_deadline_ends_it():
    with within(-1), pytest.raises(DeadlineExceeded, match="reading the text"):
        parse(["Rates rose."])
    assert parse(["Rates rose."])


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Rates rose.", 3), ("(" * 100, 100), ("a" * 96, 2), ("😀 😀", 2), ("1,234", 3)],
)
def test_how_much_there_is_to_parse(text, words):
    assert size(text) == words
