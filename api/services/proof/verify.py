"""The whole ledger checked: its history, what is stored against it, what is made of that.

Read in one snapshot and in batches, so that the size of a ledger does not matter to the memory.
"""

from itertools import chain as one_after_another

from api.ledger.history import decisions
from api.ledger.history.revisions import subject_name
from api.ledger.models import Change, Speaker, Statement, Subject
from api.ledger.storage.database import snapshot
from api.services.verification import keys, names, server
from api.services.verification.changes import Kept, history
from api.services.verification.decisions import decided
from api.services.verification.difference import Difference, Found, Remark
from api.services.verification.rows import stored
from api.services.verification.schema import indexes, schema
from api.services.verification.stances import stances
from api.services.verification.statements import Texts, ids_of_others, topic_counts

__all__ = ["Broken", "Difference", "Kept", "Remark", "outstanding", "refuse_broken", "verify"]


class Broken(Exception):
    """The ledger is not what its history says; the message names the first place."""


def verify(kept: Kept | None = None, deep: bool = False) -> Found:
    """Check everything; gives how many steps each part was, and whatever differs.

    Args:
        kept: a head that the history must go on from.
        deep: whether each text is read again and compared with what is kept of it.
    """
    subjects = {subject_name(kind): kind for kind in Subject.__subclasses__()}
    texts = Texts(is_deep=deep)
    resting = {Statement: texts.resting, Speaker: names.resting}
    yield from schema()
    with snapshot():
        yield from history(kept, {*subjects, decisions.NAME})
        for kind in subjects.values():
            yield from stored(kind, resting.get(kind))
        yield from one_after_another(
            ids_of_others(),
            topic_counts(),
            keys.keys(texts.expected),
            stances(),
            decided(),
            indexes(),
            server.references(),
            server.last_ids(),
            server.migrated(),
            server.sealed(),
        )
    if deep and texts.others:
        yield Remark(
            f"{texts.others} texts were read by another version of the engine and not compared: "
            "counterclaim recheck reads them anew."
        )


def outstanding() -> int:
    """How many steps ``verify`` is."""
    kinds = (kind.select().count() for kind in Subject.__subclasses__())
    return int(Change.select().count() + sum(kinds))


def refuse_broken() -> Found:
    """Like ``verify``, which ends with the first difference.

    Raises:
        Broken: something was changed behind the ledger's back.
    """
    for found in verify():
        if isinstance(found, Difference):
            raise Broken(str(found))
        yield found
