"""What English says, read from a parse: pure, and ignorant of statements, ledgers and the web."""
