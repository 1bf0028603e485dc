"""What CONTRIBUTING.md and the documentation say of the repository: paths, names, directions."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "README.md", *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")))
FILES = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split()
TOP = frozenset(file.partition("/")[0] for file in FILES if "/" in file)
# Scripts that a page has its reader save.
SAVED = frozenset(("check.py", "spoil.py", "forge.py"))
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:\.\./)?([\w.*-]+(?:/[\w.*-]+)*/?)(?::(\w+))?")
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def quoted(page: str) -> list[str]:
    """What stands in backticks on a page, outside of blocks of code."""
    text = _CODE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    return _QUOTED.findall(text)


def paths(page: str) -> list[tuple[str, str | None]]:
    """The paths of the repository that a page names, each with the name in it, where one stands."""
    found = [match for each in quoted(page) if (match := _PATH.fullmatch(each))]
    return [(match[1], match[2]) for match in found if is_path(match[1])]


def is_path(words: str) -> bool:
    return (words.partition("/")[0] in TOP and "/" in words) or words.endswith((".py", ".md"))


def standing_for(path: str) -> list[str]:
    """The files that a path means; the folders before it may be left out."""
    ending = re.escape(path).replace(r"\*", "[^/]*") + (".*" if path.endswith("/") else "")
    return [file for file in FILES if re.fullmatch(f"(?:.*/)?{ending}", file)]


@pytest.mark.parametrize("page", PAGES)
def test_the_paths_it_names_are_there(page):
    wrong = {path for path, _ in paths(page) if path not in SAVED and not standing_for(path)}
    assert not wrong


def test_the_names_it_gives_in_a_file_are_defined_there():
    named = [(path, name) for path, name in paths("CONTRIBUTING.md") if name]
    assert len(named) > 30
    wrong = {
        f"{path}:{name}"
        for path, name in named
        if not re.search(
            rf"^ *(?:def|class) {name}\b|^{name}\b.* = ", (ROOT / path).read_text(), re.MULTILINE
        )
    }
    assert not wrong


def packages() -> set[str]:
    return {
        file.removesuffix("__init__.py") for file in FILES if re.match(r"api/.+/__init__", file)
    }


def test_each_folder_of_the_code_has_its_row():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (`api/.*?) \|", text.partition("## How a request goes")[0], re.MULTILINE
    )
    told = [path for row in rows for path in _QUOTED.findall(row) if path.endswith("/")]
    assert sorted(told) == sorted(packages())


def test_the_rows_stand_in_the_order_that_import_linter_holds():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in config["tool"]["importlinter"]["contracts"]:
        if contract["type"] != "layers":
            continue
        named = [
            place
            for layer in contract["layers"]
            for module in layer.split(" | ")
            for kind in ("/", ".py")
            if (place := text.find(f"| `{module.replace('.', '/')}{kind}`")) >= 0
        ]
        assert named == sorted(named), contract["name"]
