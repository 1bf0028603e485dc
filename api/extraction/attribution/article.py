"""One article's statements, each put together from what its parts tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from api.deadline import check_deadline
from api.extraction.attribution.attribution import attributions
from api.extraction.attribution.dating import Dating
from api.extraction.attribution.resolution import Resolver
from api.extraction.people.agreement import one_kind_each
from api.extraction.people.people import People
from api.extraction.scoring.scoring import confidence, weights
from api.extraction.text.extracted import STAGE, Extracted, Span, Speaker
from api.extraction.text.phrases import bounds
from api.extraction.text.reading import token_end
from api.extraction.wording.context import Context
from api.extraction.wording.plain import verbatim
from api.extraction.wording.rejoining import rejoined
from api.extraction.wording.remarks import without_remark
from api.extraction.wording.sentences import sentences
from api.extraction.wording.topics import Topics
from api.extraction.wording.wording import verb_group, worded

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.candidates.candidates import Candidate
    from api.extraction.text.reading import Paragraph

NOBODY = Speaker("unnamed source", "unnamed", resolved=False)
"""Who speaks where the article does not say who does ("it is widely expected that …")."""
LONGEST_CUE = 5
"""Words of a verb group that are given as the cue: "had long refused to say"."""
UNRESOLVED = 0.6
"""What an open speaker leaves of a statement's confidence."""


class Article:
    """Reads a parsed article once; ``statements`` puts each of its statements together."""

    def __init__(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        published_on: date | None,
        known_speaker: Callable[[str], str | None],
    ) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._picked = attributions(paragraphs, weights())
        self._resolver = Resolver(People(paragraphs), known_speaker)
        self._dating = Dating(paragraphs, [picked for _, picked in self._picked], published_on)
        self._topics = Topics(paragraphs)
        self._context = Context(paragraphs)

    def statements(self) -> list[Extracted]:
        """Every statement, in the order of the text."""
        return one_kind_each(list(self._statements()), self._paragraphs)

    def _statements(self) -> Iterator[Extracted]:
        before: Candidate | None = None
        for chance, candidate in self._separate():
            check_deadline(STAGE)
            source = candidate.source
            speaker = NOBODY
            if source is not None:
                speaker = self._resolver.speaker(source, candidate.attributing)
            dated = self._dating.dated(candidate, speaker.name)
            mention = None if source is None else self._mention(candidate, source)
            text = worded(candidate, _in_text(speaker, source, mention), before)
            before = candidate
            quoted = verbatim(candidate, text)
            yield Extracted(
                kind="quote" if quoted else "claim",
                text=text,
                verbatim=quoted,
                speaker=speaker,
                mention=mention,
                cue=self._cue(candidate),
                position=Span.of(self._text, candidate.start, candidate.end),
                said_on=dated.edtf,
                said_on_text=dated.words,
                context=self._context.around(candidate),
                topics=self._topics.of(candidate),
                confidence=round(confidence(chance) * (1 if speaker.resolved else UNRESOLVED), 2),
            )

    def _separate(self) -> list[tuple[float, Candidate]]:
        return rejoined(
            (chance, candidate)
            for chance, picked in self._picked
            for candidate in sentences(without_remark(picked))
        )

    def _mention(self, candidate: Candidate, source: Token) -> Span:
        first, last = bounds(source) if source != candidate.cue else (source.i, source.i + 1)
        doc = source.doc
        return self._span(candidate.attributing, doc[first].idx, token_end(doc[last - 1]))

    def _cue(self, candidate: Candidate) -> Span:
        first = verb_group(candidate.cue)
        start = first.idx if candidate.cue.i - first.i < LONGEST_CUE else candidate.cue.idx
        return self._span(candidate.attributing, start, token_end(candidate.cue))

    def _span(self, paragraph: Paragraph, start: int, end: int) -> Span:
        return Span.of(self._text, paragraph.start + start, paragraph.start + end)


def _in_text(speaker: Speaker, source: Token | None, mention: Span | None) -> str:
    """What a text calls its speaker: the name, or "The government" where a noun is all there is."""
    if source is None or mention is None or source.pos_ != "NOUN" or speaker.kind == "person":
        return speaker.name
    owned = any(child.dep_ == "poss" for child in source.children)
    return speaker.name if owned else mention.text[:1].upper() + mention.text[1:]
