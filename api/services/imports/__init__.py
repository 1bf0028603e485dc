"""Statements, articles, reviews and ledgers in bulk."""
