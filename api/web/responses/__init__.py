"""How an answer is put together: pages, CSV, Atom, streams."""
