"""A ledger of a release that sealed nothing goes over, and is as its history says then."""

import pytest

from api.ledger.history import seals
from api.ledger.migrations.runner import migrate
from api.ledger.models import Change
from api.ledger.storage.database import database, writing
from api.services.proof.verify import Difference, verify
from tests.full import fill


@pytest.fixture
def before(client):
    """A full ledger, taken back to the schema before."""
    fill(client)
    with writing():
        for sql in (
            "DROP TABLE seal",
            "ALTER TABLE analysis DROP COLUMN counted",
            "ALTER TABLE analysis DROP COLUMN digest",
            "DELETE FROM schema_migration WHERE number >= 4",
            # One that was decided before decisions had a history.
            "INSERT INTO decision (pair, status, reviewed_at) "
            "SELECT text_key, 'confirmed', created_at FROM statement WHERE id = 1",
            # Folded as earlier releases did: with a character that nobody sees.
            "UPDATE speaker SET folded = '\u200b' || folded WHERE id = 1",
            "UPDATE speaker_name SET folded = '\u200b' || folded WHERE speaker_id = 1",
            "UPDATE proposition SET folded = '\u200b' || folded WHERE id = 1",
        ):
            database.execute_sql(sql)


def test_what_is_there_is_sealed_and_decisions_get_a_history(before):
    assert "seals" in migrate()
    assert [str(found) for found in verify(deep=True) if isinstance(found, Difference)] == []
    taken_over = Change.those(action="taken over")
    assert "confirmed" in {change.kept()["status"] for change in taken_over}
    assert {table for table in seals.SEALED if seals.kept(table)} == {*seals.SEALED}
    assert migrate() == []
