"""Every setting: its variable, its default, what it may be and what it means.

Settings come from the environment, each prefixed ``COUNTERCLAIM_``.
"""

import os
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.configuration import checks
from api.configuration.masking import masked

PREFIX = "COUNTERCLAIM_"

_Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
_Positive = Annotated[int, Field(ge=1, le=2**31 - 1)]
_Databases = Annotated[str, AfterValidator(checks.databases)]
_Host = Annotated[str, AfterValidator(checks.host)]
_Hosts = Annotated[str, AfterValidator(checks.hosts)]
_Networks = Annotated[str, AfterValidator(checks.networks)]
_Origins = Annotated[str, AfterValidator(checks.origins)]
_Rate = Annotated[str, AfterValidator(checks.rate)]
_Store = Annotated[str, AfterValidator(checks.store)]
_Waits = Annotated[str, AfterValidator(checks.waits)]


class Settings(BaseSettings):
    """The settings of one ledger and its server.

    Each is what it was given, else what the environment has; there, an empty one is as good as
    none.

    Raises:
        ValidationError: one does not hold what it takes.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        validate_default=False,
    )

    database_url: str = "sqlite:///counterclaim.db"
    """where the ledger is: sqlite:///relative/path, sqlite:////absolute/path or
    postgresql://user@host:port/name"""
    read_urls: _Databases = ""
    """postgresql:// addresses of streaming replicas that reads are spread over, by comma"""
    read_lag: _Positive = 5
    """seconds a replica may be behind; one that is more is not read from"""
    read_wait: _Number = 500
    """milliseconds a read waits until a replica has what its caller wrote, before it is read from
    the ledger itself"""
    host: _Host = "127.0.0.1"
    """address to listen on"""
    hosts: _Hosts = ""
    """names that the server answers to beside loopback's and COUNTERCLAIM_HOST, by comma, as
    ledger.example; * for any; else 421"""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    """port to listen on"""
    workers: _Positive = 2
    """processes that answer requests"""
    threads: _Positive = 4
    """threads in each of them"""
    proxies: _Networks = ""
    """addresses and networks of the proxies whose forwarding headers are believed, by comma"""
    reads_need_key: Literal["yes", "no"] = "no"
    """yes or no: whether reading needs a key as well"""
    rate_limit: _Rate = ""
    """requests taken from one key or address, as 600 per minute; no limit without"""
    rate_storage: _Store = ""
    """redis:// or valkey:// address where workers count requests together"""
    cors_origins: _Origins = ""
    """origins whose pages may call the API from a browser, by comma, or *"""
    max_queue: _Number = 64
    """requests that wait for a thread of a worker, those that read and those that write each, else
    503; 0 for no limit"""
    queue_timeout: _Number = 5_000
    """milliseconds a request waits for a thread, then 503; 0 for no limit"""
    busy_timeout: _Number = 10_000
    """milliseconds a write waits for its turn among the writers, then 503"""
    query_timeout: _Positive = 10_000
    """milliseconds that reading what one call asks for may take, then 503"""
    check_timeout: _Positive = 5_000
    """milliseconds that one check of texts may be worked on, then 503"""
    article_timeout: _Positive = 20_000
    """milliseconds that one article, or one import of fact-checks, may be worked on, then 503"""
    statement_timeout: _Positive = 5_000
    """milliseconds that one statement, or one of an import, may be worked on, then 503"""
    max_body: _Positive = 8_000_000
    """bytes a request's body may have, else 413"""
    max_article: _Positive = 100_000
    """characters the text of an article may have, else 413"""
    max_article_words: _Positive = 40_000
    """words and marks the text of an article may have, else 413"""
    max_statements: _Positive = 1_000
    """statements that may be found in one article, else 413"""
    max_compared: _Positive = 30_000
    """pairs that the statements of one article may be compared in, else 413"""
    max_check_characters: _Positive = 500_000
    """characters the texts of one check may have together, else 413"""
    max_check_words: _Positive = 100_000
    """words and marks the texts of one check may have together, else 413"""
    max_reconcile: _Positive = 50
    """queries that one batch of the reconciliation service may have, else 413"""
    max_candidates: _Positive = 256
    """statements a new one is held against at the most"""
    max_postings: _Positive = 4_000
    """statements read for each key of a new one; of keys that more have, fewer"""
    max_raised: _Positive = 20
    """contradictions a statement may have raised as it is judged, the surest first"""
    max_opposed: _Positive = 50
    """contradictions a statement may have raised by its stances, the same speaker's first"""
    idempotency_hours: _Positive = 24
    """hours for which the answer to an Idempotency-Key is kept"""
    signing_key: str = ""
    """file of the key that heads are signed with, made if missing; the ledger's name and .key"""
    webhook_networks: _Networks = ""
    """private addresses and networks into which webhooks may lead, by comma, as 10.1.0.0/16"""
    webhook_timeout: Annotated[int, Field(ge=1, le=300)] = 10
    """seconds that the delivery of a notice may take, its answer included"""
    webhook_retries: _Waits = "5, 60, 300, 1800, 7200, 18000, 36000, 36000"
    """seconds to wait before each repeated delivery of a notice, by comma; then it is set aside"""
    nli_model: str = ""
    """folder of an ONNX model to ask for a second opinion; needs counterclaim[nli]"""
    metrics: Literal["home", "all", "nobody"] = "home"
    """who reads /metrics: home (this machine, and whoever has a key), all, or nobody: then requests
    are not counted"""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """debug, info, warning or error"""
    log_format: Literal["auto", "json", "text"] = "auto"
    """json, text or auto: text on a terminal, else JSON"""

    @classmethod
    def from_environment(cls) -> Self:
        """What the environment says.

        Raises:
            ValueError: a variable is no setting, or does not hold what its setting takes; the
                message names it, and shows no password.
        """
        checks.refuse_unknown(
            (name for name, value in os.environ.items() if value),
            PREFIX,
            [name.upper() for name in cls.model_fields],
        )
        try:
            return cls()
        except ValidationError as error:
            raise ValueError(" ".join(map(_told, error.errors()))) from None

    @model_validator(mode="after")
    def refuse_pointless(self) -> Self:
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
        return self

    def in_force(self) -> dict[str, str]:
        """What is in force for each variable, without passwords."""
        return {variable_of(name): masked(str(value)) for name, value in self}


def variable_of(name: str) -> str:
    """The variable that a setting is read from."""
    return PREFIX + name.upper()


def _told(error: Any) -> str:
    reason = str(error.get("ctx", {}).get("error", error["msg"]))
    if not error["loc"]:
        return reason
    told = f"{variable_of(error['loc'][0])} cannot be {error['input']!r}: {reason}."
    return masked(told)
