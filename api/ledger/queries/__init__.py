"""What is read of the ledger: lists, single things, and how they are shown."""
