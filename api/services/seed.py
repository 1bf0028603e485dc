"""The seeds that come with Counterclaim, loaded as any caller would load them."""

from importlib import resources

import orjson

from api.services.record import draft, record


def load_seeds() -> tuple[int, int]:
    """Record every seed: how many were new, and how many were there already."""
    new = known = 0
    for file in sorted(resources.files("seeds").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".ndjson"):
            for line in file.read_text(encoding="utf-8").splitlines():
                _, created = record(draft(orjson.loads(line)))
                new, known = new + created, known + (not created)
    return new, known
