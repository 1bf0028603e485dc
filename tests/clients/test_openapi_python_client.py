"""The client that openapi-python-client generates."""

import pytest

from tests.clients.making import HERE, hold_python, run, told, unnamed
from tests.serving import serving

pytestmark = pytest.mark.slow


def test_openapi_python_client_generates_a_client_without_a_warning_that_works(tmp_path):
    with serving(tmp_path, seeds=True) as server:
        client = told("openapi-python-client", server)
        said = run(client.commands[0].replace("tests/clients", str(HERE)), tmp_path)
        assert said == f"Generating {tmp_path}/counterclaim-client\n"
        models = tmp_path / "counterclaim-client" / "counterclaim_client" / "models"
        assert unnamed(models, r"\bVALUE_\d") == []
        hold_python(client, tmp_path, server, "openapi_python_client.py")
