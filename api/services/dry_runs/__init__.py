"""What a call would answer, tried on a copy in memory of what it reads."""
