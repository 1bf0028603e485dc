"""The chance a candidate needs to be given out: the clearer its wording, the less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.extraction.candidates.sources import may_speak
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import nouns, speaker_noun

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate

LEAST = 0.46
"""Where nothing below applies."""
LEAST_QUOTED = 0.33
"""Where the article itself puts words of the content between marks."""
LEAST_NOUN = 0.55
"""Where the cue is a noun ("his plan to …"), which seldom reports what was said."""
LEAST_UNSOURCED = 0.6
"""Where the words are quoted but nobody is named."""
LEAST_SPOKEN = 0.3
"""For a noun phrase under a verb that only a speaker has ("denied responsibility")."""
LEAST_LABELLED = 0.2
"""For a paragraph under a person's name and a colon, as interviews are printed."""
LEAST_ODD = 0.7
"""For a verb of no listed class, or a subject that neither speaks nor is written."""
LEAST_CONTINUATION = 0.3
"""For a quotation that goes on with a statement before or after it."""
NEVER = 2.0
"""More than any chance: what nobody says and nobody quotes is no statement."""
_STANDING_FOR_OTHERS = frozenset(
    {"it", "that", "this", "so", "what", "which", "who", "whom"}
    | {"him", "her", "them", "me", "us", "you", "those", "these"}
)
"""Contents that say nothing when read alone."""
SPOKEN = frozenset({"deny", "assert", "concede", "write"})
"""Classes of cues that only somebody who speaks or writes can be the subject of."""
_NOBODY = frozenset(
    {"you", "one", "anyone", "anybody", "nobody", "nothing", "anything", "something"}
    | {"this", "that", "these", "what", "whatever", "there"}
)
"""Pronouns that cite nobody."""


def least(candidate: Candidate) -> float:
    """The chance a candidate needs; more than 1 where no chance is enough."""
    if candidate.text.casefold() in _STANDING_FOR_OTHERS or _nobody(candidate):
        return NEVER
    if candidate.cue.pos_ == "NOUN":
        return LEAST_NOUN
    if candidate.shape == "label":
        if _person_speaks(candidate):
            return LEAST_LABELLED
        if not _labels(candidate.source):
            return NEVER
    if candidate.source is None:
        return LEAST_UNSOURCED if candidate.quotes else NEVER
    if candidate.shape not in ("quote-after", "quote-before") and _odd(candidate):
        return LEAST_ODD
    if candidate.quotes:
        return LEAST_QUOTED
    return LEAST_SPOKEN if _spoken(candidate) else LEAST


def _nobody(candidate: Candidate) -> bool:
    """ "You know", "this shows", and "I think" in what somebody is quoted with already."""
    source = candidate.source
    if source is None or candidate.quotes or source.dep_ == "det":
        return False
    word = source.lower_
    relative = source.head.dep_ == "relcl"
    quoted = candidate.attributing.within_quotation(candidate.cue.idx)
    return (word in _NOBODY and not relative) or (quoted and word in ("i", "we"))


def _person_speaks(candidate: Candidate) -> bool:
    named = candidate.source is not None and candidate.source.ent_type_ == "PERSON"
    return named and candidate.content.kind == "paragraph"


def _labels(source: Token | None) -> bool:
    """Whether what stands before a colon can have said what follows: not in "Rail strike: …"."""
    if source is None:
        return False
    noun = source.lemma_.lower()
    speaks = source.ent_type_ or speaker_noun(noun) != "other" or noun in nouns("publication")
    return bool(speaks or "saying" in cue_classes(noun, source.pos_) or noun == "source")


def _odd(candidate: Candidate) -> bool:
    cue, source = candidate.cue, candidate.source
    if candidate.shape in ("according", "label", "announced") or source is None:
        return False
    noun = source.lemma_.lower()
    worded = noun in nouns("publication") or "saying" in cue_classes(noun, source.pos_)
    return not cue_classes(cue.lemma_.lower(), cue.pos_) or not (worded or may_speak(source))


def _spoken(candidate: Candidate) -> bool:
    cue, source = candidate.cue, candidate.source
    return (
        source is not None
        and source.head == cue
        and cue.tag_ in ("VBD", "VBZ", "VBN")
        and candidate.shape in ("dobj", "prep")
        and may_speak(source)
        and not SPOKEN.isdisjoint(cue_classes(cue.lemma_.lower(), cue.pos_))
        and not candidate.attributing.within_quotation(cue.idx)
    )
