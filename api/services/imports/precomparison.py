"""Lines of an import compared before the ledger is locked."""

from collections.abc import Sequence
from typing import Any

from api.contradictions import Analysis, Side
from api.language.dates.edtf_dates import span
from api.services.common.speaker_resolver import Resolution, SpeakerResolver
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.precomparison import Precomparison
from api.services.imports.upsert import PreparedLine, Ready


def precompare_lines(lines: Sequence[Ready]) -> Comparisons:
    """Hold the statements of lines against those of the ledger and against each other.

    What others record before these are stored is not compared here, but when they are stored.
    """
    precomparison = Precomparison()
    read = [line for line in lines if isinstance(line, PreparedLine)]
    resolver = SpeakerResolver.of_all(line.given["speaker"] for line in read)
    for line in read:
        if line.analysis is not None:
            found = resolver.resolve(line.given["speaker"])
            precomparison.add(side_once_recorded(line.given, line.analysis, found))
    return precomparison.compared()


def side_once_recorded(given: dict[str, Any], analysis: Analysis, found: Resolution) -> Side:
    """A statement as the engine sees it once it is recorded.

    Args:
        given: what is recorded.
        analysis: of its text.
        found: whom its speaker means.
    """
    speaker = found.speaker
    said = span(given["said_on"]) if given.get("said_on") else None
    return Side(
        text=given["text"],
        analysis=analysis,
        speaker=speaker.name if speaker else given["speaker"].get("name", ""),
        speaker_kind=speaker.kind if speaker else found.kind or "",
        aliases=tuple(speaker.aliases if speaker else given["speaker"].get("aliases", ())),
        said_earliest=said.earliest if said else None,
        said_latest=said.latest if said else None,
        said=said is not None,
    )
