"""Whom the ledger knows the speakers of an article as."""

from dataclasses import dataclass
from typing import Any

from api.extraction import Speaker as Said
from api.language.words.crowds import is_crowd
from api.language.words.folding import fold
from api.ledger.models import Speaker
from api.ledger.queries.speakers import UNNAMED
from api.services.articles.findings import Finding, PreparedArticle
from api.services.common.speaker_resolver import SpeakerResolver, folded_names, of_surname
from api.services.speakers import speaker_registry

_MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a statement is attributed to.

    ``speaker`` is None where the ledger does not know him yet; ``choice`` is the number of the
    caller's choice that says so. ``candidates`` are those who may be meant, None where it is clear.
    """

    name: str
    kind: str
    speaker: Speaker | None
    choice: int | None = None
    candidates: list[dict[str, Any]] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is left to the caller who is meant."""
        return self.candidates is not None


class Attributions:
    """Attributes each of an article's findings, storing nothing until a speaker is asked for.

    The caller's choice comes first; then a name or alias that fits one speaker. What fits several
    is left open, and so is what the article leaves open: nobody is guessed. ``names`` are those
    that were looked up, folded.
    """

    def __init__(self, article: PreparedArticle) -> None:
        said = [finding.extracted.speaker for finding in article.findings]
        self.names = {fold(name) for one in said for name in (one.name, *one.candidates)}
        for choice in article.choices:
            self.names |= folded_names(choice["speaker"])
        self._resolver = SpeakerResolver.batched(self.names)
        self._choices = article.choices
        self._numbers = {
            fold(choice["mention"]): number for number, choice in enumerate(article.choices)
        }
        self._kinds = {fold(one.name): one.kind for one in reversed(said) if one.resolved}
        self._new: dict[str, Speaker] = {}
        self._surnamed: dict[str, list[Speaker]] = {}
        self._made = {id(finding): self._attribute(finding) for finding in article.findings}

    @property
    def looked_at(self) -> set[int]:
        """The ids of the speakers that were looked at, whether or not one of them is meant."""
        surnamed = (speaker for found in self._surnamed.values() for speaker in found)
        meant = (made.speaker for made in self._made.values() if made.speaker is not None)
        return {speaker.id for speaker in (*surnamed, *meant)}

    def of(self, finding: Finding) -> Attribution:
        """Whom one of the article's findings is attributed to."""
        return self._made[id(finding)]

    def speaker(self, attribution: Attribution) -> Speaker:
        """The ledger's speaker of an attribution, new where it is not known.

        Raises:
            Conflict: the name that the caller chose fits several.
        """
        if attribution.speaker is not None:
            return attribution.speaker
        if attribution.choice is not None:
            given = self._choices[attribution.choice]["speaker"]
            return speaker_registry.find_or_create(given, f"/speakers/{attribution.choice}/speaker")
        if attribution.kind == UNNAMED:
            return speaker_registry.find_or_create_unnamed(attribution.name)
        name = fold(attribution.name)
        if name not in self._new:
            self._new[name] = self._make(attribution)
        return self._new[name]

    def _make(self, attribution: Attribution) -> Speaker:
        """A speaker who is new, unless the caller's choices brought somebody of that name along.

        What they brought is there first, so that no name that was only read stands in its way.
        """
        for each in self._made.values():
            if each.choice is not None:
                self.speaker(each)
        there = SpeakerResolver().read(attribution.name)
        if there.outcome == "ambiguous":
            return speaker_registry.find_or_create_unnamed(attribution.name)
        return there.speaker or speaker_registry.create_named(attribution.name, attribution.kind)

    def _attribute(self, finding: Finding) -> Attribution:
        said, mention = finding.extracted.speaker, finding.extracted.mention
        for name in ([mention.text] if mention else []) + [said.name]:
            if fold(name) in self._numbers:
                return self._chosen(self._numbers[fold(name)])
        if not said.resolved:
            return self._open(said, self._candidates(said))
        found = self._resolver.read(said.name, said.kind)
        if found.bearers and said.kind == UNNAMED and is_crowd(said.name):
            # Somebody may be called "Several"; an article that says "several" seldom means him.
            return self._open(said, speaker_registry.as_candidates(found.bearers))
        if found.speaker is not None:
            return Attribution(said.name, said.kind, found.speaker)
        if found.outcome == "ambiguous":
            return self._open(said, speaker_registry.as_candidates(found.candidates))
        if said.kind == "person" and " " not in said.name and self._with_surname(said.name):
            return self._open(said, self._candidates(said))
        speaker = self._resolver.mention(said.name).speaker if said.kind == UNNAMED else None
        return Attribution(said.name, said.kind, speaker)

    def _chosen(self, number: int) -> Attribution:
        given = self._choices[number]["speaker"]
        if "id" in given:
            speaker = speaker_registry.find_or_create(given, f"/speakers/{number}/speaker")
            return Attribution(speaker.name, speaker.kind, speaker, number)
        return Attribution(given["name"], given.get("kind", ""), None, number)

    def _open(self, said: Said, candidates: list[dict[str, Any]]) -> Attribution:
        speaker = self._resolver.mention(said.name).speaker
        return Attribution(said.name, UNNAMED, speaker, candidates=candidates)

    def _candidates(self, said: Said) -> list[dict[str, Any]]:
        """Who may be meant: those the article names, and those in the ledger of that surname."""
        fitting: dict[int, Speaker] = {}
        unknown = []
        for name in said.candidates:
            known = self._resolver.read(name).bearers
            fitting |= {speaker.id: speaker for speaker in known}
            if not known:
                unknown.append(self._as_candidate(name))
        for speaker in self._with_surname(said.name.rpartition(" ")[2]):
            fitting.setdefault(speaker.id, speaker)
        return (speaker_registry.as_candidates(fitting.values()) + unknown)[:_MOST_CANDIDATES]

    def _as_candidate(self, name: str) -> dict[str, Any]:
        """Somebody whom the article names and the ledger does not know."""
        kind = self._kinds.get(fold(name), "person")
        return {"id": None, "name": name, "kind": kind, "aliases": [], "role": None}

    def _with_surname(self, name: str) -> list[Speaker]:
        if name not in self._surnamed:
            self._surnamed[name] = of_surname(name, _MOST_CANDIDATES)
        return self._surnamed[name]
