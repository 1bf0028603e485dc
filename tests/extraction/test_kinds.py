"""Of what kind a speaker is, by the name alone."""

import pytest

from api.extraction import speaker_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Karla Holm", "person"),
        ("Ursula von der Leyen", "person"),
        ("Rui da Costa e Silva", "person"),
        ("Jon Vale (Mayor)", "person"),
        ("Ministry of Health", "organization"),
        ("The Health Ministry", "organization"),
        ("Harbour Workers' Union", "organization"),
        ("NATO", "organization"),
        ("Doctors Without Borders and Friends of the Harbour", "organization"),
        ("Constitution of Ukraine", "document"),
        ("Clean Water Act", "document"),
        ("Facebook posts", "unnamed"),
        ("Social Media Users", "unnamed"),
        ("Viral Video", "unnamed"),
        ("multiple sources", "unnamed"),
        ("a blogger from Hull", "unnamed"),
        ("the", "unnamed"),
        ("", "unnamed"),
        ("(?)", "unnamed"),
    ],
)
def test_a_name_tells_of_what_kind_its_bearer_is(name, kind):
    assert speaker_kind(name) == kind
