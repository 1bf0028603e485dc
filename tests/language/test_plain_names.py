"""Names by their letters and digits alone."""

import pytest

from api.language.words.folding import plain


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("Volodymyr Zelenskyy", "volodymyr zelenskyy"),
        ("  José  ÁLVAREZ ", "jose alvarez"),
        ("Conor O’Brien", "conor obrien"),
        ("U.N.", "un"),
        ("Marie-Agnes Strack-Zimmermann", "marie agnes strack zimmermann"),
        ("Lech Wałęsa", "lech walesa"),
        ("Søren Großmann", "soren grossmann"),
        ("Володимир Зеленський", "володимир зеленськии"),
        ("_?!", ""),
    ],
)
def test_a_name_is_spelled_plainly(name, spelling):
    assert plain(name) == spelling
