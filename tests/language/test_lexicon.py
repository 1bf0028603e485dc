import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.language.words import lexicon
from api.language.words.lexicon import Relation, relation

LISTED = sorted(lexicon._contrasts()[0])
TERMS = st.tuples(st.sampled_from(LISTED), st.sampled_from("nva"))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("raise", "v"), ("increase", "v"), Relation.SYNONYM),
        (("raise", "v"), ("cut", "v"), Relation.OPPOSITE),
        (("approve", "v"), ("reject", "v"), Relation.OPPOSITE),
        (("withdrawal", "n"), ("withdraw", "v"), Relation.SYNONYM),
        (("assassinate", "v"), ("die", "v"), Relation.SYNONYM),
        (("dog", "n"), ("animal", "n"), Relation.NARROWER),
        (("lawful", "a"), ("unlawful", "a"), Relation.OPPOSITE),
        (("productive", "a"), ("tense", "a"), Relation.UNEASY),
        (("budget", "n"), ("orchestra", "n"), Relation.NONE),
    ],
)
def test_relations(a, b, expected):
    assert relation(a, b) is expected


@settings(max_examples=300)
@given(TERMS, TERMS)
def test_relations_are_the_same_from_both_sides(a, b):
    converse = {Relation.NARROWER: Relation.WIDER, Relation.WIDER: Relation.NARROWER}
    found = relation(a, b)
    assert relation(b, a) is converse.get(found, found)


def test_common_words_have_no_key():
    assert not lexicon.keys("make", "v")


def test_a_nominalisation_is_filed_with_its_verb():
    assert lexicon.keys("resignation", "n") & lexicon.keys("resign", "v")


def test_verbs_are_opposed_by_what_stands_with_them():
    assert relation(("close higher", "v"), ("end lower", "v")) is Relation.OPPOSITE
    assert relation(("close higher", "v"), ("end higher", "v")) is not Relation.OPPOSITE
