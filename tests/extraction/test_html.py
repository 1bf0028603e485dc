"""Pages as a reader saves them: the article comes out, the furniture stays behind."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.extraction import NoText, extract, read_html
from tests.extraction.reading import holding, page


def test_a_news_page_tells_what_it_is():
    found = read_html(page("news"))
    assert found.title == "Harbour bridge to close in June, mayor says"
    assert found.url == "https://post.example/2024/03/bridge"
    assert (found.publisher, found.published_on) == ("Ellery Post", "2024-03-05")
    assert found.language == "en-GB"


@pytest.mark.parametrize("words", ["Best buys", "never again", "founder", "script", "Sport"])
def test_navigation_and_scripts_are_no_article(words):
    assert words not in read_html(page("news")).text


def test_statements_of_a_news_page():
    read = read_html(page("news"))
    found = extract(read.text, published_on=read.published_on, language="en-GB")
    assert holding(found, "People’s lives").speaker.name == "Ruth Okafor"
    assert holding(found, "a gift").speaker.name == "Daniel Voss"
    assert holding(found, "every page").speaker.name == "Ruth Okafor"


def test_statements_of_a_live_blog():
    read = read_html(page("live"))
    found = extract(read.text, published_on=read.published_on)
    assert holding(found, "reconnect the rest").speaker.name == "Lars Holm"
    assert holding(found, "No journey").speaker.name == "Eva Lund"
    assert holding(found, "eleven metres").speaker.kind == "organization"


def test_statements_of_an_interview():
    read = read_html(page("interview"))
    found = extract(read.text, published_on=read.published_on)
    assert holding(found, "rents by nine").speaker.name == "Marta Lind"


@pytest.mark.parametrize(
    "html",
    ["", "plain words", "<html></html>", "\0\1\2", "<div>" * 50_000 + "x", "<nav>Home</nav>"],
    ids=["empty", "no markup", "nothing", "binary", "nested", "navigation only"],
)
def test_pages_without_an_article(html):
    with pytest.raises(NoText, match="text"):
        read_html(html)


def test_a_page_too_long_to_be_one():
    with pytest.raises(NoText, match="longer"):
        read_html("<p>word</p>" * 400_000)


@settings(max_examples=50)
@given(st.text(alphabet="<>/=pdiv \"'&;#x0\ud800é", max_size=200))
def test_any_markup_is_read_or_refused(markup):
    with suppress(NoText):
        assert read_html(markup).text
