"""A detector in a package of its own, built, installed beside Counterclaim and asked over HTTP."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.serving import serving

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "harbour-detectors"
version = "0.1"

[project.entry-points."counterclaim.detectors"]
tides = "harbour_detectors:tides"
"""

MODULE = '''
"""Spring tides and neap tides exclude each other."""

from api.contradictions.detectors.findings import Finding

TIDES = {"spring tide", "neap tide"}


def tides(match):
    found = [_tide(side.text) for side in (match.a, match.b)]
    if None in found or found[0][0] == found[1][0]:
        return None
    return Finding(match, "entailment", "factual", tuple(span for _, span in found), ("names",) * 2)


def _tide(text):
    for name in TIDES:
        at = text.lower().find(name)
        if at >= 0:
            return name, (at, at + len(name))
    return None
'''

SPRING, NEAP = "The ferry sailed on a spring tide", "The ferry sailed on a neap tide"
PAIRS = [
    (SPRING, NEAP),
    (NEAP, SPRING),
    (f"{SPRING} in 2019", f"{NEAP} in 2024"),
    (SPRING, SPRING),
    ("The harbour is open", "The harbour is not open"),
    ("The fire destroyed 12 homes", "The fire destroyed 40 homes"),
    ("Rents rose in spring", "A neap tide is a low tide"),
]
BESIDES = slice(3, None)
"""Pairs that the added detector has nothing to say of."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the package, built and installed without an index."""
    source = tmp_path_factory.mktemp("harbour")
    (source / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (source / "harbour_detectors.py").write_text(MODULE, encoding="utf-8")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "uv", "--quiet", "pip", "install", "--offline", "--no-deps"]
    options = ["--no-index", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*command, *options, "--target", str(target), str(source)], check=True)
    assert list(target.glob("harbour_detectors-0.1.dist-info/entry_points.txt"))
    return target


@pytest.fixture(scope="module")
def answers(installed, tmp_path_factory):
    """What servers without and with the package say of the pairs, and what the second records."""
    plain = str(Path(sys.executable).parent / "counterclaim")
    folder = tmp_path_factory.mktemp("servers")
    extended = folder / "counterclaim"
    extended.write_text(f'#!/bin/sh\nPYTHONPATH="{installed}" exec "{plain}" "$@"\n')
    extended.chmod(0o755)
    found = {}
    for name, command in (("without", plain), ("with", str(extended))):
        (folder / name).mkdir()
        with serving(folder / name, command=command) as address:
            pairs = [
                {side: {"text": text} for side, text in zip("ab", p, strict=True)} for p in PAIRS
            ]
            checked = _post(f"{address}/v1/contradictions/check", {"pairs": pairs})
            recorded = [
                _post(
                    f"{address}/v1/statements",
                    {
                        "kind": "claim",
                        "text": text,
                        "speaker": {"name": "Ida Holm", "kind": "person"},
                        "said_on": "2025-03-01",
                    },
                )
                for text in (SPRING, NEAP)
            ]
            with urllib.request.urlopen(
                f"{address}/v1/contradictions?status=candidate&status=flagged"
            ) as answer:
                listed = json.load(answer)["items"]
        assert len(recorded) == 2
        found[name] = checked["results"], listed
    return found


def _post(address, body):
    request = urllib.request.Request(
        address, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_its_finding_is_raised_with_its_evidence_in_both_orders(answers):
    results, _ = answers["with"]
    for verdict, texts in zip(results[:2], PAIRS[:2], strict=True):
        assert verdict["verdict"] != "none"
        assert (verdict["basis"], verdict["nature"]) == (["entailment"], "factual")
        evidence = {each["side"]: each for each in verdict["evidence"]}
        for side, text in zip("ab", texts, strict=True):
            named = text[evidence[side]["start"] : evidence[side]["end"]]
            assert named == evidence[side]["text"] in {"spring tide", "neap tide"}
            assert evidence[side]["role"] == "names"
    assert results[0]["score"] == results[1]["score"]


def test_the_gates_hold_for_it(answers):
    verdict = answers["with"][0][2]
    assert (verdict["verdict"], verdict["not_comparable"]) == ("none", "time")


def test_the_ledger_raises_it_too(answers):
    (raised,) = answers["with"][1]
    assert [side["text"] for side in raised["statements"]] == [SPRING, NEAP]
    assert {each["text"] for each in raised["evidence"]} == {"spring tide", "neap tide"}


def test_without_it_nothing_is_found_and_nothing_else_changes(answers):
    without, listed = answers["without"]
    assert [each["verdict"] for each in without[:3]] == ["none"] * 3
    assert listed == []
    assert without[BESIDES] == answers["with"][0][BESIDES]
    assert "flagged" in {each["verdict"] for each in without[BESIDES]}
