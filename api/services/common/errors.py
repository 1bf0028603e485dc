"""Why a service does not do what it was asked: each refusal says what would be right."""

from typing import Any


class ServiceError(Exception):
    """The base of all refusals.

    Args:
        detail: one or two sentences for the caller: what is wrong and what to do.
        members: further members of the problem, such as ``candidates``.
    """

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members

    def __reduce__(self) -> tuple[Any, ...]:
        """How it passes between processes; by default it is made anew of its message alone."""
        return type(self).__new__, (type(self), *self.args), self.__dict__


class Invalid(ServiceError):
    """A field of the request's body cannot be what it is; ``pointer`` is its JSON Pointer."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail, errors=[{"pointer": pointer, "detail": detail}])


class InvalidParameter(ServiceError):
    """A query parameter cannot be what it is."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail, errors=[{"parameter": parameter, "detail": detail}])


class Missing(ServiceError):
    """There is nothing under the address."""


class Gone(ServiceError):
    """What was here once is no longer kept."""


class Moved(ServiceError):
    """What was here was merged into another; ``to`` is that one's id."""

    def __init__(self, to: int) -> None:
        super().__init__(f"It was merged into {to}.")
        self.to = to


class Conflict(ServiceError):
    """What is in the ledger stands against the request."""


class Stale(ServiceError):
    """The version that the request was made on is no longer the latest."""


class TooLarge(ServiceError):
    """The request asks for more than the server does at once."""
