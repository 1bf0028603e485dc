"""dry_runs."""
