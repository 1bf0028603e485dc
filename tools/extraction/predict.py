"""Extract from annotated articles and write predictions for a scorer, as JSON lines.

python -m tools.extraction.predict ARTICLES.jsonl PREDICTIONS.jsonl --cache PARSES.spacy
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

from api.extraction.attribution.article import Article
from tools.extraction.corpus import annotated


def main() -> None:
    """Read the arguments, write a line for each article."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--cache", type=Path, help="where the parses are kept between runs")
    asked = parser.parse_args()
    with asked.predictions.open("w", encoding="utf-8") as out:
        for article in annotated(asked.articles, asked.cache):
            record = article.record
            day = date.fromisoformat(record["published"])
            found = Article(record["text"], article.paragraphs, day, lambda _: None).statements()
            line = {"id": record["id"], "statements": [asdict(statement) for statement in found]}
            out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
