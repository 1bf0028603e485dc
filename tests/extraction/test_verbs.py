"""Forms of the verbs that attribute."""

import pytest

from api.extraction.wording.verbs import gerund, past


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("dismiss", "dismissed"),
        ("note", "noted"),
        ("deny", "denied"),
        ("say", "said"),
        ("slam", "slammed"),
    ],
)
def test_past(verb, form):
    assert past(verb) == form


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("give", "giving"),
        ("cut", "cutting"),
        ("lie", "lying"),
        ("agree", "agreeing"),
        ("sell", "selling"),
    ],
)
def test_gerund(verb, form):
    assert gerund(verb) == form
