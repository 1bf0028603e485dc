"""What extraction refuses, each with a sentence that says what to send instead."""

from __future__ import annotations


class ExtractionError(ValueError):
    """The input cannot be read as an article; the message is fit for the sender."""


class NoText(ExtractionError):
    """There is nothing to read: an empty or blank text, or a page without a main text."""


class UnsupportedLanguage(ExtractionError):
    """The article is in a language whose statements are not extracted."""


class ForeignText(ExtractionError):
    """The text reads as another language than English, whatever it is said to be in."""
