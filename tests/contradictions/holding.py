"""Short ways to hold two sentences against each other in tests."""

from typing import Any

from api.contradictions import Side, Verdict, analyse, compare


def side(text: str, **known: Any) -> Side:
    """A statement, with what is known of who said it and when."""
    (analysis,) = analyse([text])
    if "said" in known:
        known |= {"said_earliest": known["said"], "said_latest": known["said"], "said": True}
    return Side(text, analysis, **known)


def hold(a: str, b: str, *, same_event: bool = False) -> Verdict:
    """The verdict on two texts of which nothing else is known."""
    return compare(side(a), side(b), assume_same_event=same_event)
