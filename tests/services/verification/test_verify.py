"""Whatever is changed behind the ledger's back is found, and named."""

import pytest

from api.ledger.history import chain
from api.ledger.models import Change, MerkleNode, Statement
from api.ledger.storage.compression import Damaged, compress, decompress
from api.ledger.storage.database import database, engine
from api.services.proof.verify import Kept, outstanding, verify


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


def told(kept=None):
    """All that is found, in its order."""
    return [str(found) for found in verify(kept) if not isinstance(found, int)]


def broken():
    (found,) = told()
    return found


def test_what_nobody_touched_is_as_its_history_says(ledger):
    assert told() == []
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


def test_all_that_is_wrong_is_named_and_nothing_for_the_sake_of_it(ledger):
    ledger("UPDATE change SET who = 'Mallory' WHERE id = 7")
    ledger("UPDATE merkle_node SET hash = ? WHERE level = 4 AND position = 0", bytes(32))
    first, second = told()
    assert first.startswith("change 7, digest: ")
    assert (
        second
        == "merkle_node 0 of level 4, hash: it is of the changes up to 16, and not made of them."
    )


def test_one_letter_of_a_stored_text_is_named(ledger):
    ledger("UPDATE statement SET text = replace(text, 'Nummer 3', 'Nummer 8') WHERE id = 3")
    assert broken() == "statement 3, text: it is not what version 1, the latest, says."


def test_one_letter_of_a_record_is_named(ledger):
    (change,) = Change.those(action="revised")
    record = change.record.replace("sagte", "sagt3")
    assert record != change.record
    ledger("UPDATE change SET record = ? WHERE id = ?", compress(record.encode()), change.id)
    first, *more = told()
    assert first.startswith(f"change {change.id}, digest: of statement 1, version 2: its record")
    assert more == ["statement 1, cue: it is not what version 2, the latest, says."]


def test_one_bit_of_what_is_stored_of_a_record_is_named(ledger):
    (change,) = Change.those(action="revised")
    named = 0
    for place in range(len(change.packed)):
        spoilt = bytearray(change.packed)
        spoilt[place] ^= 1
        # What is repeated may be taken from elsewhere: the record is the same then.
        if read(bytes(spoilt)) != change.record.encode():
            ledger("UPDATE change SET record = ? WHERE id = ?", bytes(spoilt), change.id)
            assert told()[0].startswith(f"change {change.id}, digest: of statement 1, version 2: ")
            named += 1
    assert named > len(change.packed) / 2


def read(stored):
    try:
        return decompress(stored)
    except Damaged:
        return None


@pytest.mark.parametrize(
    ("subject", "column"),
    [("statement", "speaker_id"), ("appearance", "statement_id"), ("source", "proposition_id")],
)
def test_what_a_version_is_looked_up_by_is_held_to_its_record(ledger, subject, column):
    change = Change.those(subject=subject)[-1]
    ledger(f"UPDATE change SET {column} = 4711 WHERE id = ?", change.id)
    assert broken().startswith(f"change {change.id}, {column}: ")
    assert broken().endswith("it is looked up by something else than its record says.")


def test_that_a_version_reads_as_retracted_is_held_to_its_record(ledger):
    (change,) = Change.those(action="retracted")
    ledger("UPDATE change SET is_retracted = ? WHERE id = ?", False, change.id)
    assert broken().startswith(f"change {change.id}, is_retracted: ")


@pytest.mark.parametrize(
    ("column", "value"), [("who", "Mallory"), ("at", "2020-01-01T00:00:00.000000Z"), ("why", "x")]
)
def test_who_when_and_why_are_sealed(ledger, column, value):
    ledger(f"UPDATE change SET {column} = ? WHERE id = 3", value)
    # When something was made is told by its row as well.
    first, *_ = told()
    assert first.startswith("change 3, digest: ")
    assert "its entry or the one before it" in first


def test_a_change_that_is_gone_is_missed(ledger):
    (gone,) = Change.those(id=5)
    ledger("DELETE FROM change WHERE id = 5")
    first, *more = told()
    assert first == "change 5: it is missing, and the tree above it cannot be made anew."
    assert more == [f"{gone.subject} {gone.subject_id}: it is in the ledger without any history."]


def test_a_row_that_is_gone_is_missed(ledger):
    ledger("DELETE FROM appearance WHERE id = 4")
    first, second = told()
    assert first == "statement 4, appearances: it is not what is made of the record."
    assert second.startswith("appearance 4: it is missing")


def test_a_row_that_no_change_made_is_named(ledger):
    ledger(
        "INSERT INTO source (title, version, created_at, updated_at) VALUES ('Neu', 1, 'x', 'x')"
    )
    assert broken() == "source 6: it is in the ledger without any history."


def test_a_record_taken_out_without_a_redaction_is_named(ledger):
    ledger("UPDATE change SET record = NULL, salt = NULL, record_hash = ? WHERE id = 4", bytes(32))
    assert any("no redaction says so" in each for each in told())


def test_a_node_of_the_tree_is_checked(ledger):
    ledger("UPDATE merkle_node SET hash = ? WHERE level = 4 AND position = 0", bytes(32))
    assert broken().startswith("merkle_node 0 of level 4, hash: ")


def test_a_node_that_is_gone_is_named_and_the_ledger_goes_on(ledger, client, record):
    head = client.get("/v1/ledger/head").json
    ledger("DELETE FROM merkle_node WHERE level = 4 AND position = 0")
    assert broken() == "merkle_node 0 of level 4: it is of the changes up to 16, and missing."
    assert client.get("/v1/ledger/head").json["root"] == head["root"]
    for number in range(8):
        record(source={"title": f"Heft {number}"})
    assert len(told()) == 1


def test_a_node_beyond_the_latest_change_is_named(ledger):
    ledger("INSERT INTO merkle_node (level, position, hash) VALUES (9, 7, ?)", bytes(32))
    assert broken().startswith("merkle_node 7 of level 9: it is beyond change ")


def test_a_head_is_refused_in_plain_words_where_a_change_is_gone(ledger, client, record, refused):
    record(source={"title": "Heft"})
    last = chain.last().number
    ledger("DELETE FROM change WHERE id = ?", last - 1)
    refused(client.get("/v1/ledger/head"), 503)


def test_a_history_that_was_written_anew_is_not_the_one_that_was_kept(ledger):
    kept = Kept(chain.last().number, chain.root(chain.last().number))
    assert told(kept) == []
    rewrite(ledger, 3)
    assert kept.root != chain.root(kept.size)
    assert told() == ["statement 3, text_key: it is not what is made of the record."]
    assert "the history was rewritten" in told(kept)[0]


def test_a_head_of_more_changes_than_there_are_is_refused(ledger):
    (found,) = told(Kept(1000, bytes(32)))
    assert "is of 1000 changes" in found


def rewrite(change, statement_id):
    """Forge a statement, its record and everything that is computed from them, flawlessly."""
    forged = Change.one(subject="statement", subject_id=statement_id)
    number = forged.id
    statement = Statement.one(id=statement_id)
    record = forged.record.replace("Nummer", "Nr.")
    assert record != forged.record
    change("UPDATE change SET record = ? WHERE id = ?", compress(record.encode()), number)
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
