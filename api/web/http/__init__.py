"""What HTTP says: bodies, ETags, cursors, ids, problems, and who a proxy speaks for."""
