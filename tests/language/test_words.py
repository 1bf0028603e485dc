from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language.reading import words


def lemmas(text):
    return [word.lemma for word in words(text)]


def test_a_name_of_several_parts_is_one_word():
    assert "maria lopez" in lemmas("Maria Lopez resigned")


def test_a_demonym_is_filed_under_its_country():
    assert "france" in lemmas("The French army withdrew")


def test_a_phrase_of_the_lists_is_one_word():
    assert "in custody" in lemmas("The suspect is in custody")


def test_a_verb_takes_its_particle():
    assert "step down" in lemmas("The chairman will step down")


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_every_word_lies_in_the_text(text):
    spans = [(word.start, word.end) for word in words(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_an_idiom_is_one_verb_with_its_object():
    assert "give way" in lemmas("They will give way")


def test_an_object_that_is_an_event_stays_a_word_of_its_own():
    assert "walk" in lemmas("She took a walk")


def test_a_compound_of_the_lists_is_one_word_though_its_last_is_a_verb_too():
    assert "prime minister" in lemmas("The prime minister spoke")
