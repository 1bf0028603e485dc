"""How likely a candidate is a statement, and how likely it must be."""
