"""Statements that follow by rule: what a law provides, what a denial says was reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from api.extraction.candidates.candidates import Candidate
from api.extraction.candidates.clauses import clauses
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import speaker_noun
from api.extraction.text.reading import token_end

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph

REPORTS = frozenset(
    {"report", "rumor", "rumour", "allegation", "accusation", "suggestion", "claim"}
)
CHANCE = 0.7
"""How far such a statement is trusted."""


def implied(
    paragraphs: Sequence[Paragraph], picked: Sequence[Candidate]
) -> Iterator[tuple[float, Candidate]]:
    """Statements beside the picked ones, each with its chance."""
    cues = {candidate.cue_start for candidate in picked}
    for paragraph in paragraphs:
        if paragraph.kind == "paragraph":
            for candidate in _provisions(paragraph):
                if candidate.cue_start not in cues:
                    cues.add(candidate.cue_start)
                    yield CHANCE, candidate
    for candidate in picked:
        yield from ((CHANCE, report) for report in _reports(candidate))


def _provisions(paragraph: Paragraph) -> Iterator[Candidate]:
    """ "The treaty forbids it": what a binding text demands is what it says."""
    for clause in clauses(paragraph.doc):
        cue, source = clause.cue, clause.source
        if (
            clause.shape in ("dobj", "xcomp", "ccomp")
            and clause.extent != "short"
            and source is not None
            and source.head == cue
            and speaker_noun(source.lemma_.lower()) == "document"
            and "provide" in cue_classes(cue.lemma_.lower(), cue.pos_)
            and not paragraph.within_quotation(cue.idx)
        ):
            first, last = paragraph.doc[clause.start], paragraph.doc[clause.end - 1]
            start, end = paragraph.start + first.idx, paragraph.start + token_end(last)
            yield Candidate(start, end, "provision", paragraph, paragraph, cue, source, ())


def _reports(candidate: Candidate) -> Iterator[Candidate]:
    """ "He dismissed reports of tensions": somebody, unnamed, reported tensions."""
    if "deny" not in cue_classes(candidate.cue.lemma_.lower(), candidate.cue.pos_):
        return
    for noun in candidate.cue.rights:
        if noun.dep_ == "dobj" and _unowned_reports(noun):
            of = next((child for child in noun.rights if child.lower_ in ("of", "that")), None)
            verdict = next((t for t in candidate.cue.rights if t.lower_ == "as"), None)
            if of is None:
                continue
            start, end = candidate.content.start + token_end(of) + 1, candidate.end
            if verdict is not None:  # "dismissed reports of a split as fantasy": all but the "as"
                end = min(end, candidate.content.start + verdict.idx - 1)
            if start < end:
                yield replace(
                    candidate,
                    start=start,
                    end=end,
                    shape="NOUN-prep",
                    cue=noun,
                    source=noun,
                    features=(),
                )


def _unowned_reports(noun: Token) -> bool:
    owned = any(child.dep_ == "poss" or child.lower_ in ("by", "from") for child in noun.children)
    return noun.tag_ == "NNS" and noun.lemma_.lower() in REPORTS and not owned
