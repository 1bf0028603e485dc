"""What a new ledger can be filled with: NDJSON of the bodies that POST /v1/statements takes."""
