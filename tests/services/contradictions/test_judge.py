"""Statements held against each other: how many pairs, of whose, and when."""

import pytest

from api.ledger.models import Contradiction
from api.services.articles.commit import commit_article
from api.services.articles.findings import prepare_article
from api.services.articles.precomparison import precompare_article
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.recheck import recheck
from tests.resources.articles.ferry import SOURCE

APPROVED = "The board approved the merger"
DENIED = "The board did not approve the merger"
ARTICLE = """A merger in doubt

“The board approved the merger,” Ann Lee said on Monday.

The harbour union said that the board did not approve the merger.

Officials said that the council rejected the merger. Bo Falk denied that the board approved it.
"""


@pytest.mark.parametrize(
    ("name", "kind", "scope"),
    [
        ("Officials", "unnamed", "cross"),
        ("Officials", "organization", "cross"),
        ("Harbour Office", "organization", "same"),
    ],
)
def test_officials_are_never_known_to_be_the_same(record, name, kind, scope):
    speaker = {"name": name, "kind": kind}
    record(APPROVED, language="en", speaker=speaker)
    found = record(DENIED, language="en", speaker=speaker)
    assert [each["scope"] for each in found["contradictions"]] == [f"{scope}_speaker"]


def test_a_statement_raises_no_more_than_the_setting_however_often_it_is_judged(open_ledger):
    client = open_ledger(max_raised=2).test_client()
    for number, text in enumerate([APPROVED] * 4 + [DENIED]):
        speaker = {"name": f"Witness {number}", "kind": "person"}
        body = {"kind": "claim", "text": text, "speaker": speaker}
        answer = client.post("/v1/statements", json=body)
    assert len(answer.json["contradictions"]) == answer.json["contradiction_count"] == 2
    assert sum(recheck()) == 5
    assert client.get(f"/v1/statements/{answer.json['id']}").json["contradiction_count"] >= 2


@pytest.fixture
def article(client, record):
    """An article that was read, in a ledger that holds what contradicts it."""
    record(DENIED, language="en", speaker="Eva Lund")
    return prepare_article({"source": SOURCE, "text": ARTICLE}, 10_000)


def raised():
    fields = ("first_id", "second_id", "basis", "scope", "status", "score", "evidence")
    found = Contradiction.select().order_by(Contradiction.first, Contradiction.second)
    return [[getattr(each, name) for name in fields] for each in found]


def test_nothing_is_compared_under_the_lock_that_could_be_foreseen(article, monkeypatch):
    compared = precompare_article(article)
    monkeypatch.setattr(Comparisons, "compare", lambda *_: pytest.fail("compared under the lock"))
    commit_article(article, compared)
    assert len(raised()) >= 2


def test_what_was_not_foreseen_is_compared_when_it_is_asked(article, record):
    compared = precompare_article(article)
    late = record(DENIED, language="en", speaker="Tom Reed")
    commit_article(article, compared)
    assert late["id"] in {first for first, *_ in raised()}


def test_the_same_is_raised_with_and_without_comparing_ahead(open_ledger):
    found = []
    for name, ahead in (("ahead", precompare_article), ("not", lambda _: Comparisons())):
        open_ledger(name)
        article = prepare_article({"source": SOURCE, "text": ARTICLE}, 10_000)
        commit_article(article, ahead(article))
        found.append(raised())
    assert found[0] == found[1] != []
