import pytest

from api.language.dates.times import times
from api.language.parsing import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened in 2019", ("year", 2019)),
        ("It opened in March", ("month", 3)),
        ("It opened on Monday", ("weekday", 0)),
        ("It opens on Mondays", ("weekday", 0)),
        ("It opened yesterday", ("+day", -1)),
        ("It opens next week", ("+week", 1)),
        ("It burned last night", ("+day", 0)),
        ("It opened on 4 May", ("monthday", 4)),
        ("It opened on May 4th", ("monthday", 4)),
        ("It opened on the 22nd of May", ("monthday", 22)),
    ],
)
def test_times(text, expected):
    (doc,) = parse([text])
    assert expected in {(time.field, time.value) for time in times(doc)}


def test_a_count_is_no_year():
    (doc,) = parse(["The plant made 2000 cars"])
    assert not times(doc)
