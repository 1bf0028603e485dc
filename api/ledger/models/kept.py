"""What is kept beside: the history, the keys and answers of the API, webhooks."""

from typing import Any

import orjson
from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from api.ledger.models.rows import JsonField, Table, Versioned
from api.ledger.storage.compression import compress, decompress


class Change(Table):
    """One version of one subject, as it was committed."""

    id = AutoField()
    subject = TextField()
    subject_id = IntegerField()
    version = IntegerField()
    action = TextField()
    at = TextField()
    who = TextField(null=True)
    why = TextField(null=True)
    # Without them where they were redacted: what is left is the hash of the two.
    packed = BlobField(null=True, column_name="record")
    salt = BlobField(null=True)
    record_hash = BlobField(null=True)
    digest = BlobField()
    # See ``looked_up_by``.
    speaker_id = IntegerField(null=True)
    statement_id = IntegerField(null=True)
    proposition_id = IntegerField(null=True)
    is_retracted = BooleanField(default=False)

    @property
    def record(self) -> str | None:
        """The record as it was committed, canonical JSON; None where it was redacted."""
        return None if self.packed is None else decompress(bytes(self.packed)).decode()

    def keep(self, record: bytes | None) -> None:
        """Take in a record, or that there is none any more."""
        self.packed = None if record is None else compress(record)
        for name, value in self.looked_up_by().items():
            setattr(self, name, value)

    def looked_up_by(self) -> dict[str, Any]:
        """What versions are looked up by: what was redacted reads as retracted."""
        told = self.kept() or {}
        return {
            "speaker_id": told.get("speaker_id"),
            "statement_id": told.get("statement_id"),
            "proposition_id": told.get("proposition_id"),
            "is_retracted": self.packed is None or told.get("status") == "retracted",
        }

    def kept(self) -> dict[str, Any] | None:
        """The record; None of what was deleted, and where it was redacted."""
        return None if self.packed is None else orjson.loads(decompress(bytes(self.packed)))


class MerkleNode(Table):
    """A complete subtree of the changes; its position counts those of its level from 0."""

    level = IntegerField()
    position = IntegerField()
    hash = BlobField()

    class Meta:
        primary_key = CompositeKey("level", "position")


class KeptAnswer(Table):
    """The answer that was given to a caller's Idempotency-Key."""

    caller = TextField()
    key = TextField()
    request = BlobField()
    status = IntegerField()
    headers = TextField()
    body = BlobField()
    created_at = TextField()

    class Meta:
        table_name = "idempotency"
        primary_key = CompositeKey("caller", "key")


class RedactedWords(Table):
    """What is left of words that were redacted: a hash by which they are known again."""

    word_hash = BlobField(primary_key=True)
    statement = IntegerField(column_name="statement_id")


class ApiKey(Table):
    """A key of the API, by the hash of its secret."""

    id = AutoField()
    name = TextField()
    lookup = TextField()
    secret_hash = BlobField()
    scopes = JsonField()
    created_at = TextField()
    expires_at = TextField(null=True)
    revoked_at = TextField(null=True)


class Webhook(Versioned):
    """Somebody who is told of changes; that is no part of the history."""

    url = TextField()
    events = JsonField()
    filter = JsonField()
    secrets = JsonField()
    status = TextField(default="active")
    disabled_because = TextField(null=True)
    read_to = IntegerField()
    failures = IntegerField(default=0)
    retry_at = TextField(null=True)
    last_delivered_at = TextField(null=True)
    last_error = TextField(null=True)
    leased_by = TextField(null=True)
    leased_until = TextField(null=True)


class WebhookDelivery(Table):
    """A notice that could not be delivered when it was due."""

    id = AutoField()
    webhook = ForeignKeyField(Webhook)
    webhook_id: int
    change = ForeignKeyField(Change)
    change_id: int
    event = TextField()
    subject = TextField()
    subject_id = IntegerField()
    status = TextField()
    attempts = IntegerField(default=0)
    next_attempt_at = TextField(null=True)
    answered = IntegerField(null=True)
    error = TextField(null=True)
    created_at = TextField()
    updated_at = TextField()
