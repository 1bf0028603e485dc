"""``/v1/ledger``: the head of the history, and proofs against heads that were kept."""

from typing import Any

from flask import Response, current_app

from api.logger import Logger
from api.services.proof import signed_head
from api.services.proof.signing import KeyUnusable, Signer
from api.web.http.problem_types import KEY_UNUSABLE
from api.web.http.problems import Problem
from api.web.openapi.blueprint import Blueprint
from api.web.responses.formats import computed
from api.web.responses.pages import at_head
from schemas import ledger as schemas

log = Logger(__name__)
ledger = Blueprint("ledger", __name__, description="Proof that nobody rewrote the history.")


@ledger.get("/ledger/head")
@ledger.alt_response(503, response="KeyUnusable")
@ledger.response(200, schemas.Head)
def get_ledger_head() -> Response:
    """Read the signed head of the history

    Keep it: as long as `GET /v1/ledger/proofs/consistency` leads from its root to the present one,
    nothing that was in the ledger then was rewritten.
    """
    return at_head(lambda: computed(signed_head.head(_signer())))


@ledger.get("/ledger/proofs/inclusion")
@ledger.arguments(schemas.InclusionQuery, location="query")
@ledger.response(200, schemas.Inclusion)
def get_inclusion_proof(query: dict[str, Any]) -> Response:
    """Prove that a change is under a head

    As RFC 9162 has it, section 2.1.3; leaves are counted from 0 there, changes from 1 here.
    """
    return at_head(lambda: computed(signed_head.inclusion(query["change"], query.get("size"))))


@ledger.get("/ledger/proofs/consistency")
@ledger.arguments(schemas.ConsistencyQuery, location="query")
@ledger.response(200, schemas.Consistency)
def get_consistency_proof(query: dict[str, Any]) -> Response:
    """Prove that a head goes on from an older one

    As RFC 9162 has it, section 2.1.4. Its `first_root` must be the root that was kept.
    """
    return at_head(lambda: computed(signed_head.consistency(query["first"], query.get("second"))))


def _signer() -> Signer:
    try:
        signer: Signer = current_app.extensions["signer"]()
    except KeyUnusable as error:
        # Where the key is concerns who runs the server alone.
        log.error(str(error))
        told = "The server cannot use its signing key; its log says why."
        raise Problem(KEY_UNUSABLE, told) from error
    return signer
