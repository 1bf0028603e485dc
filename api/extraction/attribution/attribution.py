"""Who says what, as the article's words have it: candidates proposed, scored and picked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from api.deadline import check_deadline
from api.extraction.attribution.continuations import continuations
from api.extraction.attribution.proposals import proposals
from api.extraction.candidates.candidates import Candidate
from api.extraction.candidates.implied import implied
from api.extraction.scoring.scoring import chance
from api.extraction.scoring.selection import select
from api.extraction.scoring.thresholds import LEAST_CONTINUATION, least
from api.extraction.text.extracted import STAGE

if TYPE_CHECKING:
    from api.extraction.text.reading import Paragraph


def attributions(
    paragraphs: Sequence[Paragraph], table: Mapping[str, int]
) -> list[tuple[float, Candidate]]:
    """The article's attributions with the chance that each is one, in the order of the text.

    Args:
        paragraphs: the article's.
        table: the scorers' weights, by feature.
    """
    picked = select(
        pair for pair in _scored(proposals(paragraphs), table) if pair[0] >= least(pair[1])
    )
    more = _scored(continuations(paragraphs, [candidate for _, candidate in picked]), table)
    picked += select(pair for pair in more if pair[0] >= LEAST_CONTINUATION)
    picked += implied(paragraphs, [candidate for _, candidate in picked])
    return sorted(picked, key=lambda pair: (pair[1].start, pair[1].end))


def _scored(
    candidates: Iterable[Candidate], table: Mapping[str, int]
) -> Iterator[tuple[float, Candidate]]:
    for candidate in candidates:
        check_deadline(STAGE)
        yield chance(candidate.features, table), candidate
