"""What proves the history: the signed head, the key, the verification."""
