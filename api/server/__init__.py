"""gunicorn, run on the settings."""
