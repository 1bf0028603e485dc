"""What ``verify`` holds the ledger against, part by part."""

OUTSIDE = {
    "idempotency": "answers kept for a day, for callers who repeat a call",
    "ledger.unswept": "that redacted words still stand in files of the database",
    "recheck": "how far a newer engine has come; all that it says goes into the history",
    "webhook_delivery": "notices that wait, and how often each was tried",
    "webhook.disabled_because": "told of the last attempt",
    "webhook.read_to": "how far it was told",
    "webhook.failures": "of the attempts since the last that went well",
    "webhook.retry_at": "when it is tried again",
    "webhook.last_delivered_at": "when a notice last went out",
    "webhook.last_error": "told of the last attempt",
    "webhook.leased_by": "which process delivers to it at the moment",
    "webhook.leased_until": "how long that one may",
    "schema_migration.applied_at": "when this file or database was migrated; a copy has its own",
    "speaker_trigram": "it stores nothing: it shows how often letters are in speaker_spelling",
}
"""The tables, and columns of others, that no check looks at, each with why."""
