"""How well a speaker fits a name and what else is known of it, with the reason of the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from api.language.words.folding import plain
from api.ledger.models import Speaker

SAME_NAME = 100.0
_ALIAS = 95.0
_SURNAME = 70.0
# The most that names reach which are not the same, however alike.
_ALIKE = 90.0
_OTHER_WIKIDATA = 0.5
_OTHER_KIND = 0.5
_ROLE_WEIGHT = 0.1
_LONGEST_SPELLING = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller knows of the one it looks for; ``id`` where the name is a speaker's id."""

    name: str
    id: int | None = None
    kinds: Sequence[str] = ()
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The name, and with the surname last where it was written first: ``Brook, Ada``."""
        last, comma, first = self.name.partition(",")
        return (self.name, f"{first} {last}") if comma else (self.name,)


@dataclass(frozen=True, slots=True)
class Scored:
    """A speaker and how well it fits.

    Attributes:
        score: 0 to 100.
        features: what the score rests on, by name.
        certain: whether nothing but a namesake could make this the wrong one.
    """

    speaker: Speaker
    score: float
    features: dict[str, bool | float]
    certain: bool


def score(asked: Asked, speaker: Speaker) -> Scored:
    """Hold a speaker against what is asked for."""
    spellings = [plain(name)[:_LONGEST_SPELLING] for name in asked.names]
    features = max((_of_name(each, speaker) for each in spellings), key=_points)
    points = _points(features)
    if speaker.id == asked.id or asked.name.strip() == speaker.wikidata:
        features["identifier"] = True
        points = SAME_NAME
    if asked.kinds:
        features["kind_match"] = speaker.kind in asked.kinds
    certain = points >= _ALIAS
    for name, check in (("wikidata", _wikidata), ("kind", _kind), ("alias", _alias)):
        if wanted := asked.properties.get(name):
            fits = check(speaker, wanted)
            if fits is not None:
                features[f"{name}_match"] = fits
    if speaker.role and (roles := asked.properties.get("role")):
        likeness = max(_likeness(plain(each), plain(speaker.role)) for each in roles)
        features["role_similarity"] = likeness
        points += _ROLE_WEIGHT * (likeness - points)
    if features.get("wikidata_match"):
        points, certain = max(points, SAME_NAME), True
    if features.get("alias_match"):
        points = max(points, _ALIAS)
    if features.get("wikidata_match") is False:
        points, certain = points * _OTHER_WIKIDATA, False
    if features.get("kind_match") is False:
        points, certain = points * _OTHER_KIND, False
    return Scored(speaker, round(points, 1), features, certain)


def _of_name(spelling: str, speaker: Speaker) -> dict[str, bool | float]:
    name, *aliases = (plain(each) for each in (speaker.name, *speaker.aliases))
    return {
        "name_equal": bool(spelling) and spelling == name,
        "alias_equal": bool(spelling) and spelling in aliases,
        "surname_similarity": _likeness(spelling, _surname(speaker, name))
        if " " not in spelling
        else 0.0,
        "name_similarity": max(_likeness(spelling, each) for each in (name, *aliases)),
    }


def _points(features: Mapping[str, bool | float]) -> float:
    if features["name_equal"]:
        return SAME_NAME
    if features["alias_equal"]:
        return _ALIAS
    alike = _ALIKE * features["name_similarity"] / 100
    return max(alike, _SURNAME * features["surname_similarity"] / 100)


def _surname(speaker: Speaker, name: str) -> str:
    """The last of the several words of a person's name."""
    words = name.split()
    return words[-1] if speaker.kind == "person" and len(words) > 1 else ""


def _likeness(one: str, other: str) -> float:
    """How alike two names are, in whichever order their words stand: 0 to 100."""
    if not (one and other):
        return 0.0
    return round(max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)), 1)


def _wikidata(speaker: Speaker, wanted: Sequence[str]) -> bool | None:
    return None if speaker.wikidata is None else speaker.wikidata in wanted


def _kind(speaker: Speaker, wanted: Sequence[str]) -> bool:
    return speaker.kind in wanted


def _alias(speaker: Speaker, wanted: Sequence[str]) -> bool:
    had = {plain(each) for each in (speaker.name, *speaker.aliases)}
    return any(plain(each) in had for each in wanted)
