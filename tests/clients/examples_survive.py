"""Reads each answer that the document shows with a generated client's model, and writes it again.

usage: python examples_survive.py ADDRESS

Prints how many there were; an answer that lost or gained something on the way is an error.
"""

import json
import re
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import counterclaim_client.models as models

with urlopen(f"{sys.argv[1]}/openapi.json") as served:
    document = json.load(served)


def shown() -> Iterator[tuple[str, object]]:
    """The name of a model, and an answer that it describes."""
    responses = [
        *document["components"]["responses"].values(),
        *(
            response
            for path in document["paths"].values()
            for method, operation in path.items()
            if method != "parameters"
            for response in operation["responses"].values()
        ),
    ]
    for response in responses:
        for content in response.get("content", {}).values():
            _, _, name = content["schema"].get("$ref", "").rpartition("/")
            if not document["components"]["schemas"].get(name, {}).get("properties"):
                continue  # A map, or text: no model of it is made.
            if "example" in content:
                yield name, content["example"]
            for reference in content.get("examples", {}).values():
                shared = reference["$ref"].rpartition("/")[2]
                yield name, document["components"]["examples"][shared]["value"]


def plain(answer: object) -> str:
    """As text, with moments as the API writes them."""
    text = json.dumps(answer, sort_keys=True, default=str)
    return re.sub(r"(\d)[ T](\d\d:\d\d:\d\d)\+00:00", r"\1T\2Z", text)


answers = list(shown())
for name, answer in answers:
    again = getattr(models, name).from_dict(answer).to_dict()
    assert plain(again) == plain(answer), f"{name}: {plain(answer)} became {plain(again)}"
print(len(answers))
