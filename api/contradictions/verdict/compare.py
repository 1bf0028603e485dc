"""Two statements in, a verdict out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from api.contradictions.alignment.alignment import STAGE, matches
from api.contradictions.alignment.coreference import SPEAKING
from api.contradictions.alignment.overlap import Overlap
from api.contradictions.analysis.verdicts import (
    ENGINE,
    Evidence,
    Incomparable,
    Side,
    Verdict,
    is_one_speaker,
)
from api.contradictions.detectors import detectors
from api.contradictions.detectors.findings import Finding
from api.contradictions.detectors.quantity import other_units
from api.contradictions.verdict.comparability import incomparable, is_comparable
from api.contradictions.verdict.decide import decide, score
from api.contradictions.verdict.explain import explain, no_conflict, not_comparable
from api.contradictions.verdict.prefilter import cannot_contradict
from api.contradictions.verdict.second_opinion import SecondOpinion
from api.deadline import check_deadline

COMPARED = "en"
SURELY = 0.5
"""How surely a second opinion must see a contradiction to make a candidate of the pair."""


def compare(a: Side, b: Side, *, assume_same_event: bool = False) -> Verdict:
    """Hold two statements against each other: pure, deterministic, the same in both orders.

    `assume_same_event` takes indefinite agents ("a man") and times of the two as the same.
    """
    check_deadline(STAGE)
    if a.language != COMPARED or b.language != COMPARED:
        return _incomparable("language")
    if a.analysis.keys.isdisjoint(b.analysis.keys):
        return _incomparable("topic")
    if _same_words(a, b):
        return _nothing()
    found, reasons = findings(a, b, assume_same_event)
    if not found:
        return _incomparable(reasons.most_common(1)[0][0]) if reasons else _nothing()
    return _verdict(found)


def _same_words(a: Side, b: Side) -> bool:
    """Whether one says again what the other says; "I won" is not the same from two people."""
    mine, yours = a.text.casefold().split(), b.text.casefold().split()
    if mine != yours:
        return False
    is_one = is_one_speaker(a, b) or not (a.called or b.called)
    return is_one or SPEAKING.isdisjoint(mine)


def compare_all(
    pairs: Sequence[tuple[Side, Side]],
    *,
    assume_same_event: bool = False,
    opinion: SecondOpinion | None = None,
    briefly: bool = False,
) -> list[Verdict]:
    """Hold each pair against each other, and ask for a second opinion where no rule spoke.

    The opinion is asked only of pairs that are comparable, and never makes more than a
    candidate of one. Where `briefly` is true, pairs between which nothing can be found are told
    from the words alone, and only why they are not comparable may then be told otherwise.
    """
    verdicts = [
        _incomparable("topic")
        if briefly and cannot_contradict(a, b, assume_same_event)
        else compare(a, b, assume_same_event=assume_same_event)
        for a, b in pairs
    ]
    if opinion is None:
        return verdicts
    silent = [
        number
        for number, (a, b) in enumerate(pairs)
        if verdicts[number] == _nothing() and _comparable(a, b, assume_same_event)
    ]
    asked = [(pairs[number][0].text, pairs[number][1].text) for number in silent]
    for number, surely in zip(silent, opinion.contradict(asked), strict=True):
        if surely >= SURELY:
            verdicts[number] = _suggested(*pairs[number], surely, opinion)
    return verdicts


def _comparable(a: Side, b: Side, same_event: bool) -> bool:
    return any(is_comparable(match) for match in matches(Overlap(a, b, same_event)))


def _suggested(a: Side, b: Side, surely: float, opinion: SecondOpinion) -> Verdict:
    whole = (
        Evidence("a", 0, len(a.text), a.text, "says"),
        Evidence("b", 0, len(b.text), b.text, "says"),
    )
    detector = f"{ENGINE}+nli:{opinion.digest}"
    told = "No rule speaks, but the model that was added reads the two as excluding each other."
    return Verdict("candidate", "factual", ("entailment",), surely, told, whole, None, detector)


def findings(a: Side, b: Side, same_event: bool) -> tuple[list[Finding], Counter[Incomparable]]:
    """What the detectors find between comparable propositions; why others are not comparable."""
    found: list[Finding] = []
    reasons: Counter[Incomparable] = Counter()
    held = list(matches(Overlap(a, b, same_event)))
    for match in held:
        if other_units(match) and is_comparable(match):
            reasons["unit"] += 1
        for detect in detectors():
            finding = detect(match)
            if finding is None:
                continue
            reason = incomparable(finding)
            if reason:
                reasons[reason] += 1
            else:
                found.append(finding)
    if any(each.loose for each in found) and any(match.agrees for match in held):
        found = [each for each in found if not each.loose]
    return found, reasons


def _verdict(found: list[Finding]) -> Verdict:
    scored = [(score(finding), finding) for finding in found]
    best, finding = max(scored, key=_rank)
    verdict = decide(best)
    if verdict == "none":
        return _nothing(best)
    bases = tuple(sorted({other.basis for value, other in scored if decide(value) == verdict}))
    return Verdict(
        verdict, finding.nature, bases, best, explain(finding), tuple(finding.evidence()), None
    )


def _rank(scored: tuple[float, Finding]) -> tuple[float, str, int]:
    """Ties are broken by what does not depend on the order of the two sides."""
    score, finding = scored
    return score, finding.basis, -sum(map(sum, finding.spans))


def _incomparable(reason: Incomparable) -> Verdict:
    return Verdict("none", None, (), 0.0, not_comparable(reason), (), reason)


def _nothing(score: float = 0.0) -> Verdict:
    return Verdict("none", None, (), score, no_conflict(), (), None)
