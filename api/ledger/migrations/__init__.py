"""Numbered migrations, a folder of SQL for each database, and what runs them."""
