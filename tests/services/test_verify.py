"""Whatever is changed behind the ledger's back is found, and named."""

import pytest

from api.ledger import chain
from api.ledger.database import database, engine
from api.ledger.models import Change, MerkleNode, Statement
from api.ledger.packing import Damaged, pack, unpack
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


def test_it_takes_a_few_queries_however_much_is_checked(ledger, record, monkeypatch):
    asked = []
    run = type(engine()).execute_sql

    def counting(self, *sql, **named):
        asked.append(sql)
        return run(self, *sql, **named)

    def cost():
        asked.clear()
        list(verify())
        return len(asked)

    monkeypatch.setattr(type(engine()), "execute_sql", counting)
    few = cost()
    for number in range(40):
        record(source={"title": f"Heft {number}"})
    # Beside them a query for each level that the tree has now and had not then.
    assert cost() <= few + 3


def test_what_is_wrong_first_is_named_though_more_is(ledger):
    ledger("UPDATE change SET who = 'Mallory' WHERE id = 17")
    ledger("UPDATE merkle_node SET hash = ? WHERE level = 4 AND position = 0", bytes(32))
    assert "(change 16): node 0 of level 4" in broken()


def test_one_letter_of_a_stored_text_is_named(ledger):
    ledger("UPDATE statement SET text = replace(text, 'Nummer 3', 'Nummer 8') WHERE id = 3")
    assert broken().startswith("statement 3: what is stored is not version 1")


def test_one_letter_of_a_record_is_named(ledger):
    (change,) = Change.those(action="revised")
    record = change.record.replace("sagte", "sagt3")
    assert record != change.record
    ledger("UPDATE change SET record = ? WHERE id = ?", pack(record.encode()), change.id)
    assert broken().startswith(f"statement 1, version 2 (change {change.id}): its record")


def test_one_bit_of_what_is_stored_of_a_record_is_named(ledger):
    (change,) = Change.those(action="revised")
    named = 0
    for place in range(len(change.packed)):
        spoilt = bytearray(change.packed)
        spoilt[place] ^= 1
        # What is repeated may be taken from elsewhere: the record is the same then.
        if read(bytes(spoilt)) != change.record.encode():
            ledger("UPDATE change SET record = ? WHERE id = ?", bytes(spoilt), change.id)
            assert broken().startswith(f"statement 1, version 2 (change {change.id}): its record")
            named += 1
    assert named > len(change.packed) / 2


def read(stored):
    try:
        return unpack(stored)
    except Damaged:
        return None


@pytest.mark.parametrize(
    ("subject", "column"),
    [("statement", "speaker_id"), ("appearance", "statement_id"), ("source", "proposition_id")],
)
def test_what_a_version_is_looked_up_by_is_held_to_its_record(ledger, subject, column):
    change = Change.those(subject=subject)[-1]
    ledger(f"UPDATE change SET {column} = 4711 WHERE id = ?", change.id)
    assert broken().endswith("what it is looked up by is not what its record says.")


def test_that_a_version_reads_as_retracted_is_held_to_its_record(ledger):
    (change,) = Change.those(action="retracted")
    ledger("UPDATE change SET is_retracted = ? WHERE id = ?", False, change.id)
    assert broken().endswith("what it is looked up by is not what its record says.")


@pytest.mark.parametrize(
    ("column", "value"), [("who", "Mallory"), ("at", "2020-01-01T00:00:00.000000Z"), ("why", "x")]
)
def test_who_when_and_why_are_sealed(ledger, column, value):
    ledger(f"UPDATE change SET {column} = ? WHERE id = 3", value)
    assert "(change 3)" in broken()
    assert "its entry or the one before it" in broken()


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
    ledger("UPDATE change SET record = NULL, salt = NULL, record_hash = ? WHERE id = 4", bytes(32))
    assert "no redaction says so" in broken()


def test_a_node_of_the_tree_is_checked(ledger):
    ledger("UPDATE merkle_node SET hash = ? WHERE level = 4 AND position = 0", bytes(32))
    assert "node 0 of level 4 of the tree" in broken()


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
    change("UPDATE change SET record = ? WHERE id = ?", pack(record.encode()), number)
    change(
        "UPDATE statement SET text = ? WHERE id = ?",
        statement.text.replace("Nummer", "Nr."),
        statement.id,
    )
    entries = list(Change.select().order_by(Change.id))
    MerkleNode.erase(MerkleNode.level > 0)
    Change.erase(Change.id > 0)
    last = chain.BEGINNING
    for each in entries:
        chain.append(each, last)
        last = chain.last()
