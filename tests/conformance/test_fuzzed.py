"""A small share of what ``make conformance`` does: a few cases of each operation, with a key."""

import pytest

from tests.conformance.fuzz import fuzz

pytestmark = pytest.mark.slow


def test_no_case_fails(ledgers, tmp_path):
    found = fuzz(tmp_path, keyed=True, seed=1, **ledgers.new("fuzzed", tmp_path))
    assert found.failures == 0, found.told
    assert found.operations >= 60
    assert found.cases >= 2 * found.operations
