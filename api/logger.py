"""How the code logs: an event, and what is known of it in fields of any name.

Python's own ``extra=`` raises where a field is named like one of a log record's attributes
(``message``, ``name``, ``args``), and only where the line would be written: at a level that nobody
tried. Here fields have a place of their own in the record.
"""

import logging


class Logger:
    """Writes through Python's logger of a name; fields go into ``fields`` of the record."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)  # noqa: TID251 (here alone)

    def is_enabled(self, level: int) -> bool:
        """Whether lines of a level are written."""
        return self._logger.isEnabledFor(level)

    def log(self, level: int, event: str, /, **fields: object) -> None:
        """Write a line of a level."""
        self._logger.log(level, event, extra={"fields": fields})

    def info(self, event: str, /, **fields: object) -> None:
        """Write what happens in the ordinary course."""
        self.log(logging.INFO, event, **fields)

    def warning(self, event: str, /, **fields: object) -> None:
        """Write what somebody may have to look at."""
        self.log(logging.WARNING, event, **fields)

    def error(self, event: str, /, **fields: object) -> None:
        """Write what somebody must look at."""
        self.log(logging.ERROR, event, **fields)

    def exception(self, event: str, error: BaseException, /, **fields: object) -> None:
        """Write an error with its trace."""
        self._logger.error(event, exc_info=error, extra={"fields": fields})
