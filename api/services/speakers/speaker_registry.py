"""Speakers: found or created, revised, merged, deleted."""

from collections.abc import Iterable
from typing import Any

from api.identifiers import LARGEST_ID, read_id
from api.language.words.folding import fold, visible
from api.ledger.history import revisions
from api.ledger.models import Speaker, SpeakerName, Statement
from api.ledger.queries import speakers
from api.ledger.queries.speakers import UNNAMED
from api.ledger.storage.database import writing
from api.services.common.errors import Conflict, Invalid, InvalidParameter, Moved
from api.services.common.speaker_resolver import SpeakerResolver, names_nobody, resolve
from api.services.common.versions import Precondition, change, find, held_to
from api.services.contradictions import judge

_NAMED = 20


def create(given: dict[str, Any]) -> int:
    """Add a speaker; of a name that names nobody an unnamed one, unless it is ``distinct``.

    Raises:
        Conflict: another has the name, and ``distinct`` was not asked for.
    """
    with writing():
        if names_nobody(given):
            given = {**given, "kind": UNNAMED}
        if not given.get("distinct"):
            _refuse_shared_names(given["name"], given.get("aliases", []), given["kind"], None)
        return _add(given).id


def find_or_create(given: dict[str, Any], pointer: str) -> Speaker:
    """The speaker that a request names, by id or by name and kind; new where it is not known.

    Raises:
        Invalid: no speaker has the id, or a new one lacks its kind.
        Conflict: the name fits several, or one of another kind.
    """
    found = resolve(given)
    if found.speaker is not None:
        return found.speaker
    match found.outcome:
        case "missing":
            raise Invalid(f"{pointer}/id", f"There is no speaker {given['id']}.")
        case "ambiguous":
            raise _ambiguous(given["name"], found.candidates)
        case "taken":
            raise _taken(given["name"], found.candidates)
    if found.kind is None:
        raise Invalid(
            f"{pointer}/kind", f"{given['name']!r} is new to the ledger: say of what kind it is."
        )
    return _add(_mention(given["name"]) if names_nobody(given) else given)


def find_or_create_unnamed(mention: str) -> Speaker:
    """Whom a mention stands for while nobody says who it is; others may bear it as their name."""
    return SpeakerResolver().mention(mention).speaker or _add(_mention(mention))


def create_named(name: str, kind: str) -> Speaker:
    """Somebody new of a name that nobody bears yet, though mentions that were left open may."""
    return _add({"name": name, "kind": kind})


def identify(named: Iterable[str], parameter: str) -> list[int]:
    """The ids of the speakers that a filter names, by id or by name; unknown ones are left out.

    Raises:
        InvalidParameter: a number that no id can be.
        Conflict: a name fits several.
    """
    ids: list[int] = []
    for each in named:
        given: dict[str, Any] = {"name": each}
        if each.isascii() and each.isdigit():
            given = {"id": read_id(each)}
            if given["id"] is None:
                raise InvalidParameter(parameter, f"An id lies between 1 and {LARGEST_ID}.")
        found = resolve(given)
        if found.outcome == "ambiguous":
            raise _ambiguous(each, found.candidates)
        if found.speaker is not None:
            ids.append(found.speaker.id)
    return ids


def present(speaker_id: int) -> Speaker:
    """The speaker with an id.

    Raises:
        Missing: there is none.
        Moved: it was merged into another.
    """
    speaker = find(Speaker, speaker_id)
    final = speaker if speaker.merged_into_id is None else speakers.final(speaker_id)
    if final is not None and final != speaker:
        raise Moved(final.id)
    return speaker


def revise(speaker_id: int, changes: dict[str, Any], precondition: Precondition) -> None:
    """Change a speaker's own fields.

    Raises:
        Stale, Missing, Moved: see ``held_to`` and ``present``.
        Conflict: another has the new name, and the speaker is not ``distinct``.
        Invalid: the name names nobody, and the speaker is to be somebody.
    """
    with writing():
        speaker = held_to(present(speaker_id), precondition)
        was_unnamed = speaker.kind == UNNAMED
        change(speaker, changes)
        changed = {field.name for field in speaker.dirty_fields}
        if not changed:
            return
        if changed & {"name", "aliases", "kind", "distinct"} and not speaker.distinct:
            _refuse_shared_names(speaker.name, speaker.aliases, speaker.kind, speaker.id)
        if changed & {"name", "kind", "distinct", "wikidata"}:
            _refuse_to_name_nobody(speaker)
        speaker.folded = fold(speaker.name)
        revisions.revise(speaker, "revised")
        speakers.name_as(speaker)
        if (speaker.kind == UNNAMED) != was_unnamed:
            # What are one speaker's own statements is told otherwise now.
            for statement in list(Statement.those(speaker=speaker.id)):
                judge.judge(statement, reworded=False)


def merge(speaker_id: int, into_id: int, precondition: Precondition) -> int:
    """Fold a duplicate into another speaker, who takes over its names and statements.

    Returns:
        The id of the speaker that is left.

    Raises:
        Invalid: the target is not there, or is the speaker itself.
        Conflict: the target was itself merged into this speaker.
        Stale, Missing, Moved: see ``held_to`` and ``present``.
    """
    with writing():
        duplicate = held_to(find(Speaker, speaker_id), precondition)
        if speaker_id == into_id:
            raise Invalid("/into", "A speaker cannot be merged into itself: name another.")
        target = speakers.final(into_id)
        if target is None:
            raise Invalid("/into", f"There is no speaker {into_id}.")
        if target.id == speaker_id:
            raise Conflict(
                f"Speaker {into_id} was merged into {speaker_id} before: merging back would go "
                "in a circle."
            )
        if duplicate.merged_into_id is not None:
            if speakers.final(speaker_id) == target:
                return target.id
            present(speaker_id)
        _take_over(duplicate, target)
        return target.id


def delete(speaker_id: int, precondition: Precondition) -> None:
    """Delete a speaker on whom nothing rests.

    Raises:
        Conflict: statements are attributed to it, or others were merged into it.
    """
    with writing():
        speaker = held_to(present(speaker_id), precondition)
        for model, column, what in (
            (Statement, Statement.speaker, "statements"),
            (Speaker, Speaker.merged_into, "merged speakers"),
        ):
            resting = (
                model.select(model.id).where(column == speaker_id).order_by(model.id).limit(_NAMED)
            )
            ids = [each.id for each in resting]
            if ids:
                raise Conflict(
                    f"{what.capitalize()} rest on this speaker: merge it into another instead.",
                    resting={what.replace(" ", "_"): ids},
                )
        revisions.delete(speaker)


def _add(given: dict[str, Any]) -> Speaker:
    fields = ("name", "kind", "aliases", "role", "wikidata", "distinct")
    # What an article calls somebody comes from no schema.
    given = {**given, "name": visible(given["name"])}
    speaker = Speaker(
        folded=fold(given["name"]), **{name: given[name] for name in fields if name in given}
    )
    revisions.create(speaker, "created")
    speakers.name_as(speaker)
    return speaker


def _take_over(duplicate: Speaker, target: Speaker) -> None:
    had = {fold(name) for name in (target.name, *target.aliases)}
    target.aliases = [
        *target.aliases,
        *(name for name in (duplicate.name, *duplicate.aliases) if fold(name) not in had),
    ]
    revisions.revise(target, "took over another")
    duplicate.merged_into = target
    revisions.revise(duplicate, "merged")
    SpeakerName.erase(SpeakerName.speaker == duplicate)
    speakers.name_as(target)
    theirs = list(Statement.select().where(Statement.speaker == duplicate).order_by(Statement.id))
    decided = [each for statement in theirs for each in judge.decided_pairs(statement)]
    for statement in theirs:
        statement.speaker = target
        revisions.revise(statement, "speaker merged")
    # Only when all have moved: a pair that is one speaker's own before and after is it in between.
    judge.keep_decisions(decided)
    for statement in theirs:
        judge.judge(statement, reworded=False)


def _refuse_shared_names(name: str, aliases: list[str], kind: str, own_id: int | None) -> None:
    others = SpeakerResolver().taken(name, aliases, kind, own_id)
    if others:
        raise _taken(name, others)


def _refuse_to_name_nobody(speaker: Speaker) -> None:
    named = {"name": speaker.name, "distinct": speaker.distinct, "wikidata": speaker.wikidata}
    if speaker.kind != UNNAMED and names_nobody(named):
        raise Invalid(
            "/kind",
            f"{speaker.name!r} names nobody in particular, so its kind is unnamed: give "
            "distinct: true where it is somebody's name.",
        )


def _mention(name: str) -> dict[str, Any]:
    return {"name": name, "kind": UNNAMED}


def _ambiguous(name: str, candidates: Iterable[Speaker]) -> Conflict:
    return Conflict(
        f"{name!r} does not tell which speaker is meant: choose one of the candidates by its id.",
        candidates=as_candidates(candidates),
    )


def _taken(name: str, candidates: Iterable[Speaker]) -> Conflict:
    return Conflict(
        f"{name!r} or one of its aliases is the name of another speaker: use that one's id, "
        "or create this one at POST /v1/speakers with distinct: true.",
        candidates=as_candidates(candidates),
    )


def as_candidates(fitting: Iterable[Speaker]) -> list[dict[str, Any]]:
    """Speakers to choose from, as an answer names them."""
    return [
        {
            "id": speaker.id,
            "name": speaker.name,
            "kind": speaker.kind,
            "aliases": speaker.aliases,
            "role": speaker.role,
        }
        for speaker in fitting
    ]
