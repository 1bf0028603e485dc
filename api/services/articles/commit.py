"""An article recorded: its statements found again, added, moved, reworded or orphaned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from api.deadline import check_deadline
from api.extraction.attribution.article import UNRESOLVED
from api.language.words.folding import text_key
from api.ledger.models import Appearance, Source, Statement
from api.ledger.queries.statements import placements
from api.ledger.storage.database import writing
from api.services.articles import anchors
from api.services.articles.attribution import Attribution, Attributions
from api.services.articles.findings import Finding, PreparedArticle
from api.services.articles.reanchoring import in_like_words, in_same_words, without
from api.services.articles.redacted_findings import without_redacted
from api.services.common.statement_parts import same
from api.services.contradictions.comparisons import Comparisons
from api.services.statements import sources
from api.services.statements.record import PreparedStatement, add, appear_again

Outcome = Literal[
    "created",
    "appearance",
    "unchanged",
    "anchored",
    "moved",
    "altered",
    "orphaned",
    "unresolved",
    "redacted",
]
_STAGE = "storing statements"
_ADDED = ("created", "unresolved", "appearance")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one statement.

    ``finding`` is how the article has it; None where only its words stand there, at ``place``,
    where they are gone, or where they were redacted. ``was`` is the old wording of an altered one;
    ``candidates`` are those who may have said it, None where that is clear.
    """

    statement_id: int
    outcome: Outcome
    place: anchors.Place | None = None
    finding: Finding | None = None
    was: str | None = None
    candidates: Sequence[dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class CommittedArticle:
    """An article's source, what became of its statements, and whether anything was added.

    ``redacted`` are the places in its text of words that are not shown.
    """

    source_id: int
    entries: list[Entry]
    is_new: bool
    redacted: Sequence[anchors.Place] = ()


def commit_article(article: PreparedArticle, compared: Comparisons) -> CommittedArticle:
    """Record an article with its source, speakers, statements and contradictions, all or nothing.

    A source that was read before is read again: what its article left alone stays as it is, and
    the same text changes nothing.

    Args:
        article: what was read.
        compared: what was compared before; the ledger is locked while the rest is.

    Raises:
        Invalid: its source, or a speaker that the caller chose, is not there.
        Conflict: the name that the caller chose fits several, or the statement whose speaker was
            chosen is there already.
    """
    with writing():
        is_new = sources.known(article.source) is None
        given = {**article.source, "text_hash": article.text_hash}
        source = sources.find_or_create(given, "/source")
        has_changed = sources.reread(source, article.text_hash) or is_new
        findings, redacted = without_redacted(article.findings)
        article = replace(article, findings=findings)
        entries = _Reading(article, compared, source, has_changed).entries()
        entries += [Entry(statement_id, "redacted") for statement_id in sorted(redacted)]
        is_new = is_new or any(each.outcome in _ADDED for each in entries)
        places = [finding.place for those in redacted.values() for finding in those]
        return CommittedArticle(source.id, entries, is_new, places)


class _Reading:
    """An article being recorded: what its source was known to hold, less what was found again."""

    def __init__(
        self, article: PreparedArticle, compared: Comparisons, source: Source, has_changed: bool
    ) -> None:
        self._article = article
        self._compared = compared
        self._source = source
        self._has_changed = has_changed
        self._attributions = Attributions(article)
        self._known = {each.statement_id: each for each in placements.of_source(source.id)}
        self._entries: dict[int, Entry] = {}

    def entries(self) -> list[Entry]:
        """What became of each statement, in the order of the text; what is gone comes last."""
        again = in_same_words(self._known.values(), self._article.findings)
        for appearance, finding in again:
            check_deadline(_STAGE)
            self._find_again(appearance, finding)
        if self._has_changed:
            self._read_on(without(self._article.findings, again))
        for appearance in list(self._known.values()):
            self._look_for(appearance)
        return sorted(self._entries.values(), key=_place_in_text)

    def _read_on(self, findings: list[Finding]) -> None:
        """Take in what the article has in words that its source was not known to hold."""
        rewordable = anchors.rewordable(list(self._known.values()))
        alike = in_like_words(rewordable, findings, self._is_same_speaker)
        reworded = [pair for pair in alike if self._reword(*pair)]
        for finding in without(findings, reworded):
            check_deadline(_STAGE)
            self._add(finding)

    def _find_again(self, appearance: Appearance, finding: Finding) -> None:
        """A statement that the article has in the same words; one that was retracted stays so."""
        attribution = self._attributions.of(finding)
        statement = appearance.statement
        chosen = attribution.choice is not None and anchors.attribute(
            statement, self._attributions.speaker(attribution)
        )
        moved = anchors.move(appearance, finding.place)
        outcome = _found(moved, changed=self._has_changed or chosen)
        self._enter(statement, outcome, finding, attribution)

    def _reword(self, appearance: Appearance, finding: Finding) -> bool:
        attribution, statement = self._attributions.of(finding), appearance.statement
        was, prepared = statement.text, finding.prepared
        speaker = None if attribution.is_open else self._attributions.speaker(attribution)
        if not anchors.reword(appearance, prepared, finding.words, speaker, self._compared):
            return False
        if statement.text == was:
            self._enter(statement, "anchored", finding, attribution)
        else:
            self._enter(statement, "altered", finding, attribution, was)
        return True

    def _add(self, finding: Finding) -> None:
        """A statement that is new to its source, and perhaps to the ledger."""
        attribution = self._attributions.of(finding)
        speaker, prepared = self._attributions.speaker(attribution), _doubted(finding, attribution)
        statement = same(text_key(prepared.given["text"]), speaker.id, prepared.given["said_on"])
        if statement is None:
            statement = add(
                prepared, speaker, self._source, anchors.EXTRACTED, finding.words, self._compared
            )
            outcome: Outcome = "unresolved" if attribution.is_open else "created"
            self._enter(statement, outcome, finding, attribution)
        elif statement.id in self._known:
            appearance = self._known[statement.id]
            was = appearance.text
            anchors.place_anew(appearance, prepared.given, finding.words)
            self._enter(statement, "altered" if was else "anchored", finding, attribution, was)
        elif statement.id not in self._entries:
            appear_again(statement, self._source, prepared.given, finding.words)
            self._enter(statement, "appearance", finding, attribution)

    def _look_for(self, appearance: Appearance) -> None:
        """A statement that was not found again: its words may still stand in the text."""
        statement, words = appearance.statement, appearance.text
        if words is None or appearance.position is None or statement.status == "retracted":
            return
        start = _nearest(words, self._article.text, appearance.position["start"])
        if start is None:
            anchors.orphan(appearance)
            self._enter(statement, "orphaned")
            return
        place = {"start": start, "end": start + len(words)}
        outcome = _found(anchors.move(appearance, place), changed=self._has_changed)
        self._enter(statement, outcome, place=place)

    def _enter(
        self,
        statement: Statement,
        outcome: Outcome,
        finding: Finding | None = None,
        attribution: Attribution | None = None,
        was: str | None = None,
        place: anchors.Place | None = None,
    ) -> None:
        is_open = attribution is not None and statement.speaker.kind == "unnamed"
        self._entries[statement.id] = Entry(
            statement.id,
            outcome,
            place=finding.place if finding else place,
            finding=finding,
            was=was,
            candidates=attribution.candidates if attribution and is_open else None,
        )
        self._known.pop(statement.id, None)

    def _is_same_speaker(self, appearance: Appearance, finding: Finding) -> bool:
        speaker = self._attributions.of(finding).speaker
        return speaker is not None and speaker.id == appearance.statement.speaker_id


def _found(moved: bool, *, changed: bool) -> Outcome:
    if moved:
        return "moved"
    return "anchored" if changed else "unchanged"


def _doubted(finding: Finding, attribution: Attribution) -> PreparedStatement:
    """A finding as it is recorded: less surely, where the ledger leaves its speaker open."""
    prepared = finding.prepared
    if not attribution.is_open or not finding.extracted.speaker.resolved:
        return prepared
    confidence = round(finding.extracted.confidence * UNRESOLVED, 2)
    return replace(prepared, given={**prepared.given, "role": None, "confidence": confidence})


def _nearest(words: str, text: str, place: int) -> int | None:
    """Where words stand in a text, as near as can be to a place."""
    after, before = text.find(words, place), text.rfind(words, 0, place + len(words))
    standing = [start for start in (after, before) if start >= 0]
    return min(standing, key=lambda start: abs(start - place)) if standing else None


def _place_in_text(entry: Entry) -> tuple[bool, int, int]:
    place = entry.place
    return place is None, place["start"] if place else 0, place["end"] if place else 0
