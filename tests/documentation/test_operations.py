"""The page on operations and the files beside it: what they name is what there is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from api.commands.main import main
from api.settings import PREFIX, Settings
from tools.tables import written

ROOT = Path(__file__).parents[2]
FILES = ("docs/operations.md", "Dockerfile", "compose.yaml", *map(str, (ROOT / "deploy").iterdir()))


def test_its_tables_are_those_of_the_code():
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert page.count("<!-- table ") == 3
    assert written(page) == page, "run: make docs"


@pytest.mark.parametrize("file", FILES)
def test_only_settings_that_there_are_are_named(file):
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", (ROOT / file).read_text(encoding="utf-8")))
    assert named <= known


def test_the_dockerfile_is_one_that_a_linter_finds_nothing_in():
    linter = Path(sys.executable).parent / "hadolint"
    run = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")


def test_compose_runs_what_the_units_run_and_as_safely():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    units = " ".join(
        (ROOT / "deploy" / name).read_text(encoding="utf-8")
        for name in ("counterclaim.service", "counterclaim-deliver.conf")
    )
    run = {service.get("command", ["serve"])[0]: service for service in services.values()}
    assert set(run) == set(re.findall(r"^ExecStart=\S+ (\w+)", units, re.M)) <= set(main.commands)
    server, courier = run["serve"], run["deliver"]
    # One image, one ledger, the same bounds.
    own = {"ports", "command", "depends_on", "healthcheck"}
    common = [{key: each[key] for key in each.keys() - own} for each in (server, courier)]
    assert common[0] == common[1]
    assert {"read_only", "cap_drop", "security_opt", "volumes"} <= common[0].keys()
    # Nobody calls it, and the image's own check asks a server.
    assert "ports" not in courier
    assert courier["healthcheck"] == {"disable": True}
    assert courier["depends_on"]["counterclaim"] == {"condition": "service_healthy"}


def test_an_image_holds_what_the_wheel_does():
    """A package that is added to the wheel must not be forgotten in the image."""
    packages = re.search(r"^packages = \[(.*)\]", (ROOT / "pyproject.toml").read_text(), re.M)[1]
    copied = (ROOT / "Dockerfile").read_text(), (ROOT / ".dockerignore").read_text()
    for name in re.findall(r'"(\w+)"', packages):
        assert f"COPY {name} {name}\n" in copied[0]
        assert f"!{name}\n" in copied[1]
