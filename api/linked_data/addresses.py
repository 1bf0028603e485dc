"""Web addresses as documents of the world write them: without a scheme, or relative to a page."""

import re
from urllib.parse import urljoin

from api.linked_data.nodes import Value

_SITE = re.compile(r"(?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_WEB = re.compile(r"https?://\S", re.IGNORECASE)
_FILE = re.compile(r"[^\s/?#]+\.(?:html?|php|aspx?|jsp)(?:[?#]\S*)?", re.IGNORECASE)
# What leads on from a page; words such as N/A do not.
_RELATIVE = re.compile(rf"(?:\.{{0,2}}/|[?#])\S*|{_FILE.pattern}|[\w-]{{2,}}/[\w./%~-]{{2,}}\S*")


def is_web_address(text: str) -> bool:
    """Whether a text is a whole address."""
    return _WEB.match(text) is not None


def web_address(found: Value | None, page: str | None = None) -> Value | None:
    """An address made whole, with a note of how; what cannot be stays as it is.

    Args:
        found: what a document has for an address.
        page: the address of the page that it stands in, where that is known.
    """
    if found is None:
        return None
    text = str(found.value)
    if is_web_address(text):
        whole = text.replace(" ", "%20")
    elif page is not None and _FILE.fullmatch(text):
        whole = _joined(page, text)
    elif _SITE.fullmatch(text):
        whole = f"https://{text.lstrip('/')}"
    elif page is not None and _RELATIVE.fullmatch(text):
        whole = _joined(page, text)
    else:
        return found
    return found if whole == text else Value(whole, found.pointer, f"{text!r} is read as {whole}.")


def _joined(page: str, text: str) -> str:
    try:
        return urljoin(page, text)
    except ValueError:
        return text


def first_whole(candidates: list[Value], page: str | None) -> Value | None:
    """The first of some addresses of one thing that is whole, or can be made so.

    Args:
        candidates: in the order in which they are meant for it.
        page: the address of the page that they stand in, where that is known; it is the thing's
            where none of them is one.

    Returns:
        None where there is no candidate; the first of them as it is where nothing makes it whole.
    """
    whole = next((each.value for each in candidates if is_web_address(each.value)), None)
    base = page or whole
    for each in candidates:
        read = web_address(each, base)
        if read is not None and is_web_address(read.value):
            if each is candidates[0]:
                return read
            first = candidates[0]
            note = f"{first.value!r} is no web address: {read.value} is taken."
            return Value(read.value, first.pointer, note)
    if page is None or not candidates:
        return next(iter(candidates), None)
    note = f"{candidates[0].value!r} is no web address: that of the page is taken."
    return Value(page, candidates[0].pointer, note)


def host(address: Value | None) -> Value | None:
    """The name of the site that an address leads to."""
    site = re.sub(r"\Ahttps?://(?:www\.)?", "", address.value or "") if address else ""
    name = re.split(r"[/?#]", site)[0]
    return Value(name, address.pointer) if name and address else None
