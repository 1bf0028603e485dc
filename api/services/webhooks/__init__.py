"""Webhooks: registered, told of changes over HTTP, kept out of private networks."""
