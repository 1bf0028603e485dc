"""Scripts that write the committed data files from their sources."""
