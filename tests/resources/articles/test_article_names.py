"""No article is refused for what its reader made of names, whatever the ledger knows."""

import pytest

from tests.resources.articles.ferry import post

# A bank, a band, a bill: names that are read as several kinds, by what stands around them.
NASTY = {
    "a tribe and its chief": (
        "Chief Lakota said the river was theirs. The Lakota said the pipeline would poison it. "
        "The Lakota denied that talks were planned."
    ),
    "a tribe without its article": (
        "Lakota said the river was theirs. The Lakota said the pipeline would poison it."
    ),
    "a firm and its founder": (
        "Morgan said rates would rise. According to Morgan, the bank has no plans to sell. "
        "Mr. Morgan denied that he would resign. Morgan said it would open ten branches."
    ),
    "a paper in a phrase and as a subject": (
        "The mayor will resign, according to Politico. As Politico reported, “the vote is lost.”"
    ),
    "a surname alone": (
        "When Okoro laid out his plan, the hall fell silent. Okoro said taxes would fall. "
        "To wit, Okoro told Newsline that the plan was dead."
    ),
    "a band": (
        "The Who said the tour would go on. Who said the tour would end? “We are done,” said Who."
    ),
    "a team": (
        "Rangers said the coach would stay. Rangers striker Tom Rangers said he would leave. "
        "“I am done,” Rangers said."
    ),
    "a saint, a town, and a church": (
        "Saint Paul said that faith saves. St. Paul said the bridge would close in May. "
        "The St. Paul council denied that."
    ),
    "a law": (
        "The Bill says that no tax may rise. Bill said the tax would rise. "
        "According to the bill, taxes stay. “It is a mess,” Bill said."
    ),
    "a person named as a document": (
        "Constitution said that nobody may leave. Mr. Charter said the vote was void. "
        "The charter says that the vote is void. Charter denied that."
    ),
    "a city and a person": (
        "Sydney said the strike would end. Sydney told reporters that she would resign. "
        "The city of Sydney denied that."
    ),
    "a month": "May said the talks would fail. “In May we leave,” May said. Theresa May denied it.",
    "marks": (
        "O’Brien said the dam would hold. O'Brien said the dam would break. "
        "The O’Brien company denied that. Zoe\u0308 Ra\u0308f said it was safe. "
        "Zo\u00eb R\u00e4f said it was not safe."
    ),
    "case": (
        "NATO said the line would hold. Nato said the line would break. "
        "IBM said profits fell. Ibm denied that profits fell."
    ),
    "a title that is a name": (
        "Judge said the case was closed. Judge Judge said the case was open. "
        "King said the march would go on. The King said the march was over."
    ),
    "a virtue": "Hope said the school would open. The Hope said the school would close.",
    "a possessive": (
        "Hunt’s office said the hospital would close. Hunt said the hospital would stay. "
        "The Hunt said the fox had gone."
    ),
    "a company and a person of both names": (
        "Ford said the plant would close. Doug Ford said the plant would stay. "
        "Ford Motor said the plant was sold. Mr. Ford denied that. The Ford said nothing changed."
    ),
    "an acronym that is a word": "WHO said cases rose. Who said cases fell. The WHO denied that.",
    "hidden marks": (
        "Anna\u200b Berg said the ferry stays. Anna Berg said the ferry goes. "
        "An\u00adna Berg said the ferry was sold. \u202eAnna Berg\u202c said it sank."
    ),
    "everybody and nobody": (
        "Everyone said the road was shut. Nobody said the road was open. Several said it was icy. "
        "Anonymous said it was fine. The Anonymous said it hacked the road."
    ),
    "a nation and its people": (
        "Poland said the border was shut. The Poles said the border was open. "
        "Polish said it was hard. The Polish said the border was a mess."
    ),
    "numbers": "Seven said the game was lost. The 49ers said the game was won. 7 said so, too.",
    "initials": "J. B. said the case was shut. JB said the case was open. The J.B. denied that.",
}
KNOWN = {
    "nobody": [],
    "a person": [{"kind": "person"}],
    "an organization": [{"kind": "organization"}],
    "both": [{"kind": "person"}, {"kind": "organization", "distinct": True}],
    "two of a kind": [{"kind": "person"}, {"kind": "person", "distinct": True}],
    "an unnamed one": [{"kind": "unnamed"}],
}


@pytest.mark.parametrize("name", NASTY)
def test_no_article_is_refused_for_its_names(client, name):
    text = f"News\n\n{NASTY[name]}\n"
    post(client, text, dry_run=True)
    answer = post(client, text)
    assert answer["statements"]
    for each in answer["statements"]:
        if each["outcome"] == "unresolved":
            assert each["speaker"]["kind"] == "unnamed"


@pytest.mark.parametrize("known", KNOWN)
def test_nor_for_what_the_ledger_knows_of_them(client, add, known):
    for name in ("Lakota", "Morgan", "Politico", "Okoro"):
        for number, given in enumerate(KNOWN[known]):
            add("/v1/speakers", name=name, **given, role=f"Number {number}")
    for name in ("a tribe and its chief", "a firm and its founder", "a surname alone"):
        source = {"title": name}
        assert post(client, NASTY[name], source=source)["statements"]


def test_nor_for_an_alias_of_two(client, add):
    for name, alias in (("Ada Lakota", "Lakota"), ("Lakota Nation", "Lakota")):
        add("/v1/speakers", name=name, kind="person", aliases=[alias], distinct=True)
    answer = post(client, "Lakota said the river was theirs.")
    (found,) = answer["statements"]
    assert found["outcome"] == "unresolved"
    assert {each["name"] for each in found["candidates"]} == {"Ada Lakota", "Lakota Nation"}


def test_nor_for_one_who_was_merged(client, add):
    one = add("/v1/speakers", name="Lakota", kind="person")["id"]
    other = add("/v1/speakers", name="Lakota Nation", kind="organization")["id"]
    merged = client.post(f"/v1/speakers/{one}/merge", json={"into": other})
    assert merged.status_code == 200, merged.text
    answer = post(client, NASTY["a tribe without its article"])
    assert {each["speaker"]["id"] for each in answer["statements"]} == {other}


def test_the_mentions_of_a_name_are_of_one_kind(client):
    answer = post(client, NASTY["a tribe without its article"])
    assert len(answer["statements"]) == 2
    speakers = {tuple(each["speaker"].values()) for each in answer["statements"]}
    ((_, name, kind),) = speakers
    assert (name, kind) == ("Lakota", "organization")


def test_of_two_bearers_the_one_named_less_is_left_open(client):
    answer = post(client, NASTY["a tribe and its chief"])
    kinds = [(each["outcome"], each["speaker"]["kind"]) for each in answer["statements"]]
    assert kinds == [("unresolved", "unnamed"), *[("created", "organization")] * 2]
    (candidate,) = answer["statements"][0]["candidates"]
    assert (candidate["name"], candidate["kind"]) == ("Lakota", "organization")
    assert answer["statements"][0]["speaker"]["name"] == "Chief Lakota"


def test_a_choice_is_not_refused_for_what_was_read_before_it(client):
    text = "Mr. Lakota said the river was theirs. The Lakota said the pipeline would poison it."
    choice = {"mention": "The Lakota", "speaker": {"name": "Lakota", "kind": "organization"}}
    answer = post(client, text, speakers=[choice])
    assert {each["speaker"]["kind"] for each in answer["statements"]} == {"organization"}
    dry = post(client, text, speakers=[choice], source={"title": "Dry"}, dry_run=True)
    assert len(dry["statements"]) == 2
