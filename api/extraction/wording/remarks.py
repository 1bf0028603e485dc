"""What the reporter remarks after a statement: "…, though he offered no details"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.extraction.text.spans import trim

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate

_CONTRASTING = frozenset({"though", "although", "but", "without"})
_TELLING = frozenset(
    {"offer", "give", "provide", "present", "produce", "elaborate", "specify", "explain", "cite"}
    | {"say", "name", "identify", "detail", "comment", "add", "show", "disclose"}
)
_SPEAKERS = frozenset({"he", "she", "it", "they"})


def without_remark(candidate: Candidate) -> Candidate:
    """The statement without what its speaker is then said to have left out."""
    paragraph, (start, end) = candidate.content, candidate.bounds
    for token in paragraph.doc:
        inside = start < token.idx < end and not paragraph.within_quotation(token.idx)
        if inside and _is_remark(token) and candidate.cue.i < token.i:
            _, cut = trim(paragraph.text, start, token.idx)
            return replace(candidate, end=paragraph.start + cut) if cut > start else candidate
    return candidate


def _is_remark(conjunction: Token) -> bool:
    """Whether "though" begins a clause about what the speaker did not tell."""
    if conjunction.lower_ not in _CONTRASTING or conjunction.i == 0:
        return False
    if conjunction.nbor(-1).text != ",":
        return False
    verbs = conjunction.doc[conjunction.i + 1 : conjunction.sent.end]
    verb = next((token for token in verbs if token.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in _TELLING:
        return False
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None:
        return conjunction.lower_ == "without" and verb.tag_ == "VBG"
    around = conjunction.doc[subject.i + 1 : verb.right_edge.i + 1]
    denied = any(token.dep_ == "neg" or token.lower_ in ("no", "few", "little") for token in around)
    return subject.lower_ in _SPEAKERS and denied
