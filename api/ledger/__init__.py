"""The record itself: models, queries, migrations, history."""
