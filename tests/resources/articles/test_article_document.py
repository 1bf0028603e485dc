"""The call of docs/articles.md: what is shown is what is answered."""

import json
import re
from pathlib import Path

DOCUMENT = (Path(__file__).parents[3] / "docs" / "articles.md").read_text(encoding="utf-8")


def test_the_documents_call_is_answered_as_shown(client):
    body = re.search(r"/v1/articles \\\n.* -d '(\{.*?\})' \|", DOCUMENT, re.DOTALL)[1]
    shown = re.search(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[1]
    answer = client.post("/v1/articles", data=body.encode(), content_type="application/json")
    assert rounded(answer.json) == json.loads(shown)


def rounded(value, name=None):
    """An answer without what changes from run to run: moments, and the last digits of scores."""
    if isinstance(value, dict):
        return {name: rounded(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    if name in ("created_at", "updated_at"):
        return "…"
    return round(value, 1) if isinstance(value, float) else value
