"""The built wheel alone, in an empty virtual environment, is a whole Counterclaim."""

import json
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.serving import serving

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    environment = tmp_path_factory.mktemp("empty") / "venv"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, str(environment)], check=True)
    python = str(environment / "bin" / "python")
    locked = str(ROOT / "requirements" / "run.txt")
    subprocess.run(
        [*uv, "pip", "install", "--python", python, "--constraint", locked, str(wheel)], check=True
    )
    return str(environment / "bin" / "counterclaim")


def test_the_wheel_holds_the_packages_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"api", "schemas", "seeds"}
    assert any(name.endswith(".sql") for name in names)
    assert any(name.startswith("seeds/") and name.endswith(".ndjson") for name in names)


def test_the_installed_command_serves_seeds_and_flags(command, tmp_path):
    with (
        serving(tmp_path, seeds=True, command=command) as address,
        urllib.request.urlopen(f"{address}/v1/contradictions") as answer,
    ):
        found = json.load(answer)["items"]
    assert len(found) == 3


def test_the_installed_command_serves_an_empty_ledger_where_there_is_none(command, tmp_path):
    with (
        serving(tmp_path, command=command) as address,
        urllib.request.urlopen(f"{address}/v1/statements") as answer,
    ):
        assert json.load(answer) == {"items": [], "next": None}
