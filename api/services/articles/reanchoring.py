"""Which of an article's findings are what its source is already known to hold."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from api.language.words.folding import fold, text_key
from api.ledger.models import Appearance
from api.services.articles.findings import Finding

# Words that are in more statements than this tell no two of them apart.
_COMMON = 50
# Of 1 for the same words, and a tenth each for the same speaker and cue: two statements by one
# speaker under one cue share fewer than half of their words, unless one is the other reworded.
_LEAST_LIKENESS = 0.65
_SAME_SPEAKER = 0.1
_SAME_CUE = 0.1

Pair = tuple[Appearance, Finding]


def in_same_words(known: Iterable[Appearance], findings: Sequence[Finding]) -> list[Pair]:
    """Pairs of the very same words; of several, those in the same place, then the nearest."""
    by_words: defaultdict[str, list[Appearance]] = defaultdict(list)
    for appearance in known:
        if appearance.text is not None:
            by_words[fold(appearance.text)].append(appearance)
    ranked = [
        (_differences(appearance, finding), appearance, finding)
        for finding in findings
        for appearance in by_words.get(fold(finding.words), ())
    ]
    return _each_once(ranked)


def in_like_words(
    known: Sequence[Appearance],
    findings: Sequence[Finding],
    is_speakers: Callable[[Appearance, Finding], bool],
) -> list[Pair]:
    """Pairs of like words, the likest first; speaker and cue speak for a pair, too.

    Only pairs that share a telling word are looked at, so that the time grows with the number of
    findings and not with its square.
    """
    words = [_words(appearance.text or "") for appearance in known]
    told_by: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        for word in own:
            told_by[word].append(number)
    ranked = []
    for finding in findings:
        own = _words(finding.words)
        shared = Counter(
            number for word in own if len(told_by[word]) <= _COMMON for number in told_by[word]
        )
        for number in shared:
            appearance = known[number]
            likeness = (
                2 * len(own & words[number]) / (len(own) + len(words[number]))
                + _SAME_SPEAKER * is_speakers(appearance, finding)
                + _SAME_CUE * (appearance.cue == finding.prepared.given["cue"])
            )
            if likeness >= _LEAST_LIKENESS:
                distance = _differences(appearance, finding)
                ranked.append(((-likeness, *distance), appearance, finding))
    return _each_once(ranked)


def without(findings: Iterable[Finding], pairs: Iterable[Pair]) -> list[Finding]:
    """The findings that are in none of the pairs."""
    paired = {id(finding) for _, finding in pairs}
    return [finding for finding in findings if id(finding) not in paired]


def _differences(appearance: Appearance, finding: Finding) -> tuple[float, ...]:
    """How far two places with the same words are apart: by place, statement, cue, characters."""
    place, given = appearance.position, finding.prepared.given
    return (
        place != finding.place,
        bytes(appearance.statement.text_key) != text_key(given["text"]),
        appearance.cue != given["cue"],
        abs(place["start"] - finding.place["start"]) if place else 0,
    )


def _each_once(ranked: Iterable[tuple[tuple[float, ...], Appearance, Finding]]) -> list[Pair]:
    """The best pairs of which no two share a side."""
    pairs: list[Pair] = []
    taken: set[int] = set()
    for _, appearance, finding in sorted(ranked, key=lambda each: each[0]):
        if taken.isdisjoint((id(appearance), id(finding))):
            taken |= {id(appearance), id(finding)}
            pairs.append((appearance, finding))
    return pairs


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:!?()\"'“”‘’") for word in fold(text).split()) - {""}
