"""What these tests share: the folder's articles, read once, and a look-up in them."""

from functools import cache
from pathlib import Path

from api.extraction import Extracted, extract

HERE = Path(__file__).parent
PUBLISHED = {
    "bridge": "2024-03-05",
    "inflation": "2023-11-16",
    "ceasefire": "2025-11-16",
    "dam": "2026-05-22",
    "orchard": "2026-03-14",
    "strike": "2026-09-16",
}


def article(name: str) -> str:
    return (HERE / "articles" / f"{name}.txt").read_text(encoding="utf-8")


def page(name: str) -> str:
    return (HERE / "pages" / f"{name}.html").read_text(encoding="utf-8")


@cache
def statements(name: str) -> list[Extracted]:
    return extract(article(name), published_on=PUBLISHED[name])


def holding(found: list[Extracted], words: str) -> Extracted:
    """The statement whose position holds some words."""
    fitting = [one for one in found if words in one.position.text]
    assert fitting, f"no statement holds {words!r}: {[one.position.text for one in found]}"
    return min(fitting, key=lambda one: len(one.position.text))
