"""What settings may hold, and how they are told."""
