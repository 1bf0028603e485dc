"""What the scorer weighs in a candidate: each feature is a name of something that holds of it.

A feature names a construction, a tag, a punctuation mark or single lemmas, never longer wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from api.extraction.candidates.clauses import Clause
from api.extraction.candidates.labels import Labelled
from api.extraction.candidates.quoting import Quoting
from api.extraction.text.lexicon import cue_classes
from api.extraction.text.phrases import speaker_noun
from api.extraction.text.quotations import MARKS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from api.extraction.text.reading import Paragraph

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def bucket(number: int) -> str:
    """A length or distance, coarser as it grows."""
    return next((str(bound) for bound in (0, 1, 2, 3, 5, 8, 13, 21, 34) if number <= bound), "+")


def crossed(plain: list[str], *contexts: str) -> Iterator[str]:
    """Each feature alone and together with each context."""
    yield from plain
    for context in contexts:
        for feature in plain:
            yield f"{feature}|{context}"


def of_source(source: Token | None, cue: Token) -> list[str]:
    """What the source is and where it stands: always the same four kinds, in order."""
    if source is None:
        return ["source=none", "source_kind=none", "source_at=none", "source_noun=none"]
    word = (
        source.lower_
        if source.pos_ == "PRON"
        else source.lemma_.lower()
        if source.pos_ == "NOUN"
        else source.pos_
    )
    side = "before" if source.i < cue.i else "after"
    own = "own" if source.head == cue else "borrowed"
    return [
        f"source={word}",
        f"source_kind={source.ent_type_ or source.pos_}",
        f"source_at={source.pos_},{side},{own}",
        f"source_noun={speaker_noun(source.lemma_.lower())}",
    ]


def of_cue(cue: Token) -> list[str]:
    """The cue's tag and dependency first, its auxiliaries last."""
    auxiliaries = []
    found = [f"tag={cue.tag_}", f"dep={cue.dep_}", f"under={cue.head.lemma_.lower()},{cue.dep_}"]
    lemma = cue.lemma_.lower()
    for child in cue.children:
        if child.dep_ in ("aux", "auxpass", "neg"):
            auxiliaries.append(child.dep_ if child.dep_ != "aux" else child.lemma_.lower())
        elif child.dep_ in ("prep", "prt"):
            found.append(f"with={lemma},{child.lower_}")
        elif child.dep_ in ("dobj", "ccomp", "xcomp", "advmod"):
            found.append(f"has={child.dep_}")
    found.append("aux=" + ",".join(auxiliaries))
    return found


def of_setting(cue: Token) -> Iterator[str]:
    """The nearest cue of saying or thinking above this one, and how this one hangs under it."""
    at = cue
    for step in range(4):
        if at.head == at:
            return
        above = cue_classes(at.head.lemma_.lower(), at.head.pos_)
        if above:
            yield f"above={above[0]},{at.dep_}"
            yield f"above={above[0]},{step}"
            return
        at = at.head


def of_clause(
    clause: Clause, paragraph: Paragraph, start: int, end: int, sayers: Set[str]
) -> Iterator[str]:
    """Features of what a cue may govern.

    Args:
        start, end: its content's exact edges in the paragraph.
        sayers: the article's subjects of saying, in lower case.
    """
    cue, doc, shape = clause.cue, clause.cue.doc, clause.shape
    lemma = cue.lemma_.lower()
    in_quotation = paragraph.within_quotation(cue.idx)
    quoted = _quoted_part(paragraph, start, end) if not in_quotation else "inside"
    construction = shape
    if shape.endswith("prep") and clause.head is not None:
        construction = f"{shape}:{clause.head.head.lower_}"
    source = of_source(clause.source, cue)
    about_cue = of_cue(cue)
    yield "clause"
    yield from (
        f"lemma={lemma}",
        f"shape={construction}",
        f"lemma={lemma}|{construction}",
        f"extent={shape},{clause.extent}",
    )
    yield f"headline={paragraph.kind == 'headline'}"
    yield from crossed(
        [f"quoted={quoted}", f"length={bucket(clause.end - clause.start)}"],
        shape,
        f"{shape},{clause.extent}",
    )
    says = clause.source is not None and clause.source.lower_ in sayers
    yield from crossed([f"sayer={says}"], shape, lemma)
    classes = cue_classes(lemma, cue.pos_) or ("other",)
    for name in classes:
        yield from crossed(
            [f"class={name}"],
            construction,
            source[-1],
            f"{says},{about_cue[0]},{source[-2]}",
            f"{shape},{clause.extent}",
            source[1],
            f"{source[1]},{shape}",
            about_cue[0],
            about_cue[1],
            f"{quoted},{shape}",
            f"{says},{shape}",
        )
    yield from crossed(list(of_setting(cue)), shape, classes[0], str(in_quotation))
    yield from crossed(source, shape)
    yield f"{source[1]}|{lemma}"
    yield from crossed(about_cue, shape)
    yield from (f"{feature}|{lemma}" for feature in (about_cue[0], about_cue[1], about_cue[-1]))
    first = doc[clause.start]
    before = doc[clause.start - 1].lower_ if clause.start else "^"
    after = doc[clause.end].lower_ if clause.end < len(doc) else "$"
    yield from crossed([f"before={before}"])
    yield from crossed([f"after={after}"], f"{shape},{clause.extent}")
    yield from crossed([f"first={first.lower_}"], shape)
    yield f"first_tag={first.tag_}|{shape}"
    gap = clause.start - cue.i if clause.start > cue.i else cue.i - clause.end + 1
    yield f"gap={bucket(gap)}|{clause.start > cue.i}|{shape}"
    if clause.head is not None:
        yield from _of_head(clause.head, shape, lemma)
    yield from _of_edge(clause, shape, lemma)


def _of_head(head: Token, shape: str, lemma: str) -> Iterator[str]:
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in head.children)
    finite = head.tag_ in _FINITE or any(
        child.tag_ in _FINITE and child.dep_.startswith("aux") for child in head.children
    )
    marker = next((child.lower_ for child in head.lefts if child.dep_ in ("mark", "aux")), "")
    yield f"head={head.ent_type_ or head.tag_}|{shape}"
    yield f"head_lemma={head.lemma_.lower()}|{shape}"
    yield f"head={head.pos_}|{lemma}|{shape}"
    yield f"finite={has_subject},{finite}|{shape}"
    yield f"marker={marker}|{shape}"
    yield f"marker={marker}|{lemma}"


def _of_edge(clause: Clause, shape: str, lemma: str) -> Iterator[str]:
    """What the extent added last, or what it leaves out next."""
    if clause.extent == "more":
        name, edge = (
            "added",
            next(
                (child for child in clause.cue.children if child.right_edge.i == clause.end - 1),
                None,
            ),
        )
    else:
        name, edge = (
            "next",
            next((child for child in clause.cue.children if child.left_edge.i == clause.end), None),
        )
    if edge is None:
        yield f"{name}=none|{shape}"
        return
    yield f"{name}={edge.dep_}|{shape}"
    yield f"{name}={edge.dep_},{edge.lower_}|{shape}"
    yield f"{name}={edge.dep_},{edge.lower_}|{lemma}"


def _quoted_part(paragraph: Paragraph, start: int, end: int) -> str:
    quoted = sum(max(0, min(end, q.end) - max(start, q.start)) for q in paragraph.quotations)
    return "none" if not quoted else "all" if quoted >= end - start - 1 else "part"


def of_quoting(quoting: Quoting, paragraph: Paragraph) -> Iterator[str]:
    """Features of a quotation and a verb beside it."""
    cue, quotation = quoting.cue, quoting.quotation
    lemma, side = cue.lemma_.lower(), quoting.side
    text = paragraph.text
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    capital, last = inner[:1].isupper(), inner[-1:] if inner[-1:] in ".,!?…—-" else "word"
    before, after = text[: quotation.start].rstrip()[-1:], text[quotation.end :].lstrip()[:1]
    before = before if before in ",:." else "word"
    after = after if after in ",." else "word"
    words = bucket(inner.count(" ") + 1)
    number = paragraph.quotations.index(quotation)
    yield from (
        "quoting",
        f"quoting|{lemma}",
        f"quoting|{lemma}|{side}",
        f"closed={quotation.closed}",
    )
    for name in cue_classes(lemma, cue.pos_) or ("other",):
        yield from crossed([f"quoting|class={name}"], side, f"{side},{quoting.rank}")
    yield from (f"rank={side},{quoting.rank}", f"quote_gap={side},{bucket(quoting.gap)}")
    yield from (f"words={words}", f"words={words}|{capital},{last}")
    edges = f"{capital},{last},{before},{after}"
    yield from crossed([f"edges={edges}"], f"{side},{quoting.rank}")
    yield from (
        f"capital={capital}|{side}",
        f"last={last}|{side}",
        f"before={before}|{side}",
        f"after={after}|{side}",
    )
    yield f"fills={quotation.start == 0},{quotation.end == len(text)}|{side}"
    yield f"number={bucket(number)},{bucket(len(paragraph.quotations))}|{side}"
    for feature in crossed([*of_source(quoting.source, cue), *of_cue(cue)], side):
        yield f"quoting|{feature}"


def of_labelled(labelled: Labelled) -> Iterator[str]:
    """Features of a content that a colon introduces."""
    paragraph, text = labelled.paragraph, labelled.paragraph.text
    content = text[labelled.start : labelled.end]
    first = content[:1]
    starts = "quote" if first in MARKS else "capital" if first.isupper() else "other"
    facts = [
        f"starts={starts}",
        f"words={bucket(content.count(' ') + 1)}",
        f"label_words={bucket(text[: labelled.start].count(' '))}",
        f"kind={paragraph.kind}",
        f"cue={labelled.cue.lemma_.lower()}",
        *of_source(labelled.source, labelled.cue),
    ]
    yield from (labelled.shape, f"{labelled.shape}|{paragraph.kind}")
    yield from (f"{labelled.shape}|{fact}" for fact in facts)
    if labelled.source is not None:
        source = labelled.source
        yield f"{labelled.shape}|upper={source.is_upper},{source.is_title},{len(source.text) == 1}"
