"""Whom an article names, and whom its titles and pronouns mean."""
