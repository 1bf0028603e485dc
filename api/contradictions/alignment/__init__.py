"""Which parts of two statements speak of one thing."""
