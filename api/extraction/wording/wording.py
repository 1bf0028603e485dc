"""A statement's text: a clause that reads true alone, made of the article's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.extraction.candidates.clauses import ASIDE_MARKS
from api.extraction.candidates.implied import REPORTS
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import bounds, possessive
from api.extraction.text.reading import token_end
from api.extraction.wording.naming import named
from api.extraction.wording.plain import capitalized, plain, quoted_parts
from api.extraction.wording.rejoining import SHAPE as REJOINED
from api.extraction.wording.verbs import gerund, past

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate

KEPT = frozenset({"deny", "ask", "demand", "feel", "commit", "seem"})
"""Classes whose cue stays in the text: without it the clause would say what nobody said."""
_PLAIN_SAYING = frozenset({"say", "assert"})
_CLAUSES = frozenset({"ccomp", "parataxis", "csubj", "before", "according"})
_WORDS_ALONE = ("quote-after", "quote-before", "continuation", "label", "announced")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CONJUNCTION = re.compile(r"(?i)^that\s+")
_PRONOUN = re.compile(r"(?i)^(he|she)(?=\s|[’'](?:s|d|ll)\b)")


def worded(candidate: Candidate, speaker: str, before: Candidate | None) -> str:
    """The statement's text.

    Args:
        candidate: the statement.
        speaker: the name that stands for "he", or before a cue that is kept.
        before: the statement before it, which "it" may stand for.
    """
    cue, shape = candidate.cue, candidate.shape
    if shape == REJOINED:
        return ", ".join(quoted_parts(candidate))
    content = plain(candidate.content, *candidate.bounds)
    if candidate.attributing.number != candidate.content.number or shape in _WORDS_ALONE:
        return content
    if shape == "provision" and content.casefold() == "it" and before is not None:
        return f"{speaker} {cue.text} {_as_thing(before) or content}"
    if cue.pos_ == "NOUN":
        return _of_noun(candidate, speaker, content)
    if candidate.interrupted:
        return _without_aside(candidate)
    name = named(candidate)
    if name is not None:
        return name
    classes = set(cue_classes(cue.lemma_.lower(), cue.pos_))
    kept = KEPT & classes and not _PLAIN_SAYING & classes
    stands = shape in _CLAUSES and (shape != "ccomp" or _finite(candidate))
    if stands and not kept and cue.pos_ != "ADJ":
        return _alone(candidate, speaker, content)
    return _told(candidate, speaker, content)


def _without_aside(candidate: Candidate) -> str:
    """ "Costs were modest" of "Costs, he added, were modest"."""
    cue, source, (start, end) = candidate.cue, candidate.source, candidate.bounds
    if source is None:
        return plain(candidate.content, start, end)
    before = min(source.left_edge.i, cue.i) - 1
    after = max(source.right_edge.i, cue.i) + 1
    while after + 1 < len(cue.doc) and cue.doc[after].text not in ASIDE_MARKS:
        after += 1
    left = plain(candidate.content, start, max(start, cue.doc[before].idx))
    right = plain(candidate.content, min(end, token_end(cue.doc[after])), end)
    goes_on = after + 1 < len(cue.doc) and cue.doc[after + 1].pos_ in ("VERB", "AUX")
    text = f"{left}{' ' if goes_on else ', '}{right}"
    return text if candidate.begins_quoted else capitalized(text)


def _finite(candidate: Candidate) -> bool:
    """Whether the content is a clause with a subject and a tense, not a question."""
    start, end = candidate.bounds
    tokens = [token for token in candidate.content.doc if start <= token.idx < end]
    if not tokens or tokens[0].tag_ in ("TO", "VBG") or tokens[0].lower_ in ("whether", "if"):
        return False
    if tokens[0].tag_ in ("WRB", "WP", "WDT") and tokens[0].lower_ != "that":
        return False
    has_subject = any(token.dep_ in ("nsubj", "nsubjpass", "expl") for token in tokens)
    return has_subject and any(token.tag_ in _FINITE for token in tokens)


def _alone(candidate: Candidate, speaker: str, content: str) -> str:
    """The clause without "that", "he" by name, with the object it left before the cue."""
    if candidate.begins_quoted:
        return content.removeprefix("that ")
    text = _CONJUNCTION.sub("", content)
    return capitalized(_with_antecedent(candidate, _PRONOUN.sub(speaker, text)))


def _with_antecedent(candidate: Candidate, text: str) -> str:
    """ "the war he boasted he would end" is that he would end the war."""
    cue = candidate.cue
    verb = next((token for token in cue.rights if token.dep_ == "ccomp"), None)
    if cue.dep_ != "relcl" or verb is None:
        return text
    around = (*cue.children, *verb.children)
    if any(t.tag_ in ("WDT", "WP") or t.dep_ in ("dobj", "nsubjpass") for t in around):
        return text
    first, last = bounds(cue.head)
    return text.replace(verb.text, f"{verb.text} {cue.doc[first:last].text}", 1)


def _told(candidate: Candidate, speaker: str, content: str) -> str:
    """The speaker, the cue and the content: "Merz dismissed reports of tensions"."""
    cue, paragraph, (start, end) = candidate.cue, candidate.content, candidate.bounds
    passive = any(child.dep_ == "auxpass" for child in cue.children)
    if passive or candidate.source is None:
        agent = next((child.right_edge for child in cue.rights if child.dep_ == "agent"), cue)
        whole = plain(paragraph, min(start, cue.idx), max(end, token_end(agent)))
        return whole if candidate.begins_quoted else capitalized(whole)
    first = verb_group(cue)
    verb = past(first.lemma_.lower()) if first.tag_ == "VBG" else ""
    if start < cue.idx:
        words = f"{verb or plain(paragraph, first.idx, token_end(cue))} {content}"
    elif verb:
        words = f"{verb} {plain(paragraph, token_end(first), end)}"
    else:
        words = plain(paragraph, first.idx, end)
    return f"{speaker} {words}"


def verb_group(cue: Token) -> Token:
    """The first word of a cue's verbs: "has long refused to say" starts at "has"."""
    verb = cue
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i:
        verb = verb.head
    if verb.pos_ == "ADJ" and verb.head.pos_ == "AUX":
        verb = verb.head
    first = verb
    for child in reversed(list(verb.lefts)):
        if child.dep_ not in ("aux", "auxpass", "neg", "advmod") or child.lower_ == "also":
            break
        if child.i != first.i - 1 or child.tag_ == "TO":
            break
        first = child
    return first


def _of_noun(candidate: Candidate, speaker: str, content: str) -> str:
    """What a noun reports: a clause alone, "reports of X" as that there was X, else the phrase."""
    cue, paragraph, (start, end) = candidate.cue, candidate.content, candidate.bounds
    if _CONJUNCTION.match(content) and _finite(candidate):
        return _alone(candidate, speaker, content)
    if cue.lemma_.lower() in REPORTS and candidate.shape == "NOUN-prep":
        thing = next((token for token in paragraph.doc if token.idx >= start), cue)
        while thing.head.i > thing.i and thing.dep_ in ("amod", "det", "compound", "nummod"):
            thing = thing.head
        return f"There {'were' if thing.tag_ in ('NNS', 'NNPS') else 'was'} {content}"
    phrase = content if cue.idx > start else plain(paragraph, cue.idx, end)
    if speaker.casefold() in phrase.casefold() or candidate.source == cue:
        return capitalized(phrase)
    return f"{possessive(speaker)} {phrase}"


def _as_thing(candidate: Candidate) -> str | None:
    """What "it" means after a clause that somebody will do something: "giving up territory"."""
    start, end = candidate.bounds
    inside = (token for token in candidate.content.doc if start <= token.idx < end)
    verb = next((t for t in inside if t.pos_ == "VERB" and t.dep_ == "ccomp"), None)
    if verb is None:
        return None
    rest = plain(candidate.content, token_end(verb), end)
    return f"{gerund(verb.lemma_.lower())} {rest}".strip()
