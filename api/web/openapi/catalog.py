"""``/.well-known/api-catalog`` (RFC 9727): where a program finds what there is to call."""

from flask import Blueprint, Response, request

from api.web.responses.formats import encode

MEDIA_TYPE = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
ADDRESS = "/.well-known/api-catalog"
_LINKS = {
    "service-desc": (
        ("openapi.json", "application/vnd.oai.openapi+json;version=3.1"),
        ("openapi.yaml", "application/vnd.oai.openapi;version=3.1"),
    ),
    "service-doc": (("docs/", "text/html"),),
    "status": (("readyz", "application/json"),),
}

catalog = Blueprint("catalog", __name__)


@catalog.get(ADDRESS)
def get_catalog() -> Response:
    """The catalogue: a linkset (RFC 9264) of the one API that is here."""
    root = request.host_url
    links = {
        relation: [{"href": f"{root}{path}", "type": media_type} for path, media_type in targets]
        for relation, targets in _LINKS.items()
    }
    body = encode({"linkset": [{"anchor": f"{root}v1", **links}]})
    response = Response(body, content_type=MEDIA_TYPE)
    response.add_etag()
    response.make_conditional(request)
    return response
