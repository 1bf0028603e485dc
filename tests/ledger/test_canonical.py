"""Canonical JSON, however it is written."""

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from api.ledger.history.canonical import canonical

NAMES = st.text(st.characters(codec="ascii"))
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
)


@given(VALUES)
def test_it_is_what_the_standard_says(value):
    assert canonical(value) == rfc8785.dumps(value)
