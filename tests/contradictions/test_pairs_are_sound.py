"""The project's own pairs are well formed, balanced and free of duplicates."""

import json
from collections import Counter
from pathlib import Path

import pytest
from edtf import parse_edtf

FOLDER = Path(__file__).parent / "pairs"
CONTRADICTIONS = {
    "negation",
    "antonym",
    "number",
    "quantifier",
    "stance",
    "reversal",
    "lexical",
}
HARMLESS = {
    "compatible",
    "restatement",
    "hedged",
    "unrelated",
    "other_time",
    "other_subject",
    "quoting",
}
REQUIRED = {"a", "b", "contradiction", "kind", "domain"}
OPTIONAL = {"speaker_a", "speaker_b", "said_a", "said_b"}


def read(part):
    lines = (FOLDER / f"pairs_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def texts(pair):
    """Both texts, in either order and whatever their case and spacing."""
    return frozenset(" ".join(pair[side].lower().split()) for side in "ab")


DEV, HELD = read("dev"), read("held")
PAIRS = DEV + HELD


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["a"][:40])
def test_a_pair_is_well_formed(pair):
    assert pair.keys() >= REQUIRED
    assert pair.keys() <= REQUIRED | OPTIONAL
    assert pair["contradiction"] in (0, 1)
    assert pair["kind"] in (CONTRADICTIONS if pair["contradiction"] else HARMLESS)
    assert all(isinstance(pair[name], str) for name in pair if name != "contradiction")
    assert all(pair[name] == pair[name].strip() != "" for name in pair if name != "contradiction")
    assert all(4 <= len(pair[side].split()) <= 30 for side in "ab")
    assert len(texts(pair)) == 2


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["a"][:40])
def test_dates_are_edtf(pair):
    for name in ("said_a", "said_b"):
        if name in pair:
            parse_edtf(pair[name])


def test_there_are_enough_pairs_half_of_them_contradictions():
    assert len(PAIRS) >= 300
    for part in (PAIRS, DEV, HELD):
        share = sum(pair["contradiction"] for pair in part) / len(part)
        assert abs(share - 0.5) <= 0.05


def test_a_third_of_each_kind_is_held():
    everything = Counter(pair["kind"] for pair in PAIRS)
    held = Counter(pair["kind"] for pair in HELD)
    assert everything.keys() == CONTRADICTIONS | HARMLESS
    for kind, count in everything.items():
        assert abs(held[kind] - count / 3) <= 1, kind


def test_no_pair_is_there_twice():
    assert [pair for pair, count in Counter(map(texts, PAIRS)).items() if count > 1] == []


def test_no_pair_is_in_both_parts():
    assert set(map(texts, DEV)).isdisjoint(map(texts, HELD))
