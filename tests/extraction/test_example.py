"""The worked example of docs/articles.md, held to what the code does."""

import re
from pathlib import Path

from api.extraction import extract

DOCUMENT = Path(__file__).parents[2] / "docs" / "articles.md"


def test_the_documents_example_is_true():
    document = DOCUMENT.read_text(encoding="utf-8")
    example = document[document.index("## An example") : document.index("## Confidence")]
    text = re.sub(r"(?<=\S)\n(?=\S)", " ", example.split("```")[1].strip())
    rows = [row.split(" | ") for row in example.splitlines() if re.match(r"\| [EM]", row)]
    expected = [(row[0].strip("| "), *row[1:4]) for row in rows]
    found = [
        (
            f"{one.speaker.name}, {one.speaker.role}" if one.speaker.role else one.speaker.name,
            one.kind,
            one.text,
            one.said_on,
        )
        for one in extract(text, published_on="2026-03-05")
    ]
    assert found == expected
