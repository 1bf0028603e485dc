"""Clients that openapi-generator writes in other languages: compiled, and used as the page tells.

What they are compiled with comes from Debian (see ``.ci/run``) and from npm; Java's libraries stand
in part in the generator's own archive.
"""

import re
import shutil
from pathlib import Path

import openapi_generator_cli
import pytest

from tests.clients.making import HERE, hold, run, told
from tests.serving import serving

_DEBIAN = "/usr/share/java"
_JARS = ":".join(
    (
        str(Path(openapi_generator_cli.__file__).parent / "openapi-generator.jar"),
        f"{_DEBIAN}/jakarta-annotation-api.jar",
        f"{_DEBIAN}/httpmime.jar",
    )
)
# How each is built and run, and under which name its program is saved.
_BUILT = {
    "Java": (
        "Desk.java",
        "java=$(find counterclaim-client/src/main -name '*.java')\n"
        f"javac -nowarn -cp {_JARS} -d classes Desk.java $java",
        f"java -cp classes:{_JARS} Desk",
    ),
    "Go": (
        "desk.go",
        "rm -r counterclaim/test\n"
        "printf 'module desk\\n\\ngo 1.19\\n' > go.mod\n"
        "GOFLAGS=-mod=mod GOPROXY=off go build -o desk .",
        "./desk",
    ),
    "Ruby": (
        "desk.rb",
        "find counterclaim-client/lib -name '*.rb' | xargs -n 1 ruby -c",
        "ruby -W:no-deprecated -I counterclaim-client/lib desk.rb",
    ),
    "TypeScript with fetch": (
        "desk.ts",
        f"ln -s {HERE}/node_modules && cp {HERE}/package.json . &&"
        " node_modules/.bin/tsc --strict --target es2024 --module nodenext --types node"
        " --outDir built desk.ts",
        "node built/desk.js",
    ),
}

pytestmark = pytest.mark.npm


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served"), seeds=True, workers="1") as address:
        yield address


@pytest.mark.parametrize("language", _BUILT)
def test_a_client_compiles_and_works_as_the_page_tells(server, tmp_path, language):
    name, build, use = _BUILT[language]
    client = told(language, server)
    assert "writing file" in run(client.commands[0], tmp_path)
    (tmp_path / name).write_text(client.program, encoding="utf-8")
    run(build, tmp_path)
    hold(use, tmp_path, client.prints)


def test_others_are_generated_with_types_for_all(server, tmp_path):
    """Not compiled here; no class in them stands for one of several things."""
    commands = told("Others", server).commands
    assert len(commands) == 3
    for command in commands:
        assert "writing file" in run(command, tmp_path)
    sources = [*tmp_path.rglob("*.java"), *tmp_path.rglob("*.kt"), *tmp_path.rglob("*.cs")]
    assert len(sources) > 300
    for source in sources:
        # Its ancestors carry the words for models of the kind.
        kind = re.search(r"class \w+ extends AbstractOpenApiSchema", source.read_text("utf-8"))
        assert kind is None, source
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
