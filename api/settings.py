"""Every setting: its variable, its default and what it means.

Settings come from the environment, each prefixed ``COUNTERCLAIM_``.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_address, ip_network
from typing import Any, Self

from api.configuration import checks
from api.configuration.hosts import host_of
from api.configuration.masking import masked

PREFIX = "COUNTERCLAIM_"


def _setting(
    default: str | int,
    meaning: str,
    *,
    least: int = 0,
    most: int = 2**31 - 1,
    among: tuple[str, ...] = (),
    check: Callable[[str], object] = str,
) -> Any:
    metadata = {"meaning": meaning, "least": least, "most": most, "among": among, "check": check}
    return field(default=default, metadata=metadata)


def listed(value: str) -> list[str]:
    """The parts of a setting that takes several, divided by commas."""
    return [part.strip() for part in value.split(",") if part.strip()]


def addresses(value: str) -> list[str]:
    """The databases of a setting that names several, divided by commas; each may have them, too."""
    return [part.strip() for part in re.split(r",(?=\s*postgresql://)", value) if part.strip()]


def is_loopback(host: str) -> bool:
    """Whether an address leads nowhere but to this very machine."""
    host = host_of(host) or host
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _networks(value: str) -> None:
    for part in listed(value):
        ip_network(part, strict=False)


def _seconds(value: str) -> None:
    for part in listed(value):
        if not 0 <= float(part) <= 10**7:
            raise ValueError("each is a number of seconds")


def _databases(value: str) -> None:
    if not all(part.startswith("postgresql://") for part in addresses(value)):
        raise ValueError("each begins with postgresql://")


def _store(value: str) -> None:
    if value.partition("://")[0] not in ("redis", "rediss", "valkey", "valkeys"):
        raise ValueError("it begins with redis://, rediss://, valkey:// or valkeys://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one ledger and its server.

    Raises:
        ValueError: a variable does not hold what its setting takes; the message names it.
    """

    database_url: str = _setting(
        "sqlite:///counterclaim.db",
        "where the ledger is: sqlite:///relative/path, sqlite:////absolute/path or "
        "postgresql://user@host:port/name",
    )
    read_urls: str = _setting(
        "",
        "postgresql:// addresses of streaming replicas that reads are spread over, by comma",
        check=_databases,
    )
    read_lag: int = _setting(
        5, "seconds a replica may be behind; one that is more is not read from", least=1
    )
    read_wait: int = _setting(
        500,
        "milliseconds a read waits until a replica has what its caller wrote, before it is read "
        "from the ledger itself",
    )
    host: str = _setting("127.0.0.1", "address to listen on", check=checks.host)
    hosts: str = _setting(
        "",
        "names that the server answers to beside loopback's and COUNTERCLAIM_HOST, by comma, as "
        "ledger.example; * for any; else 421",
        check=lambda value: checks.hosts(listed(value)),
    )
    port: int = _setting(8000, "port to listen on", most=65_535)
    workers: int = _setting(2, "processes that answer requests", least=1)
    threads: int = _setting(4, "threads in each of them", least=1)
    proxies: str = _setting(
        "",
        "addresses and networks of the proxies whose forwarding headers are believed, by comma",
        check=_networks,
    )
    reads_need_key: str = _setting(
        "no", "yes or no: whether reading needs a key as well", among=("yes", "no")
    )
    rate_limit: str = _setting(
        "",
        "requests taken from one key or address, as 600 per minute; no limit without",
        check=checks.rate,
    )
    rate_storage: str = _setting(
        "", "redis:// or valkey:// address where workers count requests together", check=_store
    )
    cors_origins: str = _setting(
        "",
        "origins whose pages may call the API from a browser, by comma, or *",
        check=lambda value: checks.origins(listed(value)),
    )
    max_queue: int = _setting(
        64,
        "requests that wait for a thread of a worker, those that read and those that write each, "
        "else 503; 0 for no limit",
    )
    queue_timeout: int = _setting(
        5_000, "milliseconds a request waits for a thread, then 503; 0 for no limit"
    )
    busy_timeout: int = _setting(
        10_000, "milliseconds a write waits for its turn among the writers, then 503"
    )
    query_timeout: int = _setting(
        10_000, "milliseconds that reading what one call asks for may take, then 503", least=1
    )
    check_timeout: int = _setting(
        5_000, "milliseconds that one check of texts may be worked on, then 503", least=1
    )
    article_timeout: int = _setting(
        20_000,
        "milliseconds that one article, or one import of fact-checks, may be worked on, then 503",
        least=1,
    )
    statement_timeout: int = _setting(
        5_000,
        "milliseconds that one statement, or one of an import, may be worked on, then 503",
        least=1,
    )
    max_body: int = _setting(8_000_000, "bytes a request's body may have, else 413", least=1)
    max_article: int = _setting(
        100_000, "characters the text of an article may have, else 413", least=1
    )
    max_article_words: int = _setting(
        40_000, "words and marks the text of an article may have, else 413", least=1
    )
    max_statements: int = _setting(
        1_000, "statements that may be found in one article, else 413", least=1
    )
    max_compared: int = _setting(
        30_000, "pairs that the statements of one article may be compared in, else 413", least=1
    )
    max_check_characters: int = _setting(
        500_000, "characters the texts of one check may have together, else 413", least=1
    )
    max_check_words: int = _setting(
        100_000, "words and marks the texts of one check may have together, else 413", least=1
    )
    max_reconcile: int = _setting(
        50, "queries that one batch of the reconciliation service may have, else 413", least=1
    )
    max_candidates: int = _setting(256, "statements a new one is held against at the most", least=1)
    max_postings: int = _setting(
        4_000, "statements read for each key of a new one; of keys that more have, fewer", least=1
    )
    max_raised: int = _setting(
        20, "contradictions a statement may have raised as it is judged, the surest first", least=1
    )
    max_opposed: int = _setting(
        50,
        "contradictions a statement may have raised by its stances, the same speaker's first",
        least=1,
    )
    idempotency_hours: int = _setting(
        24, "hours for which the answer to an Idempotency-Key is kept", least=1
    )
    signing_key: str = _setting(
        "",
        "file of the key that heads are signed with, made if missing; the ledger's name and .key",
    )
    webhook_networks: str = _setting(
        "",
        "private addresses and networks into which webhooks may lead, by comma, as 10.1.0.0/16",
        check=_networks,
    )
    webhook_timeout: int = _setting(
        10, "seconds that the delivery of a notice may take, its answer included", least=1, most=300
    )
    webhook_retries: str = _setting(
        "5, 60, 300, 1800, 7200, 18000, 36000, 36000",
        "seconds to wait before each repeated delivery of a notice, by comma; then it is set aside",
        check=_seconds,
    )
    nli_model: str = _setting(
        "", "folder of an ONNX model to ask for a second opinion; needs counterclaim[nli]"
    )
    metrics: str = _setting(
        "home",
        "who reads /metrics: home (this machine, and whoever has a key), all, or nobody: "
        "then requests are not counted",
        among=("home", "all", "nobody"),
    )
    log_level: str = _setting(
        "info", "debug, info, warning or error", among=("debug", "info", "warning", "error")
    )
    log_format: str = _setting(
        "auto", "json, text or auto: text on a terminal, else JSON", among=("auto", "json", "text")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings, taking the default for each variable that is missing or empty."""
        set_here = {name for name, value in environment.items() if value}
        checks.refuse_unknown(
            (name for name in set_here if name.upper().startswith(PREFIX)),
            PREFIX,
            [setting.name.upper() for setting in fields(cls)],
        )
        given: dict[str, Any] = {}
        for setting in fields(cls):
            variable = variable_of(setting.name)
            value = environment.get(variable, "")
            if value:
                read = _whole_number if setting.type is int else _word
                given[setting.name] = read(variable, value, **_limits(setting))
        settings = cls(**given)
        settings.refuse_pointless()
        return settings

    def refuse_pointless(self) -> None:
        """Refuse what does nothing without another setting, and might be trusted to do it."""
        if self.rate_storage and not self.rate_limit:
            raise ValueError(
                f"{variable_of('rate_storage')} does nothing without {variable_of('rate_limit')}."
            )
        if self.read_urls and not self.database_url.startswith("postgresql://"):
            raise ValueError(
                f"{variable_of('read_urls')} are copies of a ledger on PostgreSQL, which "
                f"{variable_of('database_url')} names."
            )

    def in_force(self) -> dict[str, str]:
        """What is in force for each variable, without passwords."""
        return {
            variable_of(setting.name): masked(str(getattr(self, setting.name)))
            for setting in fields(self)
        }


def variable_of(name: str) -> str:
    """The variable that a setting is read from."""
    return PREFIX + name.upper()


def _limits(setting: "Field[Any]") -> dict[str, Any]:
    return {name: setting.metadata[name] for name in ("least", "most", "among", "check")}


def _whole_number(variable: str, value: str, least: int, most: int, **_: object) -> int:
    if not value.isascii() or not value.isdigit() or not least <= int(value[:12]) <= most:
        raise ValueError(f"{variable} is a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def _word(
    variable: str, value: str, among: tuple[str, ...], check: Callable[[str], object], **_: object
) -> str:
    if among and value not in among:
        raise ValueError(f"{variable} is one of {', '.join(among)}, not {value!r}.")
    try:
        check(value)
    except ValueError as error:
        told = f"{variable} cannot be {value!r}: {error}."
        raise ValueError(masked(told)) from None
    return value
