"""When a statement was said: a time beside its cue, a dated event it is about, or the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from api.extraction.text.lexicon import cue_classes
from api.extraction.text.reading import token_end
from api.language.dates.said_dates import SaidDate, said_dates

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.reading import Paragraph

STEPS = 5
"""How many heads a time may be below the cue it dates."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An EDTF date and the words it was read from; both None where nothing tells."""

    edtf: str | None
    words: str | None


class Dating:
    """Dates the statements of one article.

    Args:
        paragraphs: the article's.
        picked: its statements; what they contain does not date them.
        published_on: the day the article appeared, None where unknown: then nothing is dated.
    """

    def __init__(
        self,
        paragraphs: Sequence[Paragraph],
        picked: Sequence[Candidate],
        published_on: date | None,
    ) -> None:
        self._published_on = published_on
        self._contents: dict[int, list[tuple[int, int]]] = {}
        for candidate in picked:
            self._contents.setdefault(candidate.content.number, []).append(candidate.bounds)
        self._dates: dict[int, list[SaidDate]] = {}
        self._events: list[tuple[int, int, str, str]] = []
        if published_on is not None:
            for paragraph in paragraphs:
                self._dates[paragraph.number] = list(said_dates(paragraph.text, published_on))
                self._events.extend(_events(paragraph, self._dates[paragraph.number]))
        self._last: dict[tuple[int, str], Dated] = {}

    def dated(self, candidate: Candidate, speaker: str) -> Dated:
        """When it was said.

        Asked in the order of the text: a speaker's day holds to the end of the next paragraph.
        """
        if self._published_on is None:
            return Dated(None, None)
        number = candidate.attributing.number
        found = (
            self._beside_cue(candidate)
            or self._in_object(candidate)
            or self._last.get((number, speaker))
            or self._last.get((number - 1, speaker))
            or self._about_event(candidate, self._published_on.isoformat())
        )
        if found is None:
            return Dated(self._published_on.isoformat(), None)
        if candidate.cue.dep_ != "relcl":  # "X, who said last week that …" dates an aside
            self._last[number, speaker] = found
        return found

    def _beside_cue(self, candidate: Candidate) -> Dated | None:
        """The nearest time in the cue's sentence outside every content."""
        paragraph, cue = candidate.attributing, candidate.cue
        if cue.pos_ == "NOUN" and candidate.source == cue:
            return None
        first, last = cue.sent.start_char, cue.sent.end_char
        contents = [
            (start, end)
            for start, end in self._contents.get(paragraph.number, [])
            if not start <= cue.idx < end
        ]
        free = [
            found
            for found in self._dates[paragraph.number]
            if first <= found.start < last
            and not any(start <= found.start < end for start, end in contents)
            and not paragraph.within_quotation(found.start)
            and _modifies(cue, found)
        ]
        if not free:
            return None
        nearest = min(free, key=lambda found: abs(found.start - cue.idx))
        return Dated(nearest.edtf, paragraph.text[nearest.start : nearest.end].strip())

    def _in_object(self, candidate: Candidate) -> Dated | None:
        """ "reported an assault on Wednesday": the time of the thing that was told."""
        lemma = candidate.cue.lemma_.lower()
        if candidate.shape != "dobj" or "write" not in cue_classes(lemma, candidate.cue.pos_):
            return None
        paragraph, (start, end) = candidate.content, candidate.bounds
        for found in self._dates[paragraph.number]:
            if start <= found.start < end:
                return Dated(found.edtf, paragraph.text[found.start : found.end].strip())
        return None

    def _about_event(self, candidate: Candidate, day: str) -> Dated | None:
        """What is said of a dated event was said between it and the day of the paper."""
        if candidate.cue.tag_ not in ("VBD", "VBG", "NNS", "NN"):
            return None
        paragraph, (start, end) = candidate.content, candidate.bounds
        nouns = {
            token.lemma_.lower()
            for token in paragraph.doc
            if start <= token.idx < end and any(child.lower_ == "the" for child in token.children)
        }
        first = next((token for token in paragraph.doc if token.idx >= start), None)
        about_it = first is not None and first.lower_ == "it" and candidate.shape == "dobj"
        for number, at, noun, edtf in reversed(self._events):
            if (number, at) < (paragraph.number, start) and (about_it or noun in nouns):
                return Dated(edtf if edtf == day else f"{edtf}/{day}", None)
        return None


def _modifies(cue: Token, found: SaidDate) -> bool:
    """Whether a time hangs on the cue by few steps and not in a clause about something else."""
    span = cue.doc.char_span(found.start, found.end, alignment_mode="expand")
    at = span.root if span is not None else cue
    for _ in range(STEPS):
        if at == cue:
            return True
        if at.dep_ in ("relcl", "acl", "appos", "conj") or at.head == at:
            break
        at = at.head
    return at == cue or (at.is_ancestor(cue) and at.dep_ not in ("relcl", "acl", "appos"))


def _events(paragraph: Paragraph, dates: Sequence[SaidDate]) -> list[tuple[int, int, str, str]]:
    """Nouns with a day of their own: "Wednesday's call", "the meeting on Thursday"."""
    ends: Mapping[int, SaidDate] = {found.end: found for found in dates if len(found.edtf) == 10}
    starts: Mapping[int, SaidDate] = {found.start: found for found in ends.values()}
    events = []
    for token in paragraph.doc:
        if token.tag_ == "POS" and token.idx in ends and token.head.head.pos_ == "NOUN":
            events.append(
                (paragraph.number, token.idx, token.head.head.lemma_.lower(), ends[token.idx].edtf)
            )
        following = starts.get(token_end(token) + 1)
        if token.pos_ == "NOUN" and following is not None:
            events.append((paragraph.number, token.idx, token.lemma_.lower(), following.edtf))
    return events
