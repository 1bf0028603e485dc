"""Settings: read from the environment, documented in the README."""

from dataclasses import fields
from pathlib import Path

import pytest

from api.settings import PREFIX, Settings

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_each_setting_stands_in_the_readme_with_its_default_and_meaning():
    for setting in fields(Settings):
        default = f"`{setting.default}`" if setting.default else "none"
        row = f"| `{PREFIX}{setting.name.upper()}` | {default} | "
        (line,) = (line for line in README.splitlines() if line.startswith(row))
        meaning = setting.metadata["meaning"]
        assert line.removeprefix(row).replace("`", "").startswith(meaning)


def test_variables_override_defaults_and_empty_ones_do_not():
    given = {"COUNTERCLAIM_PORT": "9000", "COUNTERCLAIM_HOST": ""}
    settings = Settings.from_environment(given)
    assert (settings.port, settings.host) == (9000, "127.0.0.1")


@pytest.mark.parametrize("value", ["zero", "-1", "1.5", "٣", "0"])
def test_a_number_that_is_none_is_refused_by_name(value):
    with pytest.raises(ValueError, match="COUNTERCLAIM_WORKERS"):
        Settings.from_environment({"COUNTERCLAIM_WORKERS": value})
