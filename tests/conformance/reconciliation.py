"""What the Reconciliation Service API 0.2 says of each answer, as JSON Schema.

Written from the text of the specification: members it knows, with their types, and those that must
be there. Where it allows several forms, all are allowed here.
"""

from jsonschema import Draft202012Validator

TEXT = {"type": "string", "minLength": 1}
TEMPLATE = {"type": "string", "pattern": r"\{\{id\}\}"}
TERM = {
    "type": "object",
    "properties": {"id": TEXT, "name": TEXT, "description": {"type": "string"}},
    "required": ["id", "name"],
}
TYPE = {**TERM, "properties": {**TERM["properties"], "broader": {"type": "array"}}}
TYPES = {
    "type": "array",
    "items": {"anyOf": [TEXT, {**TYPE, "required": ["id"]}]},
}
PLACE = {
    "type": "object",
    "properties": {"service_url": TEXT, "service_path": TEXT},
    "required": ["service_url", "service_path"],
}

MANIFEST = {
    "type": "object",
    "properties": {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": {"type": "string", "pattern": "^https?://"},
        "schemaSpace": {"type": "string", "pattern": "^https?://"},
        "documentation": {"type": "string"},
        "serviceVersion": {"type": "string"},
        "logo": {"type": "string"},
        "batchSize": {"type": "integer", "minimum": 1},
        "defaultTypes": {"type": "array", "items": TYPE, "uniqueItems": True},
        "view": {"type": "object", "properties": {"url": TEMPLATE}, "required": ["url"]},
        "preview": {
            "type": "object",
            "properties": {
                "url": TEMPLATE,
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
            "required": ["url", "width", "height"],
        },
        "suggest": {
            "type": "object",
            "properties": {"entity": PLACE, "type": PLACE, "property": PLACE},
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": PLACE,
                "property_settings": {
                    "type": "array",
                    "items": {"type": "object", "required": ["type", "label", "name"]},
                },
            },
        },
    },
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "additionalProperties": False,
}

CANDIDATE = {
    "type": "object",
    "properties": {
        "id": TEXT,
        "name": TEXT,
        "description": {"type": "string"},
        "type": TYPES,
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": TEXT, "value": {"type": ["boolean", "number"]}},
                "required": ["id", "value"],
            },
        },
    },
    "required": ["id", "name", "score"],
    "additionalProperties": False,
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
        "required": ["result"],
    },
}

_VALUES = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "date": {"type": "string"},
}
VALUE = {
    "oneOf": [
        {"type": "object", "maxProperties": 0},
        {**TERM, "additionalProperties": False},
        *(
            {
                "type": "object",
                "properties": {name: form},
                "required": [name],
                "additionalProperties": False,
            }
            for name, form in _VALUES.items()
        ),
    ]
}
EXTENSION = {
    "type": "object",
    "properties": {
        "meta": {"type": "array", "items": TERM},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": VALUE},
            },
        },
    },
    "required": ["meta", "rows"],
}

SUGGESTED = {
    "type": "object",
    "properties": {
        "result": {
            "type": "array",
            "items": {**TERM, "properties": {**TERM["properties"], "notable": TYPES}},
        }
    },
    "required": ["result"],
}
PROPOSAL = {
    "type": "object",
    "properties": {
        "type": {"type": ["string", "null"]},
        "properties": {"type": "array", "items": TERM},
        "limit": {"type": "integer"},
    },
    "required": ["type", "properties"],
}


def conforms(answer, schema):
    """The body of an answer, which must be what the specification describes."""
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    found = [error.message for error in Draft202012Validator(schema).iter_errors(answer.json)]
    assert found == []
    return answer.json
