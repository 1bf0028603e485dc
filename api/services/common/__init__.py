"""What services share: errors, versions, dry runs, idempotency."""
