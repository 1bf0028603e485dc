"""Answers kept by Idempotency-Key, in the transaction that made them."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import orjson

from api.ledger.models import KeptAnswer
from api.ledger.storage.clock import now, stamp
from api.ledger.storage.database import writing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a creating call answered: enough to say it again, byte for byte."""

    status: int
    headers: dict[str, str]
    body: bytes


def in_one_transaction(work: Callable[[], T]) -> T:
    """Do a piece of work and read what came of it before anybody else writes."""
    with writing():
        return work()


class KeyReused(Exception):
    """The key came with another request of the same caller's before."""


def answer_once(
    caller: str, key: str, request: bytes, answer: Callable[[], Answer], hours: int
) -> Answer:
    """Answer a request, or say again what it was answered before.

    The work and the kept answer are committed together; a second request with the key waits for
    the first one's transaction and then reads its answer.

    Args:
        caller: who asks; what others were answered under the same key is nothing to him.
        key: the caller's Idempotency-Key.
        request: what makes the request this one: its method, path and body.
        answer: does the work.
        hours: how long an answer is kept.

    Raises:
        KeyReused: the key belongs to another request of this caller's.
    """
    digest = hashlib.sha256(request).digest()
    with writing():
        oldest = stamp(datetime.now(UTC) - timedelta(hours=hours))
        KeptAnswer.erase(KeptAnswer.created_at < oldest)
        kept = KeptAnswer.one(caller=caller, key=key)
        if kept is not None:
            if bytes(kept.request) != digest:
                raise KeyReused
            return Answer(kept.status, orjson.loads(kept.headers), bytes(kept.body))
        given = answer()
        KeptAnswer.add(
            caller=caller,
            key=key,
            request=digest,
            status=given.status,
            headers=orjson.dumps(given.headers).decode(),
            body=given.body,
            created_at=now(),
        )
        return given
