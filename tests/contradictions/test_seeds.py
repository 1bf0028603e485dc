"""The seeds held against each other, each pair of them: three contradictions and no other flag."""

from importlib import resources
from itertools import combinations, permutations

import orjson
import pytest

from api.contradictions import Side, analyse, compare
from api.language.dates.edtf_dates import span

FLAGGED = {
    (1, 7): ("position", "stance"),
    (4, 7): ("position", "stance"),
    (10, 14): ("factual", None),
}


@pytest.fixture(scope="module")
def sides():
    lines = (resources.files("seeds") / "peace_talks_2025_12.ndjson").read_text("utf-8")
    seeds = [orjson.loads(line) for line in lines.splitlines()]
    analyses = analyse([seed["text"] for seed in seeds])
    return {
        number: Side(
            text=seed["text"],
            analysis=analysis,
            speaker=seed["speaker"]["name"],
            speaker_kind=seed["speaker"]["kind"],
            aliases=tuple(seed["speaker"].get("aliases", ())),
            said_earliest=span(seed["said_on"]).earliest,
            said_latest=span(seed["said_on"]).latest,
            said=True,
        )
        for number, (seed, analysis) in enumerate(zip(seeds, analyses, strict=True), 1)
    }


def test_three_pairs_are_flagged_and_no_other(sides):
    verdicts = {pair: compare(sides[pair[0]], sides[pair[1]]) for pair in combinations(sides, 2)}
    assert len(verdicts) == 190
    flagged = {pair: verdict for pair, verdict in verdicts.items() if verdict.verdict == "flagged"}
    assert set(flagged) == set(FLAGGED)
    for pair, (nature, basis) in FLAGGED.items():
        assert flagged[pair].nature == nature
        assert basis is None or basis in flagged[pair].basis


def test_what_is_asked_without_speakers_is_flagged_too(sides):
    for a, b in ((1, 7), (10, 14)):
        plain = [Side(text=sides[i].text, analysis=sides[i].analysis) for i in (a, b)]
        assert compare(*plain).verdict == "flagged"


def test_the_order_of_the_two_does_not_matter(sides):
    for a, b in permutations(sides, 2):
        one, other = compare(sides[a], sides[b]), compare(sides[b], sides[a])
        assert (one.verdict, one.score, one.basis) == (other.verdict, other.score, other.basis)
