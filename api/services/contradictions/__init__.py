"""Statements held against each other: candidates, comparison, outcomes, review."""
