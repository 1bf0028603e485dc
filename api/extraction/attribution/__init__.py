"""Who says what in an article: candidates scored, selected, resolved, dated."""
