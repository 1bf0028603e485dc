"""Marshmallow schemas, one file a resource: they check what comes in and describe the rest."""
