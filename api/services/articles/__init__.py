"""Articles read into statements, and found again when they are posted again."""
