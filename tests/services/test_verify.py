"""Whatever is changed behind the ledger's back is found, and named."""

import pytest

from api.ledger import chain
from api.ledger.database import database
from api.ledger.models import Change, MerkleNode, Statement
from api.services.verify import Broken, Kept, outstanding, verify


@pytest.fixture
def ledger(app, client, record, add):
    """Changes by hand a ledger in which a good deal has happened."""
    for number in range(4):
        record(source={"title": f"Blatt {number}"})
    client.patch("/v1/statements/1", json={"cue": "sagte"})
    client.delete("/v1/statements/2")
    other = add("/v1/sources", title="Leer")
    client.delete(f"/v1/sources/{other['id']}")

    def change(sql, *values):
        assert database.execute_sql(sql, values).rowcount == 1

    return change


def broken():
    with pytest.raises(Broken) as found:
        list(verify())
    return str(found.value)


def test_what_nobody_touched_is_as_its_history_says(ledger):
    assert sum(verify()) == outstanding() > 15


def test_one_letter_of_a_stored_text_is_named(ledger):
    ledger("UPDATE statement SET text = replace(text, 'Nummer 3', 'Nummer 8') WHERE id = 3")
    assert broken().startswith("statement 3: what is stored is not version 1")


def test_one_letter_of_a_record_is_named(ledger):
    ledger("UPDATE change SET record = replace(record, 'sagte', 'sagt3') WHERE action = 'revised'")
    assert broken().startswith("statement 1, version 2 (change 1")
    assert "its record is not the one that was committed" in broken()


@pytest.mark.parametrize(
    ("column", "value"), [("who", "Mallory"), ("at", "2020-01-01T00:00:00.000000Z"), ("why", "x")]
)
def test_who_when_and_why_are_sealed(ledger, column, value):
    ledger(f"UPDATE change SET {column} = ? WHERE id = 3", value)
    assert "(change 3)" in broken()
    assert "the entry or the one before it" in broken()


def test_a_change_that_is_gone_is_missed(ledger):
    ledger("DELETE FROM change WHERE id = 5")
    assert broken() == "Change 5 is missing."


def test_a_row_that_is_gone_is_missed(ledger):
    ledger("DELETE FROM appearance WHERE id = 4")
    assert broken().startswith("appearance 4 is missing")


def test_a_row_that_no_change_made_is_named(ledger):
    ledger(
        "INSERT INTO source (title, version, created_at, updated_at) VALUES ('Neu', 1, 'x', 'x')"
    )
    assert broken() == "source 6 is in the ledger without any history."


def test_a_record_taken_out_without_a_redaction_is_named(ledger):
    ledger("UPDATE change SET record = NULL, salt = NULL WHERE id = 4")
    assert "no redaction says so" in broken()


def test_a_node_of_the_tree_is_checked(ledger):
    ledger("UPDATE merkle_node SET hash = ? WHERE level = 3 AND position = 0", bytes(32))
    assert "node 0 of level 3 of the tree" in broken()


def test_a_history_that_was_written_anew_is_not_the_one_that_was_kept(ledger):
    kept = Kept(chain.last().number, chain.root(chain.last().number))
    assert sum(verify(kept)) == outstanding()
    rewrite(ledger, 3)
    assert kept.root != chain.root(kept.size)
    list(verify())
    with pytest.raises(Broken, match="the history was rewritten"):
        list(verify(kept))


def test_a_head_of_more_changes_than_there_are_is_refused(ledger):
    with pytest.raises(Broken, match="is of 1000 changes"):
        list(verify(Kept(1000, bytes(32))))


def rewrite(change, statement_id):
    """Forge a statement, its record and everything that is computed from them, flawlessly."""
    forged = Change.one(subject="statement", subject_id=statement_id)
    number = forged.id
    statement = Statement.one(id=statement_id)
    record = forged.record.replace("Nummer", "Nr.")
    assert record != forged.record
    change("UPDATE change SET record = ? WHERE id = ?", record, number)
    change(
        "UPDATE statement SET text = ? WHERE id = ?",
        statement.text.replace("Nummer", "Nr."),
        statement.id,
    )
    forged_hash = chain.record_hash(bytes(forged.salt), record)
    change("UPDATE change SET record_hash = ? WHERE id = ?", forged_hash, number)
    entries = list(Change.select().order_by(Change.id))
    MerkleNode.erase(MerkleNode.level > 0)
    Change.erase(Change.id > 0)
    last = chain.BEGINNING
    for each in entries:
        chain.append(each, last)
        last = chain.last()
