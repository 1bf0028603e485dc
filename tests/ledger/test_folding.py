"""What counts as the same name, the same words and the same topic."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.language.words.folding import fold, slug, text_key, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "ZELENSKYY"),
        ("Straße", "STRASSE"),
        ("Zoe\u0308", "Zoë"),
        ("Σωκράτης", "ΣΩΚΡΆΤΗΣ"),
        ("D\u2019Arc", "D'Arc"),
        ("Anna-Lena", "Anna\u2010Lena"),
        ("  Anna\t\u00a0Berg\n", "anna berg"),
        ("ﬁnance", "finance"),
        ("“So”", '"so"'),
        ("An\u200bna", "Anna"),
        ("\u202eAnna\u202c", "Anna"),
        ("An\u00adna", "Anna"),
        ("An\u2060na", "Anna"),
        ("\ufeffAnna\ufe0f", "Anna"),
        ("Anna\U000e0041", "Anna"),
        ("e\u200d\u0301", "é"),
        ("علی\u200cرضا", "علیرضا"),
    ],
)
def test_what_is_written_differently_is_the_same(one, other):
    assert fold(one) == fold(other)
    assert text_key(one) == text_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Zoe", "Zoë"), ("Anna Berg", "AnnaBerg"), ("ы", "и"), ("0.77", "077")]
)
def test_what_is_spelt_differently_is_not(one, other):
    assert fold(one) != fold(other)
    assert text_key(one) != text_key(other)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_does_not_see_case_or_unicode_form(text):
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@given(st.text())
def test_a_slug_is_its_own_slug_and_has_no_space(text):
    made = slug(text)
    assert slug(made) == made
    assert not any(character.isspace() for character in made)
    assert not made.startswith("-")
    assert not made.endswith("-")


def test_what_shapes_a_name_stays_in_it():
    persian, emoji = "علی\u200cرضا", "Anna \u2764\ufe0f"
    assert (visible(persian), visible(emoji)) == (persian, emoji)
    assert visible("\u202eAn\u00adna\u200b \u2066Berg\u2069") == "Anna Berg"
