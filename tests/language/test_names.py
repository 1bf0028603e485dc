import pytest

from api.language.words import names
from api.language.words.lexicon import Relation


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("french", "france", Relation.SAME),
        ("britain", "united kingdom", Relation.SAME),
        ("kremlin", "russia", Relation.NARROWER),
        ("japan", "tokyo", Relation.WIDER),
        ("lopez", "maria lopez", Relation.SAME),
        ("france", "germany", Relation.NONE),
        ("maria lopez", "maria santos", Relation.NONE),
    ],
)
def test_who_a_name_stands_for(a, b, expected):
    assert names.relation(a, b) is expected
