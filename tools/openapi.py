"""Writes ``openapi.yaml`` from the code: ``python -m tools.openapi > openapi.yaml``."""

import sys

from api.app import create_app
from api.settings import Settings
from api.web.openapi.document import as_yaml, specification


def written() -> str:
    """The OpenAPI document of this release, as YAML."""
    app = create_app(Settings(database_url="sqlite:///openapi.db"))
    with app.app_context():
        return as_yaml(specification())


if __name__ == "__main__":
    sys.stdout.write(written())
