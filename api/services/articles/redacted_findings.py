"""An article's statements whose words were redacted, told from those that may be recorded."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.ledger.queries import redacted_words
from api.ledger.queries.redacted_words import same_words
from api.services.articles.findings import Finding
from api.services.statements.redacted_words import quotes


def without_redacted(findings: Sequence[Finding]) -> tuple[list[Finding], dict[int, list[Finding]]]:
    """Part what may be recorded of an article from what was redacted.

    Returns:
        The findings that may be recorded, without what stood around them where that quotes the
        others; and the others, by the redacted statement.
    """
    known = redacted_words.among({text for each in findings for text in texts(each)})
    if not known:
        return list(findings), {}
    redacted: dict[int, list[Finding]] = {}
    left = []
    for each in findings:
        found = [known[text] for text in texts(each) if text in known]
        if found:
            redacted.setdefault(found[0], []).append(each)
        else:
            left.append(each)
    words = [
        same_words(text) for those in redacted.values() for each in those for text in texts(each)
    ]
    return [_without_quotes(each, words) for each in left], redacted


def _without_quotes(finding: Finding, words: Sequence[str]) -> Finding:
    context: str | None = finding.prepared.given["context"]
    if context is None or not quotes(context, words):
        return finding
    given: dict[str, Any] = {**finding.prepared.given, "context": None}
    return replace(finding, prepared=replace(finding.prepared, given=given))


def texts(finding: Finding) -> tuple[str, ...]:
    """The words of a finding, each of which may be those that were redacted."""
    return (finding.prepared.given["text"], finding.words, *finding.prepared.given["verbatim"])
