from hypothesis import given, settings
from hypothesis import strategies as st

from api.language.words import lexicon, names, wordnet
from api.language.words.lexicon import Relation, relation
from api.language.words.reach import joined, reach

LISTED = sorted({*lexicon._contrasts()[0], *lexicon._of_synonyms(), *lexicon._entailments()})
LEMMAS = sorted({line.partition("\t")[0] for line in wordnet._table()[1][::7]})
TERMS = st.tuples(st.sampled_from(LISTED + LEMMAS), st.sampled_from("nvar"))
NAMES = sorted({*names._known()[0], *names._known()[1], "maria lopez", "ana lopez"})


@settings(max_examples=1500)
@given(TERMS, TERMS)
def test_words_that_have_to_do_with_each_other_meet(a, b):
    if relation(a, b) is not Relation.NONE:
        assert reach(*a).meets(reach(*b))


@settings(max_examples=500)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_names_that_stand_for_one_another_meet(a, b):
    if names.relation(a, b) is not Relation.NONE:
        assert reach(a, "N").meets(reach(b, "N"))


def test_a_text_meets_what_one_of_its_words_meets():
    text = joined([reach("orchestra", "n"), reach("cut", "v")])
    assert text.meets(reach("raise", "v"))
    assert not text.meets(reach("walrus", "v"))
