"""Quotations without a cue of their own: whose statement each goes on with.

"…," he said. "…" in one paragraph; a paragraph all in marks after one by the same speaker; a mark
left open at a paragraph's end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from api.extraction.candidates.candidates import Candidate
from api.extraction.scoring.features import bucket

if TYPE_CHECKING:
    from api.extraction.text.quotations import Quotation
    from api.extraction.text.reading import Paragraph

REACH = 3
"""How many paragraphs back or ahead the statement may be that a quotation goes on with."""


def continuations(
    paragraphs: Sequence[Paragraph], picked: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Pair each quotation outside every picked statement with the nearest statements around it.

    Args:
        paragraphs: the article's.
        picked: the statements found so far, in any order.
    """
    by_paragraph: dict[int, list[Candidate]] = {}
    for candidate in sorted(picked, key=lambda candidate: candidate.start):
        by_paragraph.setdefault(candidate.content.number, []).append(candidate)
    for paragraph in paragraphs:
        here = by_paragraph.get(paragraph.number, [])
        for quotation in paragraph.quotations:
            start, end = paragraph.start + quotation.start, paragraph.start + quotation.end
            if any(min(end, c.end) - max(start, c.start) > 0 for c in here):
                continue
            for anchor in _anchors(paragraph, start, by_paragraph):
                yield _continuation(paragraph, quotation, anchor)


def _anchors(
    paragraph: Paragraph, start: int, by_paragraph: dict[int, list[Candidate]]
) -> Iterator[Candidate]:
    """The last statement before the place and the first after it, within reach."""
    for number in range(paragraph.number, paragraph.number - REACH - 1, -1):
        before = [c for c in by_paragraph.get(number, ()) if c.end <= start]
        if before:
            yield before[-1]
            break
    for number in range(paragraph.number, paragraph.number + REACH):
        after = [c for c in by_paragraph.get(number, ()) if c.start > start]
        if after:
            yield after[0]
            break


def _continuation(paragraph: Paragraph, quotation: Quotation, anchor: Candidate) -> Candidate:
    start = paragraph.start + quotation.start
    return Candidate(
        start,
        paragraph.start + quotation.end,
        "continuation",
        paragraph,
        anchor.attributing,
        anchor.cue,
        anchor.source,
        tuple(_features(paragraph, quotation, anchor)),
    )


def _features(paragraph: Paragraph, quotation: Quotation, anchor: Candidate) -> Iterator[str]:
    text = paragraph.text
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    distance = paragraph.number - anchor.content.number
    backward = anchor.start < paragraph.start + quotation.start
    anchor_start = anchor.start - anchor.content.start
    anchor_end = anchor.end - anchor.content.start
    anchored = next(
        (q for q in anchor.content.quotations if q.start < anchor_end and anchor_start < q.end),
        None,
    )
    before, after = text[: quotation.start].rstrip()[-1:], text[quotation.end :].lstrip()[:1]
    capital, last = inner[:1].isupper(), inner[-1:] if inner[-1:] in ".,!?…" else "word"
    words = bucket(inner.count(" ") + 1)
    where = f"{distance if abs(distance) < 3 else 3},{backward}"
    fills = f"{quotation.start == 0},{quotation.end == len(text)}"
    anchor_kind = (
        "none"
        if anchored is None
        else f"{anchored.closed},{anchored.end == len(anchor.content.text)}"
    )
    facts = [
        f"where={where}",
        f"fills={fills}",
        f"anchor={anchor_kind},{anchor.shape.startswith('quote') or anchor.shape == 'ccomp'}",
        f"capital={capital}",
        f"last={last}",
        f"before={before if before in ',:.!?' else 'word'}",
        f"after={after if after in ',.' else 'word'}",
        f"words={words}",
        f"anchor_shape={anchor.shape}",
        f"anchor_number={bucket(len(anchor.content.quotations))}",
        f"anchor_cue={anchor.cue.lemma_.lower()}",
        f"anchor_ends={anchor.content.text[-1:]}",
    ]
    if distance == 0 and backward:
        facts.append(f"between={bucket(paragraph.start + quotation.start - anchor.end >> 4)}")
        after_cue = text[max(0, anchor.cue_start - paragraph.start) : quotation.start]
        facts.append(
            f"stops={sum(after_cue.count(stop) for stop in '.!?') if len(after_cue) < 600 else 9}"
        )
    yield "continuation"
    for number, fact in enumerate(facts):
        yield f"continuation|{fact}"
        yield f"continuation|{fact}|{where}"
        if 0 < number < 9:
            yield f"continuation|{fact}|{where}|{fills}"
            yield f"continuation|{fact}|{where}|{capital},{last}"
