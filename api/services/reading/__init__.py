"""What is in the ledger, read as it is or as it was."""
