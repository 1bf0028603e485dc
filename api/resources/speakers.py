"""``/v1/speakers``: whom statements are attributed to."""

from functools import partial
from typing import Any

from flask import Response, url_for

from api.linked_data import speakers as linked_speakers
from api.services.common.idempotency import in_one_transaction
from api.services.reading import counts, queries
from api.services.speakers import speaker_registry as service
from api.web.http.media_types import JSON, LD_JSON
from api.web.http.preconditions import precondition
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import created, gone, linked, shown
from api.web.responses.idempotency import answered_once
from api.web.responses.pages import listed
from schemas import speakers as schemas
from schemas.base import AsOfQuery
from schemas.counts import SpeakerCounts, SpeakerCountsQuery
from schemas.positions import PositionQuery, SpeakerPositionPage

speakers = Blueprint("speakers", __name__, description="Whom statements are attributed to.")

_FORMS = linked(linked_speakers)


@speakers.get("/speakers")
@speakers.arguments(schemas.SpeakerQuery, location="query")
@speakers.lists(schemas.SpeakerPage, LD_JSON)
def list_speakers(query: dict[str, Any]) -> Response:
    """List and search speakers, by name

    `q` finds beginnings of words in names and aliases. As `application/ld+json` each is a
    schema.org `Person`, `Organization`, `CreativeWork` or, unnamed, a `Thing`.
    """
    return listed(query, lambda after, limit: queries.speaker_page(query, after, limit), _FORMS)


@speakers.get("/speakers/counts")
@speakers.arguments(SpeakerCountsQuery, location="query")
@speakers.lists(SpeakerCounts)
def list_speaker_counts(query: dict[str, Any]) -> Response:
    """Count speakers by kind

    Under the filters of the list of speakers. Of many ten thousand at the most are counted, the
    first by name, and `capped` says so.
    """
    return listed(query, partial(counts.speaker_counts, query))


@speakers.post("/speakers")
@speakers.arguments(schemas.SpeakerIn)
@speakers.alt_response(409, response="Conflict")
@speakers.response(201, schemas.Speaker)
@speakers.creates()
def create_speaker(given: dict[str, Any]) -> Response:
    """Add a speaker

    One whose name or alias is another's name is refused with `candidates`, unless `distinct` is
    true.
    """

    def answer() -> Response:
        item = queries.speaker(service.create(given))
        return created(item, url_for("speakers.get_speaker", id=item["id"]))

    return answered_once(answer)


@speakers.get("/speakers/<id:id>")
@speakers.arguments(AsOfQuery, location="query")
@speakers.alt_response(308, response="Moved")
@speakers.response(200, schemas.Speaker)
@speakers.serves(JSON, LD_JSON)
def get_speaker(query: dict[str, Any], id: int) -> Response:
    """Read a speaker

    One that was merged into another answers 308 with the other's address. As
    `application/ld+json` it is a schema.org `Person`, `Organization`, `CreativeWork` or, unnamed,
    a `Thing`; a Wikidata id is its `sameAs`.
    """
    return shown(queries.speaker(id, **query), _FORMS)


@speakers.patch("/speakers/<id:id>")
@speakers.arguments(schemas.SpeakerPatch)
@speakers.alt_response(308, response="Moved")
@speakers.alt_response(409, response="Conflict")
@speakers.response(200, schemas.Speaker)
def revise_speaker(changes: dict[str, Any], id: int) -> Response:
    """Revise a speaker

    What is left out stays. A name or alias that another has is refused with `candidates`, unless
    `distinct` is true.
    """

    def answer() -> Response:
        service.revise(id, changes, precondition())
        return shown(queries.speaker(id))

    return in_one_transaction(answer)


@speakers.delete("/speakers/<id:id>")
@speakers.alt_response(308, response="Moved")
@speakers.alt_response(409, response="Conflict")
@speakers.response(204)
def delete_speaker(id: int) -> Response:
    """Delete a speaker on whom nothing rests

    One to whom something is attributed stays: the problem names what rests on it in `resting`.
    """
    service.delete(id, precondition())
    return gone()


@speakers.post("/speakers/<id:id>/merge")
@speakers.arguments(schemas.SpeakerMerge)
@speakers.alt_response(308, response="Moved")
@speakers.alt_response(409, response="Conflict")
@speakers.response(200, schemas.Speaker)
@speakers.creates()
@speakers.heeds("IfMatch")
def merge_speaker(given: dict[str, Any], id: int) -> Response:
    """Fold a duplicate into another speaker

    The other takes over its names and statements; the duplicate's address answers 308 from then.
    """

    def answer() -> Response:
        item = queries.speaker(service.merge(id, given["into"], precondition()))
        return created(item, url_for("speakers.get_speaker", id=item["id"]), new=False)

    return answered_once(answer)


@speakers.get("/speakers/<id:id>/positions")
@speakers.arguments(PositionQuery, location="query")
@speakers.alt_response(308, response="Moved")
@speakers.response(200, SpeakerPositionPage)
@speakers.sends("PageLink")
def list_positions(query: dict[str, Any], id: int) -> Response:
    """List where a speaker stands, in the order of time, with each change

    By proposition: what stands the speaker's statements take; by topic: what the speaker said on
    it. Within each the order is that of time, undated statements last. A change is told with the
    later of its two statements.
    """
    return listed(query, lambda after, limit: queries.position_page(id, query, after, limit))
