"""contradictions."""
