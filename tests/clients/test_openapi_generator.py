"""The client that openapi-generator generates for Python, in a Java that comes as a package."""

import json
import re

import pytest

from tests.clients.making import hold_python, run, told, unnamed
from tests.serving import serving

pytestmark = pytest.mark.slow

# Nothing in it can be wrong: what the generator warns of here, it warns of everywhere.
_LEAST = {
    "openapi": "3.1.0",
    "info": {"title": "Least", "version": "1"},
    "paths": {},
    "components": {
        "schemas": {"Thing": {"type": "object", "properties": {"name": {"type": "string"}}}}
    },
}
_WARNING = re.compile(r"^\[\w+\] (?:WARN|ERROR).*$", re.MULTILINE)


def test_openapi_generator_generates_a_client_without_a_warning_that_works(tmp_path):
    (tmp_path / "least.json").write_text(json.dumps(_LEAST))
    of_any = run("openapi-generator-cli generate -i least.json -g python -o least", tmp_path)
    with serving(tmp_path, seeds=True) as server:
        client = told("openapi-generator", server)
        said = run(client.commands[0], tmp_path)
        assert "writing file" in said
        assert set(_WARNING.findall(said)) - set(_WARNING.findall(of_any)) == set()
        package = tmp_path / "counterclaim-client" / "counterclaim_client"
        assert unnamed(package, r"Annotated\[Optional\[Any\]") == []
        hold_python(client, tmp_path, server, "openapi_generator.py")
