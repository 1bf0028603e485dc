"""An article's text in, attributed statements out: pure, and ignorant of ledgers and the web."""

from __future__ import annotations

from api.extraction.errors import ExtractionError, ForeignText, NoText, UnsupportedLanguage
from api.extraction.extract import extract
from api.extraction.foreign import ForeignPart, foreign_parts
from api.extraction.html import Page, read_html, refuse_excessive
from api.extraction.kinds import speaker_kind
from api.extraction.statements import Extracted, Span, Speaker

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
