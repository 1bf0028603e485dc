import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.contradictions import Side, analyse, candidate_keys, compare
from tests.contradictions.holding import hold, side

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "pairs" / "pairs_dev.jsonl").read_text().splitlines()
]
MIRRORED = {"a": "b", "b": "a"}


@pytest.fixture(scope="module")
def held():
    """Every pair of the project's own set with its verdicts in both orders."""
    texts = sorted({pair[key] for pair in PAIRS for key in "ab"})
    analyses = dict(zip(texts, analyse(texts), strict=True))
    sides = [tuple(Side(pair[key], analyses[pair[key]]) for key in "ab") for pair in PAIRS]
    return [(a, b, compare(a, b), compare(b, a)) for a, b in sides]


def test_the_verdict_is_the_same_in_both_orders(held):
    for _, _, one, other in held:
        assert (one.verdict, one.nature, one.basis, one.score) == (
            other.verdict,
            other.nature,
            other.basis,
            other.score,
        )
        assert {(e.side, e.start, e.end, e.role) for e in one.evidence} == {
            (MIRRORED[e.side], e.start, e.end, e.role) for e in other.evidence
        }


def test_evidence_is_the_text_at_its_offsets(held):
    for a, b, verdict, _ in held:
        for evidence in verdict.evidence:
            text = (a if evidence.side == "a" else b).text
            assert evidence.text == text[evidence.start : evidence.end] != ""


def test_what_is_raised_shares_a_key(held):
    for a, b, verdict, _ in held:
        if verdict.verdict != "none":
            assert candidate_keys(a.analysis) & candidate_keys(b.analysis)


def test_what_is_raised_has_a_basis_a_nature_and_evidence_on_both_sides(held):
    for _, _, verdict, _ in held:
        raised = verdict.verdict != "none"
        assert raised == bool(verdict.basis) == bool(verdict.nature)
        assert {e.side for e in verdict.evidence} == ({"a", "b"} if raised else set())
        assert verdict.explanation.endswith(".")
        assert not (raised and verdict.not_comparable)


def test_scores_order_the_verdicts(held):
    scores = {
        kind: [v.score for *_, v, _ in held if v.verdict == kind] for kind in ("flagged", "none")
    }
    assert min(scores["flagged"]) > max(scores["none"])


def test_a_run_repeats_itself():
    texts = ("The court upheld the ban", "The court overturned the ban")
    assert hold(*texts) == hold(*texts)


def test_two_languages_are_not_compared():
    (analysis,) = analyse(["Prices rose"])
    french = Side("Les prix ont augmenté", analysis, language="fr")
    assert compare(Side("Prices rose", analysis), french).not_comparable == "language"


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_no_two_texts_raise(a, b):
    assert hold(a, b, same_event=True).verdict in {"flagged", "candidate", "none"}


def test_the_same_words_again_contradict_nothing():
    text = (
        "The chair doesn't have to pick a liberal. "
        "He wouldn't have to give up what he wants to pick someone measured"
    )
    early, late = (
        side(text, speaker="Anna Berg", said=day) for day in ("2026-03-04", "2026-03-05")
    )
    assert compare(early, late).verdict == "none"
