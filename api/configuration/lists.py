"""Settings that take several values, divided by commas."""

import re


def listed(value: str) -> list[str]:
    """The parts of a setting that takes several, divided by commas."""
    return [part.strip() for part in value.split(",") if part.strip()]


def addresses(value: str) -> list[str]:
    """The databases of a setting that names several, divided by commas; each may have them, too."""
    return [part.strip() for part in re.split(r",(?=\s*postgresql://)", value) if part.strip()]
