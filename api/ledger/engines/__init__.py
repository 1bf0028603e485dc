"""The databases that a ledger may be in. What differs between them is told here, once for each."""
