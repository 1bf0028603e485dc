"""What the API does, in verbs."""
