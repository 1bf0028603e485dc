"""Pairs of texts held against each other on request; nothing is stored."""

from collections.abc import Sequence
from typing import Any

from api.contradictions import Analysis, Side, Verdict, analyse, compare_all, second_opinion
from api.language.dates.edtf_dates import span
from api.language.parsing import size
from api.language.words.identification import identify
from api.services.common.errors import TooLarge
from api.services.common.speaker_resolver import Resolution, resolve
from api.services.contradictions.analysis_store import limits


def check(
    pairs: Sequence[dict[str, Any]],
    assume_same_event: bool,
    most_characters: int,
    most_words: int,
) -> list[dict[str, Any]]:
    """The verdict on each pair of texts.

    Raises:
        TooLarge: the texts together have more characters, or words, than a check may have.
    """
    given = [pair[side] for pair in pairs for side in "ab"]
    total = sum(len(each["text"]) for each in given)
    if total > most_characters:
        raise TooLarge(
            f"The texts have {total} characters together, a check takes {most_characters}: "
            "send them in several."
        )
    texts = sorted({each["text"] for each in given})
    words = sum(size(text) for text in texts)
    if words > most_words:
        raise TooLarge(
            f"The texts have {words} words and marks together, a check takes {most_words}: "
            "send them in several."
        )
    analyses = dict(zip(texts, analyse(texts), strict=True))
    named = {name: resolve({"name": name}) for each in given if (name := each.get("speaker"))}
    sides = [_given_side(each, analyses, named) for each in given]
    verdicts = compare_all(
        list(zip(sides[::2], sides[1::2], strict=True)),
        assume_same_event=assume_same_event,
        opinion=second_opinion(limits.nli_model),
    )
    return [_answer(verdict) for verdict in verdicts]


def _given_side(
    given: dict[str, Any], analyses: dict[str, Analysis], named: dict[str, Resolution]
) -> Side:
    found = named.get(given.get("speaker") or "") or Resolution("new")
    speaker = found.speaker
    said = span(given["said_on"]) if given.get("said_on") else None
    return Side(
        text=given["text"],
        analysis=analyses[given["text"]],
        speaker=speaker.name if speaker else given.get("speaker"),
        speaker_kind=speaker.kind if speaker else found.kind,
        aliases=tuple(speaker.aliases) if speaker else (),
        said_earliest=said.earliest if said else None,
        said_latest=said.latest if said else None,
        said=said is not None,
        language=given.get("language") or identify(given["text"]),
    )


def _answer(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.verdict,
        "nature": verdict.nature,
        "basis": list(verdict.basis),
        "score": verdict.score,
        "explanation": verdict.explanation,
        "evidence": [
            {
                "side": each.side,
                "start": each.start,
                "end": each.end,
                "text": each.text,
                "role": each.role,
            }
            for each in verdict.evidence
        ],
        "not_comparable": verdict.not_comparable,
    }
