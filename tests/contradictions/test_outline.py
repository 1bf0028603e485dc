"""What is told from outlines holds of the texts: nothing is raised between those kept apart."""

from itertools import product
from pathlib import Path
from string import ascii_lowercase

import orjson
import pytest

from api.contradictions import Outline, analyse, apart_in_time, compare, days, outline
from api.contradictions.analysis.verdicts import Side
from tests.contradictions.holding import side

PAIRS = Path(__file__).parent / "pairs" / "pairs_dev.jsonl"
DATED = (
    "{} in 2022",
    "{} in 2024",
    "{} on Monday",
    "{} on Friday",
    "{} on 3 May",
    "{} on 4 May",
    "{} yesterday",
)


@pytest.mark.parametrize(
    "text",
    [
        "Rents rose in March 2022 and fell in May",
        "We will close the school on Monday, not yesterday or last week",
        "The bridge first opened on 3 May 1904",
        "Yes",
    ],
)
def test_an_outline_is_kept_whole(text):
    (analysis,) = analyse([text])
    told = outline(analysis)
    assert told.named == analysis.named
    assert Outline.from_bytes(told.to_bytes()) == told


def test_no_more_words_are_counted_than_are_kept():
    things = (f"the {first}{second}orb" for first in ascii_lowercase for second in ascii_lowercase)
    (analysis,) = analyse(["They sold " + ", ".join(things)])
    told = outline(analysis)
    assert len(analysis.keyed) > told.words == Outline.from_bytes(told.to_bytes()).words == 255


def apart(a, b):
    said = [days(each.said_earliest, each.said_latest, each.said) for each in (a, b)]
    return apart_in_time(outline(a.analysis), said[0], outline(b.analysis), said[1])


@pytest.fixture(scope="module")
def contradicting():
    """The texts of pairs that contradict each other, plain and dated, read once."""
    pairs = [orjson.loads(line) for line in PAIRS.read_bytes().splitlines()]
    pairs = [(each["a"], each["b"]) for each in pairs if each["contradiction"]][::4]
    dated = [
        (one.format(a), other.format(b))
        for a, b in pairs[:12]
        for one, other in product(DATED, DATED)
    ]
    texts = list(dict.fromkeys(text for pair in pairs + dated for text in pair))
    read = dict(zip(texts, analyse(texts), strict=True))
    return [[(text, read[text]) for text in pair] for pair in pairs + dated]


@pytest.mark.parametrize("speakers", [("Ann Lee", "Ann Lee"), ("Ann Lee", "Bo Falk")])
@pytest.mark.parametrize("later", ["2024-05-03", "2024-05-04", "2024-06-20", None])
def test_nothing_is_raised_between_those_that_outlines_keep_apart(contradicting, speakers, later):
    kept_apart = raised = 0
    for pair in contradicting:
        a, b = (
            Side(text, analysis, speaker, "person", (), day, day, day is not None)
            for (text, analysis), speaker, day in zip(
                pair, speakers, ("2024-05-03", later), strict=True
            )
        )
        is_raised = compare(a, b).verdict != "none"
        assert not (is_raised and apart(a, b)), (a.text, b.text)
        kept_apart, raised = kept_apart + apart(a, b), raised + is_raised
    assert kept_apart and raised


def test_a_date_of_what_happens_once_may_be_what_is_contradicted():
    a, b = side("Marie Holm was born in 1960"), side("Marie Holm was born in 1962")
    assert compare(a, b).verdict != "none"
    assert not apart(a, b)
