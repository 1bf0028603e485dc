"""An article read: its statements as they were found, before the ledger is locked for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.extraction import (
    Extracted,
    ExtractionError,
    ForeignPart,
    UnsupportedLanguage,
    extract,
    foreign_parts,
)
from api.language.words.folding import fold, slug, text_key
from api.ledger.queries import speakers
from api.services.articles.document import Reading, reading
from api.services.common.errors import Invalid, TooLarge
from api.services.contradictions.analysis_store import COMPARED_LANGUAGE, analyse_texts, limits
from api.services.speakers.names_in_text import KnownNames, full_names
from api.services.statements import sources
from api.services.statements.record import PreparedStatement


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement as the article has it, and as it would be recorded."""

    extracted: Extracted
    prepared: PreparedStatement

    @property
    def words(self) -> str:
        """The very words of the article."""
        return self.extracted.position.text

    @property
    def place(self) -> dict[str, int]:
        """Where they stand in its text, in code points."""
        return {"start": self.extracted.position.start, "end": self.extracted.position.end}


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What the ledger says of an article: the names that were asked for, its source's data.

    ``chosen`` are the mentions that the caller resolves.
    """

    chosen: dict[str, str]
    names: dict[str, str | None]
    language: str | None
    published_on: str | None


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article that was read and can be recorded without keeping other writers waiting.

    ``choices`` are the caller's: ``{"mention": …, "speaker": {…}}``. ``text_hash`` tells its text
    from every other. ``left_out`` are the paragraphs that are not in English.
    """

    source: dict[str, Any]
    text: str
    text_hash: str
    is_page: bool
    choices: Sequence[dict[str, Any]]
    facts: LedgerFacts
    findings: Sequence[Finding]
    left_out: Sequence[ForeignPart]

    @property
    def is_current(self) -> bool:
        """Whether the ledger still says what it said when the article was read."""
        chosen = _chosen_names(self.choices, self.text)
        names = full_names(self.facts.names)
        return self.facts == _facts(self.source, chosen, names)


def prepare_article(given: dict[str, Any], most_characters: int) -> PreparedArticle:
    """Read an article as a request holds it. Slow: nothing may be locked meanwhile.

    Raises:
        Invalid: there is nothing to read, it is in a language that is not, or what is said of its
            source or its speakers cannot be.
        TooLarge: it is longer than an article may be.
    """
    return find_statements(reading(given, most_characters), given.get("speakers", ()))


def find_statements(read: Reading, choices: Sequence[dict[str, Any]]) -> PreparedArticle:
    """Find an article's statements; see ``read_article``."""
    chosen = _chosen_names(choices, read.text)
    known = KnownNames(read.text, chosen)
    facts = _facts(read.source, chosen, known.asked)
    extracted, left_out = _extracted(read, facts, known)
    found = _each_once(extracted)
    if len(found) > limits.statements:
        raise TooLarge(
            f"{len(found)} statements are found in the article, one may have {limits.statements}: "
            "send its parts as articles of their own."
        )
    analyses = analyse_texts([one.text for one in found], COMPARED_LANGUAGE)
    findings = [
        Finding(one, PreparedStatement(_as_recorded(one), analysis))
        for one, analysis in zip(found, analyses, strict=True)
    ]
    is_page = read.pointer == "/html"
    return PreparedArticle(
        read.source, read.text, read.text_hash, is_page, choices, facts, findings, left_out
    )


def _facts(
    source: dict[str, Any], chosen: dict[str, str], names: dict[str, str | None]
) -> LedgerFacts:
    known = sources.known(source)
    return LedgerFacts(
        chosen,
        names,
        source.get("language") or (known.language if known else None),
        source.get("published_on") or (known.published_on if known else None),
    )


def _extracted(
    read: Reading, facts: LedgerFacts, known: KnownNames
) -> tuple[list[Extracted], Sequence[ForeignPart]]:
    language = facts.language or COMPARED_LANGUAGE
    try:
        is_english = language.partition("-")[0].lower() == COMPARED_LANGUAGE
        left_out = foreign_parts(read.text) if is_english else ()
        found = extract(
            read.text,
            published_on=_day(facts.published_on),
            language=language,
            known_speaker=known,
            foreign=left_out,
        )
        return found, left_out
    except UnsupportedLanguage as error:
        raise Invalid("/source/language", str(error)) from error
    except ExtractionError as error:
        raise Invalid(read.pointer, str(error)) from error


def _day(edtf: str | None) -> str | None:
    """A date, where it is a single day that "on Wednesday" can be reckoned from."""
    try:
        return date.fromisoformat(edtf or "").isoformat()
    except ValueError:
        return None


def _chosen_names(choices: Iterable[dict[str, Any]], text: str) -> dict[str, str]:
    """What each mention that the caller resolves stands for, in words of the ledger."""
    folded, names = fold(text), {}
    for number, choice in enumerate(choices):
        if fold(choice["mention"]) not in folded:
            raise Invalid(f"/speakers/{number}/mention", "These words are not in the article.")
        name = choice["speaker"].get("name")
        if name is None:
            speaker = speakers.final(choice["speaker"]["id"])
            if speaker is None:
                raise Invalid(
                    f"/speakers/{number}/speaker/id",
                    f"There is no speaker {choice['speaker']['id']}.",
                )
            name = speaker.name
        names[choice["mention"]] = name
    return names


def _each_once(found: Iterable[Extracted]) -> list[Extracted]:
    """What an article says twice in the same words, by the same speaker on the same day, is one."""
    once: dict[tuple[bytes, str, str | None], Extracted] = {}
    for one in found:
        once.setdefault((text_key(one.text), one.speaker.name, one.said_on), one)
    return list(once.values())


def _as_recorded(one: Extracted) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "verbatim": list(one.verbatim),
        "role": one.speaker.role,
        "said_on": one.said_on,
        "said_on_text": one.said_on_text,
        "cue": one.cue and one.cue.text,
        "context": one.context,
        "position": {"start": one.position.start, "end": one.position.end},
        "topics": [topic for topic in one.topics if slug(topic)],
        # That the article is in British English makes its statements no less comparable.
        "language": COMPARED_LANGUAGE,
        "confidence": one.confidence,
    }
