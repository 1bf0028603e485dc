"""The types that openapi-typescript generates, with openapi-fetch, in a Node from a package."""

import json
import re
import shutil

import pytest

from tests.clients.making import HERE, hold, run, spend_a_day, told
from tests.serving import serving

_CHECK = "tsc --noEmit --strict --target es2024 --module nodenext --types node *.ts"

pytestmark = pytest.mark.npm


def test_openapi_typescript_generates_types_without_a_warning_that_work(tmp_path):
    packages = json.loads((HERE / "package.json").read_text())["dependencies"]
    (tmp_path / "node_modules").symlink_to(HERE / "node_modules")
    tools = tmp_path / "node_modules" / ".bin"
    with serving(tmp_path, seeds=True) as server:
        (install, generate), program, prints = told("openapi-typescript", server)
        named = re.sub("@[^ ]+", "", install.removeprefix("npm install ")).split()
        assert set(named) == set(packages)
        first, second = run(generate.removeprefix("npx "), tmp_path, tools).splitlines()
        assert first == f"✨ openapi-typescript {packages['openapi-typescript']}"
        assert second.startswith(f"🚀 {server}/openapi.yaml → counterclaim.d.ts")

        (tmp_path / "ten_lines.ts").write_text(program, encoding="utf-8")
        for file in ("openapi_fetch.ts", "package.json"):
            shutil.copy(HERE / file, tmp_path)
        assert run(_CHECK, tmp_path, tools) == ""
        hold("node ten_lines.ts", tmp_path, prints)
        spend_a_day("node openapi_fetch.ts", tmp_path, server)
