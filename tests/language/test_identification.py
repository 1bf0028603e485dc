"""Texts of few words are told to be English or not; English is never taken for another language."""

import json
from pathlib import Path

import pytest

from api.language.words.identification import SAMPLE, called, identify, languages

TEXTS = Path(__file__).parent / "texts"
PAIRS = Path(__file__).parents[1] / "contradictions" / "pairs" / "pairs_dev.jsonl"


def lines(name):
    found = (TEXTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in found if not line.startswith("#")]


def test_short_english_full_of_foreign_names_is_english():
    taken = {text: tag for text in lines("english.txt") if (tag := identify(text)) != "en"}
    assert len(taken) / len(lines("english.txt")) <= 0.005, taken


def test_the_pairs_of_the_engine_are_english():
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    texts = {pair[side] for pair in pairs for side in "ab"}
    taken = [text for text in texts if identify(text) != "en"]
    assert len(taken) / len(texts) <= 0.005, taken


def test_short_claims_in_other_languages_are_not_english():
    claims = [line.split("|") for line in lines("foreign.txt")]
    told = [(tag, identify(text), text) for tag, text in claims]
    taken = [text for _, found, text in told if found == "en"]
    assert len({tag for tag, _, _ in told}) >= 30
    assert len(taken) / len(told) <= 0.02, taken
    assert sum(tag == found for tag, found, _ in told) / len(told) >= 0.95


@pytest.mark.parametrize("text", ["", "12%", "No.", "Nein", "Line 2 is closed", "5 : 3", "\ud800"])
def test_what_tells_nothing_is_english(text):
    assert identify(text) == "en"


def test_only_the_beginning_of_a_text_is_looked_at():
    assert identify("The boats have no future here. " * 100 + "x" * 1_000_000) == "en"
    german = "Die Boote haben hier keine Zukunft. " * (SAMPLE // 30)
    assert identify(german + "y " * 1_000_000) == "de"


def test_every_language_that_is_told_has_a_name():
    assert {"da", "cs", "tr", "hu", "fi", "ro", "id", "pl"} <= languages().keys()
    assert called("da") == "Danish"
    assert called("und") == "another language than English"
