"""Whole tables, as exports and copies carry them."""
