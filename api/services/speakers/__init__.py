"""Speakers created, merged, found by name; the Reconciliation Service API."""
