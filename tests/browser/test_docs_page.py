"""The page at ``/docs``, in a browser that reaches nothing but the server.

``make browser`` runs it in a network of its own, which has loopback alone.
"""

import json
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    element_to_be_clickable,
    visibility_of_element_located,
)
from selenium.webdriver.support.ui import WebDriverWait

from tests.serving import new_key, serving

pytestmark = pytest.mark.browser

_PICTURE = Path(__file__).parents[2] / "build" / "docs.png"
_PATIENCE_SECONDS = 20


@pytest.fixture
def browser():
    """Chromium without a window, which notes what it asks for and what goes wrong."""
    assert [name for _, name in socket.if_nameindex()] == ["lo"], "run it with: make browser"
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,1800"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


class Page:
    """The page, and what its reader does there."""

    def __init__(self, browser, server):
        self.browser = browser
        self._wait = WebDriverWait(browser, _PATIENCE_SECONDS)
        browser.get(f"{server}/docs/")
        self.see(".opblock")

    def see(self, selector):
        return self._wait.until(visibility_of_element_located((By.CSS_SELECTOR, selector)))

    def press(self, selector):
        button = self._wait.until(element_to_be_clickable((By.CSS_SELECTOR, selector)))
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def operations(self):
        shown = self.browser.find_elements(By.CSS_SELECTOR, ".opblock")
        return {each.get_attribute("id").rpartition("-")[2] for each in shown}

    def unfold(self, operation):
        """Open an operation to try it; gives what selects it."""
        block = f".opblock[id$='-{operation}']"
        self.press(f"{block} .opblock-summary-control")
        self.press(f"{block} .try-out__btn")
        return block

    def execute(self, block):
        """Make the call; gives its status and the text of its answer."""
        for clear in self.browser.find_elements(By.CSS_SELECTOR, f"{block} .btn-clear"):
            clear.click()
        self.press(f"{block} .btn.execute")
        answer = self.see(f"{block} .live-responses-table .response")
        status = answer.find_element(By.CSS_SELECTOR, ".response-col_status").text
        return int(status.split()[0]), answer.find_element(By.CSS_SELECTOR, "code").text

    def authorize(self, key):
        self.press(".auth-wrapper .btn.authorize")
        self.see(".auth-container input").send_keys(key)
        self.press(".auth-btn-wrapper .btn.authorize")
        self.press(".auth-btn-wrapper .btn-done")

    def requested(self):
        """The addresses that were asked for since this was last read."""
        noted = [
            json.loads(each["message"])["message"] for each in self.browser.get_log("performance")
        ]
        sent = [each for each in noted if each["method"] == "Network.requestWillBeSent"]
        addresses = [each["params"]["request"]["url"] for each in sent]
        return [each for each in addresses if not each.startswith("data:")]


def test_the_page_shows_every_operation_and_tries_one_with_the_network_cut(browser, tmp_path):
    with serving(tmp_path, seeds=True) as server:
        page = Page(browser, server)
        with urlopen(f"{server}/openapi.json") as document:
            paths = json.load(document)["paths"]
        assert page.operations() == {
            operation["operationId"]
            for path in paths.values()
            for method, operation in path.items()
            if method != "parameters"
        }

        block = page.unfold("listStatements")
        page.see(f"{block} tr[data-param-name='q'] input").send_keys("territory")
        status, answer = page.execute(block)
        assert status == 200
        assert "Ukraine will not give up territory" in answer

        requested = page.requested()
        assert f"{server}/v1/statements?limit=50&q=territory" in requested
        assert [each for each in requested if not each.startswith(f"{server}/")] == []
        # Refused by the page's own policy, not found, or broken.
        assert [each for each in browser.get_log("browser") if each["level"] == "SEVERE"] == []


def test_a_key_opens_writing_from_the_page(browser, tmp_path):
    with serving(tmp_path) as server:
        key = new_key(tmp_path, "write")
        page = Page(browser, server)
        block = page.unfold("createSpeaker")
        status, answer = page.execute(block)
        assert status == 401
        assert "/problems/key-needed" in answer

        page.authorize(key)
        status, answer = page.execute(block)
        _PICTURE.parent.mkdir(exist_ok=True)
        browser.save_screenshot(str(_PICTURE))
        assert status == 201
        with urlopen(f"{server}/v1/speakers/1") as made:
            assert json.loads(answer) == json.load(made)
        assert [each for each in page.requested() if not each.startswith(f"{server}/")] == []
