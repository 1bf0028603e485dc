"""What a source is known to hold, brought up to date when its article is read again.

What a person made of a statement is not undone: the history tells, field by field, whether the
article or a person said what it is.
"""

from typing import Any

from api.language.words.folding import text_key
from api.ledger.history import revisions
from api.ledger.models import Appearance, Speaker, Statement
from api.services.common.errors import Conflict
from api.services.common.statement_parts import date, same, slugs
from api.services.common.versions import change
from api.services.contradictions.comparisons import Comparisons
from api.services.statements.record import PreparedStatement
from api.services.statements.revise import store

# How the history calls what an article does; every other action is a person's. ATTRIBUTED is a
# choice that came with the article: the next one may be another, but reading it makes none.
EXTRACTED, MOVED, ALTERED, ORPHANED = "extracted", "moved", "altered", "orphaned"
ATTRIBUTED = "attributed"
_READ = frozenset({EXTRACTED, MOVED, ALTERED, ORPHANED})
_WORDING = ("kind", "text", "verbatim")
_READ_BESIDE = ("role", "said_on", "said_on_text", "cue", "context", "topics", "confidence")

Place = dict[str, int]


def move(appearance: Appearance, place: Place) -> bool:
    """Let an appearance stand in a place; whether it stood in another, or nowhere any more."""
    if appearance.position == place:
        return False
    _let_follow(appearance, place, MOVED)
    appearance.position = place
    revisions.revise(appearance, MOVED)
    return True


def orphan(appearance: Appearance) -> None:
    """Note that the words of an appearance stand in its source no longer.

    They are kept, without a place; the statement is a person's to retract, and appears elsewhere
    as it did.
    """
    _let_follow(appearance, None, ORPHANED)
    appearance.position = None
    revisions.revise(appearance, ORPHANED)


def attribute(statement: Statement, speaker: Speaker) -> bool:
    """Let the caller's choice of a speaker hold, unless a person revised it; whether it changed.

    Raises:
        Conflict: that speaker's statement of these words is there already.
    """
    if statement.status == "retracted" or statement.speaker_id == speaker.id:
        return False
    if _actions(statement)["speaker_id"] not in _READ | {ATTRIBUTED}:
        return False
    twin = same(statement.text_key, speaker.id, statement.said_on, but=statement.id)
    if twin is not None:
        raise Conflict(
            f"Statement {twin.id} is what {speaker.name} said in these words: retract statement "
            f"{statement.id} instead of choosing its speaker.",
            statement=twin.id,
        )
    statement.speaker = speaker
    store(statement, ATTRIBUTED, None)
    return True


def rewordable(appearances: list[Appearance]) -> list[Appearance]:
    """Those whose statement follows the article when its words change.

    Only the source under which a statement was recorded speaks for its wording, and only while
    the wording is the article's own: what a person worded is not put on words he never saw.
    """
    own = [
        appearance
        for appearance in appearances
        if appearance.text is not None
        and appearance.statement.source_id == appearance.source_id
        and appearance.statement.status == "active"
    ]
    actions = revisions.last_actions(Statement, [each.statement_id for each in own])
    return [
        appearance
        for appearance in own
        if _READ.issuperset(actions[appearance.statement_id][name] for name in _WORDING)
    ]


def reword(
    appearance: Appearance,
    prepared: PreparedStatement,
    words: str,
    speaker: Speaker | None,
    compared: Comparisons,
) -> bool:
    """Give a statement the wording that its article has now, as a new version that is judged anew.

    Args:
        appearance: one of those that ``rewordable`` gives.
        prepared: the statement as it would be recorded.
        words: the very words of the article.
        speaker: whom the article has it by now; None where it leaves that open.
        compared: see ``judge_new``.

    Returns:
        False, with nothing changed, where another statement says the very same already.
    """
    statement, given = appearance.statement, prepared.given
    actions = _actions(statement)
    if speaker is None or actions["speaker_id"] not in _READ:
        speaker = statement.speaker
    read = {name for name in _READ_BESIDE if actions[name] in _READ}
    said_on = given["said_on"] if "said_on" in read else statement.said_on
    key = text_key(given["text"])
    if same(key, speaker.id, said_on, but=statement.id) is not None:
        return False
    changes = {name: given[name] for name in (*_WORDING, "position", *read)}
    changes |= {"speaker": speaker, "topics": slugs(changes.get("topics", statement.topics))}
    change(statement, changes)
    if statement.dirty_fields:
        statement.text_key = key
        date(statement)
        store(statement, ALTERED, prepared.analysis, compared)
    place_anew(appearance, given, words)
    return True


def place_anew(appearance: Appearance, given: dict[str, Any], words: str) -> None:
    """Let an appearance have other words than before, in their place."""
    change(appearance, {"text": words, "cue": given["cue"], "position": given["position"]})
    if appearance.dirty_fields:
        revisions.revise(appearance, ALTERED)


def _let_follow(appearance: Appearance, place: Place | None, action: str) -> None:
    """Move a statement with the appearance that its own position is that of."""
    statement = appearance.statement
    follows = (
        statement.source_id == appearance.source_id and statement.position == appearance.position
    )
    if follows and statement.status == "active":
        statement.position = place
        revisions.revise(statement, action)


def _actions(statement: Statement) -> dict[str, str]:
    return revisions.last_actions(Statement, [statement.id])[statement.id]
