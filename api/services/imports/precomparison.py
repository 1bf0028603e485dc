"""Lines of an import compared before the ledger is locked."""

from collections.abc import Sequence
from typing import Any

from api.contradictions import Analysis, Side
from api.language.dates.edtf_dates import span
from api.ledger.models import Speaker
from api.ledger.queries import speakers
from api.services.contradictions.comparisons import Comparisons
from api.services.contradictions.precomparison import Precomparison
from api.services.imports.upsert import PreparedLine, Ready
from api.services.speakers.speaker_registry import is_the_one


def precompare_lines(lines: Sequence[Ready]) -> Comparisons:
    """Hold the statements of lines against those of the ledger and against each other.

    What others record before these are stored is not compared here, but when they are stored.
    """
    precomparison = Precomparison()
    for line in lines:
        if isinstance(line, PreparedLine) and line.analysis is not None:
            precomparison.add(side_once_recorded(line.given, line.analysis))
    return precomparison.compared()


def side_once_recorded(given: dict[str, Any], analysis: Analysis) -> Side:
    """A statement as the engine sees it once it is recorded."""
    speaker = _known(given["speaker"])
    said = span(given["said_on"]) if given.get("said_on") else None
    return Side(
        text=given["text"],
        analysis=analysis,
        speaker=speaker.name if speaker else given["speaker"].get("name", ""),
        speaker_kind=speaker.kind if speaker else given["speaker"].get("kind", ""),
        aliases=tuple(speaker.aliases if speaker else given["speaker"].get("aliases", ())),
        said_earliest=said.earliest if said else None,
        said_latest=said.latest if said else None,
        said=said is not None,
    )


def _known(given: dict[str, Any]) -> Speaker | None:
    if "id" in given:
        return speakers.final(given["id"])
    fitting = speakers.named(given["name"], given.get("kind"))
    if len(fitting) == 1 and is_the_one(fitting[0], given.get("wikidata")):
        return fitting[0]
    return None
