"""What a name says: "described it as a mess" and "called the plan madness" say that it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.extraction.text.lexicon import cue_classes
from api.extraction.wording.plain import capitalized, plain

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate

_WITHOUT_AS = frozenset({"call", "label", "brand", "dub", "deem", "term"})
_SUBJECT = {"him": "he", "her": "she", "them": "they", "me": "I", "us": "we"}
_MANY = frozenset({"them", "these", "those", "us"})


def named(candidate: Candidate) -> str | None:
    """ "The plan is madness"; None where the content is not a thing and its name."""
    cue = candidate.cue
    if "speak_of" not in cue_classes(cue.lemma_.lower(), cue.pos_):
        return None
    start, _ = candidate.bounds
    parted = _parted_by_as(candidate) or _parted_by_marks(candidate)
    if parted is None:
        return None
    thing, at, end = parted
    what = plain(candidate.content, at, end)
    words = _thing(thing, plain(candidate.content, start, min(thing.right_edge.idx + 99, at)))
    many = thing.tag_ in ("NNS", "NNPS") or thing.lower_ in _MANY
    return capitalized(f"{words} {'are' if many else 'is'} {what}") if what and words else None


def _parted_by_as(candidate: Candidate) -> tuple[Token, int, int] | None:
    """The thing's head and where its name starts and ends, by the parse."""
    cue, (start, end) = candidate.cue, candidate.bounds
    thing = next((t for t in cue.rights if t.dep_ in ("dobj", "nsubj")), None)
    if thing is None or thing.idx < start:
        return None
    after = thing.right_edge.i + 1
    if after + 1 >= len(cue.doc) or cue.doc[after].idx >= end:
        return None
    if cue.doc[after].lower_ == "as":
        return thing, _with_mark(candidate, cue.doc[after + 1].idx), end
    name = _with_mark(candidate, cue.doc[after].idx)
    return (thing, name, end) if cue.lemma_.lower() in _WITHOUT_AS else None


def _parted_by_marks(candidate: Candidate) -> tuple[Token, int, int] | None:
    """The same where the parser took "the plan “madness”" for one phrase."""
    start, end = candidate.bounds
    if candidate.cue.lemma_.lower() not in _WITHOUT_AS:
        return None
    name = next((q for q in candidate.content.quotations if start < q.start and q.end <= end), None)
    if name is None:
        return None
    before = [t for t in candidate.content.doc if start <= t.idx < name.start and t.is_alpha]
    return (before[-1], name.start, name.end) if before else None


def _with_mark(candidate: Candidate, start: int) -> int:
    """The place of the quotation mark right before or at a place, so that it is cut as a pair."""
    quoted = candidate.content.quotations
    return next((q.start for q in quoted if start in (q.start, q.inner_start)), start)


def _thing(thing: Token, words: str) -> str:
    """The thing as a subject; "it" by the last singular thing named before, else "this"."""
    if thing.lower_ != "it":
        bare = words.removesuffix(" as").strip(' "“”‘’')
        return _SUBJECT.get(thing.lower_, bare)
    for token in reversed(list(thing.doc[thing.sent.start : thing.i])):
        if token.tag_ == "NN" and any(child.lower_ == "the" for child in token.lefts):
            last = min(token.right_edge.i + 1, thing.i - 2)
            return " ".join(thing.doc[token.left_edge.i : last].text.split())
    return "this"
