"""Settings: read from the environment, documented on a page of their own."""

import os
import re
from pathlib import Path

import pytest

from api.settings import PREFIX, Settings
from tools.tables import written

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture
def read(monkeypatch):
    """Reads the settings of an environment."""

    def read(given):
        for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
            monkeypatch.delenv(name)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return Settings.from_environment()

    return read


def test_the_page_of_settings_tells_each_as_the_code_has_it():
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page), "run: make docs"
    for name in Settings.model_fields:
        assert f"| `{PREFIX}{name.upper()}` | " in page


def test_variables_override_defaults_and_empty_ones_do_not(read):
    given = {"COUNTERCLAIM_PORT": "9000", "COUNTERCLAIM_HOST": ""}
    settings = read(given)
    assert (settings.port, settings.host) == (9000, "127.0.0.1")


@pytest.mark.parametrize("value", ["zero", "-1", "1.5", "٣", "0"])
def test_a_number_that_is_none_is_refused_by_name(read, value):
    with pytest.raises(ValueError, match="COUNTERCLAIM_WORKERS"):
        read({"COUNTERCLAIM_WORKERS": value})


def test_all_that_cannot_be_are_told_at_once(read):
    given = {"WORKERS": "0", "PORT": "65536", "METRICS": "some", "HOST": "localhost:8000"}
    with pytest.raises(ValueError, match="COUNTERCLAIM_") as refused:
        read({f"{PREFIX}{name}": value for name, value in given.items()})
    for name, told in {"WORKERS": "1", "PORT": "65535", "METRICS": "'home'", "HOST": "is"}.items():
        assert re.search(rf"{PREFIX}{name} cannot be '[^']*': .*{told}", str(refused.value))


def test_each_setting_has_a_meaning():
    assert all(setting.description for setting in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("COUNTERCLAIM_READ_NEED_KEY", "COUNTERCLAIM_READS_NEED_KEY"),
        ("COUNTERCLAIM_WORKER", "COUNTERCLAIM_WORKERS"),
        ("COUNTERCLAIM_CORS_ORIGIN", "COUNTERCLAIM_CORS_ORIGINS"),
        ("COUNTERCLAIM_DATABSE_URL", "COUNTERCLAIM_DATABASE_URL"),
        ("counterclaim_port", "COUNTERCLAIM_PORT"),
        ("COUNTERCLAIM_ZAUNKOENIG", "counterclaim config"),
        ("COUNTERCLAIM_SERVICE_HOST", "enableServiceLinks: false"),
        ("COUNTERCLAIM_PORT_8000_TCP_ADDR", "enableServiceLinks: false"),
    ],
)
def test_a_variable_that_is_no_setting_is_refused_with_what_may_be_meant(read, variable, meant):
    with pytest.raises(ValueError, match=f"{variable} is no setting.*{meant}"):
        read({variable: "yes"})
    # Empty is as good as not there, as for those that are known.
    assert read({variable: ""}) == Settings()


def test_all_that_are_unknown_are_told_at_once(read):
    with pytest.raises(ValueError, match=r"COUNTERCLAIM_HOSTNAME.*COUNTERCLAIM_READ_NEED_KEY"):
        read({"COUNTERCLAIM_READ_NEED_KEY": "yes", "COUNTERCLAIM_HOSTNAME": "x", "HOME": "/"})


@pytest.mark.parametrize(
    ("origin", "meant"),
    [
        ("app.example", "https://app.example"),
        ("https://app.example/", "https://app.example"),
        ("https://app.example/page?q", "https://app.example"),
        ("https://App.Example", "https://app.example"),
        ("HTTPS://app.example", "https://app.example"),
        ("https://app.example:443", "https://app.example"),
        ("http://app.example:80", "http://app.example"),
        ("https://anna@app.example", "https://app.example"),
        ("https://app.example.", "https://app.example"),
        ("http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000"),
        ("localhost:3000", "https://localhost:3000"),
        ("https://*.app.example", "each one stated"),
        ("https://app.example:port", "each one stated"),
        ("https://größe.example", "xn--"),
        ("https://.*", "each one stated"),
    ],
)
def test_an_origin_that_no_page_has_is_refused_with_the_one_that_may_be_meant(read, origin, meant):
    given = {"COUNTERCLAIM_CORS_ORIGINS": f"https://desk.example, {origin}"}
    with pytest.raises(ValueError, match=r"COUNTERCLAIM_CORS_ORIGINS.*") as refused:
        read(given)
    assert meant in str(refused.value)


@pytest.mark.parametrize(
    "origins",
    ["*", "https://app.example,http://localhost:3000", "http://[::1]:8080", "moz-extension://0a-1"],
)
def test_origins_that_pages_have_are_taken(read, origins):
    given = {"COUNTERCLAIM_CORS_ORIGINS": origins}
    assert read(given).cors_origins == origins


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"HOST": "localhost:8000"}, "'localhost' is"),
        ({"HOST": "http://localhost"}, "'localhost' is"),
        ({"HOSTS": "ledger.example, https://desk.example:8443/"}, "'desk.example' is"),
        ({"HOSTS": "*.ledger.example"}, "COUNTERCLAIM_HOSTS"),
        ({"HOSTS": "[::1]:80"}, "'::1' is"),
        ({"RATE_LIMIT": "0 per minute"}, "leave it empty"),
        ({"RATE_LIMIT": "often"}, "COUNTERCLAIM_RATE_LIMIT"),
        ({"RATE_STORAGE": "redis://127.0.0.1"}, "without COUNTERCLAIM_RATE_LIMIT"),
        ({"READ_URLS": "postgresql://copy.example/x"}, "COUNTERCLAIM_DATABASE_URL"),
        ({"PROXIES": "10.0.0.1:80"}, "COUNTERCLAIM_PROXIES"),
        ({"PROXIES": "proxy.example"}, "COUNTERCLAIM_PROXIES"),
        ({"WEBHOOK_NETWORKS": "private"}, "COUNTERCLAIM_WEBHOOK_NETWORKS"),
        ({"WEBHOOK_RETRIES": "5s"}, "COUNTERCLAIM_WEBHOOK_RETRIES"),
    ],
)
def test_what_can_never_work_is_refused(read, given, told):
    with pytest.raises(ValueError, match="COUNTERCLAIM_") as refused:
        read({f"{PREFIX}{name}": value for name, value in given.items()})
    assert told in str(refused.value)


@pytest.mark.parametrize("host", ["::1", "[::1]", "0.0.0.0", "::", "ledger.example"])
def test_an_address_to_listen_on_is_taken_with_brackets_and_without(read, host):
    assert read({"COUNTERCLAIM_HOST": host}).host == host


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://anna:gehe@im,/x@db.example/x?sslpassword=geheim&a=1"),
        ("READ_URLS", "postgresql://a:geheim@b/x, postgresql://a:geheim@c/x?password=geheim"),
        ("RATE_STORAGE", "redis://:geheim@127.0.0.1:6379/0"),
        ("RATE_STORAGE", "memcached://:geheim@127.0.0.1"),
        ("DATABASE_URL", "mysql://anna:geheim@db.example/x"),
    ],
)
def test_no_password_is_told(read, name, value):
    given = {
        "COUNTERCLAIM_DATABASE_URL": "postgresql://db.example/x",
        "COUNTERCLAIM_RATE_LIMIT": "9 per minute",
        f"{PREFIX}{name}": value,
    }
    try:
        told = read(given).in_force()[f"{PREFIX}{name}"]
    except ValueError as error:
        told = str(error)
    assert "***" in told
    assert "gehe" not in told and "im," not in told
