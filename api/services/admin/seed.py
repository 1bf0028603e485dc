"""The seeds that come with Counterclaim, loaded as any caller would load them."""

from importlib import resources

import orjson

from api.services.common.errors import Conflict
from api.services.statements.record import commit_statement, prepare_statement


def load_seeds() -> tuple[int, int]:
    """Record every seed: how many were new, and how many were there already.

    What people made of a seed since (a revision, a second speaker of its name) stays as it is.
    """
    new = known = 0
    for file in sorted(resources.files("seeds").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".ndjson"):
            for line in file.read_text(encoding="utf-8").splitlines():
                try:
                    _, created = commit_statement(prepare_statement(orjson.loads(line)))
                except Conflict:
                    created = False
                new, known = new + created, known + (not created)
    return new, known
