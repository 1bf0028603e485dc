"""How a speaker is matched: whom a request, a document or a text means by an id or a name.

Nothing is stored here. What follows from the answer, such as that somebody is added, a request
refused or a mention left open, is the caller's to decide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from api.language.words.crowds import is_crowd
from api.language.words.folding import fold
from api.ledger.models import Speaker
from api.ledger.queries import speakers
from api.ledger.queries.speakers import UNNAMED

Outcome = Literal["known", "new", "ambiguous", "taken", "missing"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a name or an id means.

    Args:
        outcome: ``known`` where it is one speaker; ``ambiguous`` where it may be one of several, or
            one who is somebody else for certain; ``new`` where nobody fits; ``taken`` where nobody
            fits, but another has the name or an alias for a name; ``missing`` where nobody has the
            id.
        speaker: who is known, else None.
        candidates: those who may be meant of an ambiguous name, or who have a taken one.
        bearers: all who have the name or bear it as an alias, or have the id, whether or not they
            may be meant.
        kind: of somebody new, where it is known: ``unnamed`` where the name names nobody.
    """

    outcome: Outcome
    speaker: Speaker | None = None
    candidates: tuple[Speaker, ...] = ()
    bearers: tuple[Speaker, ...] = ()
    kind: str | None = None


class SpeakerResolver:
    """Resolves one speaker after another, looking each up when it is asked for.

    Args:
        bearers: gives those who bear a folded name, in the order of their ids; none was merged.
        final: gives whom an id leads to, through all mergers; None where there is nobody.
    """

    def __init__(
        self,
        bearers: Callable[[str], Sequence[Speaker]] = speakers.bearers,
        final: Callable[[int], Speaker | None] = speakers.final,
    ) -> None:
        self._bearers = bearers
        self._final = final

    @classmethod
    def batched(cls, folded: Iterable[str], ids: Iterable[int] = ()) -> Self:
        """One that has looked up folded names and ids already, and knows no others."""
        named = speakers.by_name(set(folded))
        identified = speakers.finals(set(ids))
        return cls(lambda name: named.get(name, ()), identified.get)

    @classmethod
    def of_all(cls, given: Iterable[Mapping[str, Any]]) -> Self:
        """One that has looked up all that is given of several speakers; see ``resolve``."""
        every = list(given)
        names = (name for each in every for name in folded_names(each))
        return cls.batched(names, (each["id"] for each in every if "id" in each))

    def resolve(self, given: Mapping[str, Any]) -> Resolution:
        """Whom a request means, which knows what it says.

        A name that names nobody, such as "Multiple sources", is an unnamed one's, whatever kind is
        given, unless the ledger knows somebody of that kind who bears it.

        Args:
            given: an ``id``; or a ``name``, with a ``kind``, ``aliases``, a ``wikidata`` id or
                whether the speaker is ``distinct``, where they are known.
        """
        if "id" in given:
            speaker = self._final(given["id"])
            if speaker is None:
                return Resolution("missing")
            return Resolution("known", speaker, bearers=(speaker,))
        name, kind = given["name"], given.get("kind")
        bearers = tuple(self._bearers(fold(name)))
        if kind is None:
            fitting = _foremost(bearers)
        else:
            fitting = tuple(each for each in bearers if each.kind == kind)
        if len(fitting) == 1 and _may_be(fitting[0], given.get("wikidata")):
            return Resolution("known", fitting[0], bearers=bearers)
        if fitting:
            return Resolution("ambiguous", candidates=fitting, bearers=bearers)
        if names_nobody(given):
            return self.mention(name)
        if kind is not None:
            taken = self.taken(name, given.get("aliases", ()), kind)
            if taken:
                return Resolution("taken", candidates=taken, bearers=bearers, kind=kind)
        return Resolution("new", bearers=bearers, kind=kind)

    def read(self, name: str, kind: str | None = None, wikidata: str | None = None) -> Resolution:
        """Whom a text or a document found in the world names, which may tell the kind wrongly.

        It is somebody who bears the name; where several do, the kind tells them apart. Mentions
        that were left open are nobody, and none of the bearers.
        """
        bearers = _named(self._bearers(fold(name)))
        may_be = tuple(each for each in bearers if _may_be(each, wikidata))
        fitting = tuple(each for each in may_be if each.kind == kind) or may_be
        if len(fitting) == 1:
            return Resolution("known", fitting[0], bearers=bearers)
        if bearers:
            return Resolution("ambiguous", candidates=fitting or bearers, bearers=bearers)
        return Resolution("new", kind=kind)

    def mention(self, name: str) -> Resolution:
        """Whom a mention stands for while nobody says who it is; others may bear it as a name."""
        bearers = tuple(self._bearers(fold(name)))
        unnamed = [each for each in bearers if each.kind == UNNAMED]
        if unnamed:
            return Resolution("known", unnamed[0], bearers=bearers)
        return Resolution("new", bearers=bearers, kind=UNNAMED)

    def taken(
        self, name: str, aliases: Iterable[str], kind: str, own_id: int | None = None
    ) -> tuple[Speaker, ...]:
        """Others whose name or alias a speaker's name is, or whose name one of its aliases is.

        An alias may be shared. A mention that an article left open stands in nobody's way who bears
        it as a name.
        """
        every = [*_foremost(self._bearers(fold(name)))]
        for alias in map(fold, aliases):
            every += [each for each in self._bearers(alias) if each.folded == alias]
        others = {
            each.id: each
            for each in every
            if each.id != own_id and (kind == UNNAMED or each.kind != UNNAMED)
        }
        return tuple(others.values())


def resolve(given: Mapping[str, Any]) -> Resolution:
    """See ``SpeakerResolver.resolve``."""
    return SpeakerResolver().resolve(given)


def folded_names(given: Mapping[str, Any]) -> set[str]:
    """The names by which what is given of a speaker is looked up."""
    names = (given.get("name"), *given.get("aliases", ()))
    return {fold(name) for name in names if name}


def names_nobody(given: Mapping[str, Any]) -> bool:
    """Whether what is given of a speaker tells of a crowd, or that nobody is known.

    Who is said to be ``distinct``, or is known to Wikidata, is somebody of that name.
    """
    return not (given.get("distinct") or given.get("wikidata")) and is_crowd(given["name"])


def of_surname(name: str, limit: int) -> list[Speaker]:
    """People of whom a name or alias ends in a surname, which has a capital."""
    if not name[:1].isupper():
        return []
    surname = fold(name)
    return [
        speaker
        for speaker in speakers.with_word(name, limit)
        if speaker.kind == "person"
        and any(fold(each).split()[-1:] == [surname] for each in (speaker.name, *speaker.aliases))
    ]


def _named(bearers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Those of the bearers of a name who are no mention that was left open."""
    return tuple(each for each in bearers if each.kind != UNNAMED)


def _foremost(bearers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Those whom a name alone means: a mention gives way to those who bear it as a name."""
    every = tuple(bearers)
    return _named(every) or every


def _may_be(speaker: Speaker, wikidata: str | None) -> bool:
    """Whether a speaker may be the one whom Wikidata knows under an id."""
    return wikidata is None or speaker.wikidata in (None, wikidata)
