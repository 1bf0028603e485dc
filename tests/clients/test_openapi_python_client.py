"""The client that openapi-python-client generates."""

from tests.clients.making import HERE, hold, installed, run, spend_a_day, told, unnamed
from tests.serving import serving


def test_openapi_python_client_generates_a_client_without_a_warning_that_works(tmp_path):
    with serving(tmp_path, seeds=True, workers="1") as server:
        (generate, install), program, prints = told("openapi-python-client", server)
        said = run(generate.replace("tests/clients", str(HERE)), tmp_path)
        assert said == f"Generating {tmp_path}/counterclaim-client\n"
        models = tmp_path / "counterclaim-client" / "counterclaim_client" / "models"
        assert unnamed(models, r"\bVALUE_\d") == []

        tools = installed(install, tmp_path)
        (tmp_path / "ten_lines.py").write_text(program, encoding="utf-8")
        hold("python ten_lines.py", tmp_path, prints, tools)
        spend_a_day(f"python {HERE}/openapi_python_client.py", tmp_path, server, tools)
        survived = run(f"python {HERE}/examples_survive.py {server}", tmp_path, tools)
        assert int(survived) >= 50
