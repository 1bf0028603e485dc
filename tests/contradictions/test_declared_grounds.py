"""A detector is kept from the pairs that by its declaration it has nothing to say of; else none."""

from importlib.metadata import EntryPoint, entry_points

import pytest

from api.contradictions import apart_in_time, compare_all, days, outline
from api.contradictions import detectors as installed
from api.contradictions.detectors.declaration import ANYTHING, detector, grounds_of
from api.contradictions.detectors.findings import Finding
from tests.contradictions.holding import side

HARBOUR = "The harbour master of Hexal closed three old docks behind the new market"
FERRY = "A harbour has a ferry that sails at night"


def undeclared(match):
    """Whatever the topic is, a ferry excludes old docks."""
    spans = [(0, len(each.text)) for each in (match.a, match.b)]
    return Finding(match, "entailment", "factual", tuple(spans), ("says", "says"), rests_on="topic")


@detector(rests_on=())
def declared(match):
    return undeclared(match)


@pytest.fixture
def install(monkeypatch):
    """Installs a function of this file as a detector beside those that there are."""

    def forget():
        installed.detectors.cache_clear()
        installed.grounds.cache_clear()

    def beside(name):
        ours = entry_points(group=installed.GROUP)
        added = EntryPoint(name, f"{__name__}:{name}", installed.GROUP)
        monkeypatch.setattr(installed, "entry_points", lambda group: [*ours, added])
        forget()

    yield beside
    monkeypatch.undo()
    forget()


def told_apart():
    """Whether a pair is kept apart by its time, before its words are read."""
    sides = [side(f"Rents rose in {year}") for year in (2019, 2024)]
    (mine, said), (yours, then) = (
        (outline(each.analysis), days(each.said_earliest, each.said_latest, each.said))
        for each in sides
    )
    return apart_in_time(mine, said, yours, then)


def briefly():
    a, b = side(HARBOUR, speaker="Ida Holm"), side(FERRY, speaker="Bo Falk")
    return compare_all([(a, b)], briefly=True)[0].verdict


def test_ours_declare_what_their_findings_rest_on():
    ours = [each for each in installed.detectors() if each.__module__.startswith("api.")]
    assert len(ours) == 6
    assert all(grounds_of(each) != ANYTHING for each in ours)
    assert installed.grounds() == {"dates", "orders", "offices"}
    assert told_apart()
    assert briefly() == "none"


def test_of_one_that_declares_nothing_every_pair_is_asked(install):
    install("undeclared")
    assert not told_apart()
    assert briefly() != "none"


def test_one_that_declares_leaves_pairs_unread_that_it_can_say_nothing_of(install):
    install("declared")
    assert declared in installed.detectors()
    assert told_apart()
    assert briefly() == "none"
