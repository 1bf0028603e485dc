"""Statements recorded, revised, redacted; their sources, appearances, references, reviews."""
