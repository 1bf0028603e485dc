"""An article to post, and what a test asks of the answer."""

SOURCE = {
    "title": "Council to close the ferry line",
    "url": "https://post.example/ferry",
    "publisher": "Island Post",
    "published_on": "2026-03-05",
    "language": "en",
}
UNION = "The harbour union called the plan “an insult to the islands”."
TEXT = f"""Council to close the ferry line

Mayor Ada Brook told reporters on Tuesday that the city will close the ferry line in June.

“The boats have no future here,” Brook said. {UNION}

According to the Institute for Coastal Transport, 4,200 people use the ferries every day.

“Nobody asked us,” Tom Reed, who runs a bakery on the quay, said.
"""


def post(client, text=TEXT, status=None, dry_run=False, **members):
    """The answer to an article, whose source is that of the ferry line unless another is given."""
    body = {"source": SOURCE, **({"text": text} if text else {}), **members}
    answer = client.post("/v1/articles" + "?dry_run=true" * dry_run, json=body)
    assert answer.status_code == (status or 200 + (not dry_run)), answer.text
    return answer.json


def one(answer, words):
    """The statement of an answer that has some words in its text."""
    (found,) = [each for each in answer["statements"] if words in each["text"]]
    return found


def outcomes(answer):
    """What became of each statement, by its id."""
    return {each["id"]: each["outcome"] for each in answer["statements"]}
