"""How many of a noun are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.language.words.designations import is_number_sign
from api.language.words.numbers import is_part

if TYPE_CHECKING:
    from spacy.tokens import Token

DETERMINERS = {
    **dict.fromkeys(
        (
            "entire",
            "whole",
            "all",
            "every",
            "each",
            "both",
            "any",
            "everyone",
            "everybody",
            "everything",
            "always",
        ),
        "all",
    ),
    **dict.fromkeys(("no", "neither", "nobody", "none", "nothing"), "no"),
    **dict.fromkeys(
        ("half", "part", "some", "several", "many", "numerous", "various", "dozens", "hundreds"),
        "some",
    ),
    **dict.fromkeys(("few", "little", "minority"), "few"),
    **dict.fromkeys(("most",), "most"),
    **dict.fromkeys(("the", "this", "that", "these", "those"), "definite"),
    **dict.fromkeys(("a", "an", "another"), "indefinite"),
}
_HEADS = frozenset({"ADJ", "DET", "NOUN", "PRON"})


def determiner(token: Token) -> str:
    """How many of a noun are meant: "no", "all", "most", "some", "few", "only", else "definite",
    "indefinite" or "".
    """
    own = DETERMINERS.get(token.lower_, "") if token.pos_ in _HEADS else ""
    part = token.pos_ == "NUM" or is_part(token.lemma_.lower())
    if part and any(child.lower_ == "of" for child in token.children):
        own = "some"
    if own == "all" and any(child.lower_ == "but" for child in token.children):
        own = "most"
    for child in token.lefts:
        if own != "few" and (child.lower_ == "only" or _only_so_many(child)):
            return "only"
        if child.lower_ == "not" or (
            child.lower_ == "single" and any(inner.lower_ == "not" for inner in token.subtree)
        ):
            return "some" if own == "all" else "no"
        if is_number_sign(child):
            continue
        if child.dep_ in {"det", "predet", "amod", "nummod", "quantmod"}:
            own = (
                DETERMINERS.get(child.lower_, own) if own in {"", "definite", "indefinite"} else own
            )
    return own


def _only_so_many(number: Token) -> bool:
    """ "Only two" of "only two players"."""
    return number.dep_ == "nummod" and any(child.lower_ == "only" for child in number.lefts)
