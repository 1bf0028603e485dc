"""An article's text in, attributed statements out: pure, and ignorant of ledgers and the web."""

from __future__ import annotations

from api.extraction.extract import extract
from api.extraction.people.kinds import speaker_kind
from api.extraction.text.errors import ExtractionError, ForeignText, NoText, UnsupportedLanguage
from api.extraction.text.extracted import Extracted, Span, Speaker
from api.extraction.text.foreign import ForeignPart, foreign_parts
from api.extraction.text.html import Page, read_html, refuse_excessive

__all__ = [
    "Extracted",
    "ExtractionError",
    "ForeignPart",
    "ForeignText",
    "NoText",
    "Page",
    "Span",
    "Speaker",
    "UnsupportedLanguage",
    "extract",
    "foreign_parts",
    "read_html",
    "refuse_excessive",
    "speaker_kind",
]
