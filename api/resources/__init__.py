"""One file a resource: what each call takes, gives, and whom it asks."""
