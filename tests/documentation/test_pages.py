"""The pages of documentation: each command is run, in its order, and its answer compared.

``python -m tools.answers`` writes the answers anew.
"""

from pathlib import Path

import pytest

from api.services.webhooks.http_post import signed
from tests.pages import answer, save, settled, steps
from tests.serving import serving

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["curl.md", "mirrors.md", "proof.md", "reconciliation.md"])
def test_a_page_shows_what_is_answered(name, tmp_path):
    page = (DOCS / name).read_text(encoding="utf-8")
    found = list(steps(page))
    assert found
    save(page, tmp_path)
    with serving(tmp_path, seeds=True) as server:
        for command, shown in found:
            assert answer(command, server, tmp_path) == settled(shown), command


def test_the_receiver_of_webhooks_takes_what_is_signed_and_nothing_else(capsys):
    page = (DOCS / "mirrors.md").read_text(encoding="utf-8")
    shown = {"__name__": __name__}
    exec(page.split("```python\n")[1].split("```")[0], shown)
    receiver = shown["app"].test_client()
    body = b'{"type": "contradiction.flagged", "data": {"record": {"explanation": "So."}}}'
    headers = signed([shown["secret"]], "msg_1", body)
    for sent, status in ((body, 204), (body, 204), (body + b" ", 400)):
        answer = receiver.post("/counterclaim", data=sent, headers=headers)
        assert answer.status_code == status
    assert capsys.readouterr().out == "contradiction.flagged So.\n"


def test_twenty_tasks_are_shown():
    page = (DOCS / "curl.md").read_text(encoding="utf-8")
    assert len(list(steps(page))) == 20
