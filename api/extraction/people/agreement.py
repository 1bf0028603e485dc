"""One kind for each name: an article that means one speaker is not read as naming two.

The parser labels each mention by itself, so that "Holt" is a person here and an organisation there.
All that the article tells of a name decides for every mention of it, unless the article itself
tells two bearers apart: "Chief Lakota said …. The Lakota say …".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from api.extraction.text.extracted import Extracted, Speaker, SpeakerKind
from api.extraction.text.phrases import nouns, wording
from api.language.words.folding import fold

if TYPE_CHECKING:
    from api.extraction.text.reading import Paragraph

_BODIES = frozenset({"ORG", "GPE", "NORP", "FAC", "LOC"})
_Labels = Mapping[str, Counter[SpeakerKind]]


def one_kind_each(found: Sequence[Extracted], paragraphs: Sequence[Paragraph]) -> list[Extracted]:
    """Let the mentions of a name be of one kind, or leave those open that must mean another.

    Args:
        found: what was extracted, in the order of the text.
        paragraphs: the article, of which every mention counts, a speaker's or not.

    Returns:
        The same statements, in the same order.
    """
    named: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        if one.speaker.resolved:
            named[fold(one.speaker.name)].append(number)
    agreed = list(found)
    labels: _Labels | None = None
    for name, numbers in named.items():
        told = {number: _told(found[number]) for number in numbers}
        kinds = {found[number].speaker.kind for number in numbers}
        if len(kinds) > 1 or len({*told.values()} - {None}) > 1:
            labels = _labels(paragraphs) if labels is None else labels
            _agree(agreed, told, labels.get(name, Counter()))
    return agreed


def _agree(
    found: list[Extracted], told: Mapping[int, SpeakerKind | None], labels: Counter[SpeakerKind]
) -> None:
    """Change those of the statements whose mentions are numbered, with what each itself tells."""
    kind = _kind([found[number].speaker for number in told], told.values(), labels)
    for number, own in told.items():
        one = found[number]
        if own is None or own == kind:
            role = one.speaker.role if kind == "person" else None
            found[number] = replace(one, speaker=replace(one.speaker, kind=kind, role=role))
        elif one.mention is not None:
            name = " ".join(one.mention.text.split())
            other = Speaker(name, "unnamed", resolved=False, candidates=(one.speaker.name,))
            found[number] = replace(one, speaker=other)


def _told(one: Extracted) -> SpeakerKind | None:
    """What a mention itself tells: a title is a person's, "the" is not written before one's name.

    None where it tells nothing, as most do not.
    """
    words = fold(one.mention.text).split() if one.mention else []
    name = fold(one.speaker.name).split()
    if words == ["the", *name]:
        return "document" if one.speaker.kind == "document" else "organization"
    is_titled = words[-len(name) :] == name and words[0] in nouns("office")
    return "person" if is_titled and len(words) > len(name) else None


def _kind(
    speakers: Sequence[Speaker],
    told: Iterable[SpeakerKind | None],
    labels: Counter[SpeakerKind],
) -> SpeakerKind:
    """What most of the evidence says: of the mentions themselves, else of how they were read."""
    sure = Counter(kind for kind in told if kind is not None)
    read = labels + Counter(each.kind for each in speakers if each.kind != "unnamed")
    if sure:
        return max(sure, key=lambda kind: (sure[kind], read[kind]))
    (kind, most), *others = read.most_common()
    if others and others[0][1] == most:
        # A person is introduced by more than one word before one word is enough.
        return "person" if " " in speakers[0].name else "organization"
    return kind


def _labels(paragraphs: Sequence[Paragraph]) -> _Labels:
    """As what the parser labels each name wherever it stands."""
    labels: defaultdict[str, Counter[SpeakerKind]] = defaultdict(Counter)
    for paragraph in paragraphs:
        for span in paragraph.doc.ents:
            if span.label_ == "PERSON" or span.label_ in _BODIES:
                kind: SpeakerKind = "person" if span.label_ == "PERSON" else "organization"
                name = fold(wording(span.doc, span.start, span.end))
                labels[name][kind] += 1
                if kind == "person" and " " in name:
                    # A surname alone means whoever bears it.
                    labels[name.rpartition(" ")[2]][kind] += 1
    return labels
