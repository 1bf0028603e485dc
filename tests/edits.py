"""What somebody may write into the ledger of ``tests.full`` by hand, and where it must be seen."""

from typing import NamedTuple


class Edit(NamedTuple):
    """What somebody writes, and the table, row and column that must be named.

    ``engine`` where only one of the databases understands it, or has it.
    """

    name: str
    sql: str
    table: str
    row: str
    column: str | None = None
    engine: str | None = None


def said(name, column, value, row=1, table="statement"):
    """An edit of one column of one row."""
    sql = f"UPDATE {table} SET {column} = {value} WHERE id = {row}"
    return Edit(name, sql, table, str(row), column)


EDITS = [
    said("when it was said, at the earliest", "said_earliest", "'2026-03-13'"),
    said("when it was said, at the latest", "said_latest", "'2026-03-15'"),
    said("that it was said on these days for certain", "said_certain", "NOT said_certain"),
    said("when it was recorded", "created_at", "'2020-01-01T00:00:00.000000Z'"),
    said("when it was revised", "updated_at", "'2020-01-01T00:00:00.000000Z'", 8),
    said("how often it appeared", "appearances", "7"),
    said("how often it is contradicted", "contradiction_count", "0", 3),
    said("who said it", "speaker_id", "2"),
    said("its words", "text", "'The harbour will stay open in summer'"),
    said("the key of its words", "text_key", "(SELECT text_key FROM statement WHERE id = 2)"),
    said("its topics", "topics", "'[]'"),
    said("how its topics are written", "topics", '\'["harbour", "winter"]\''),
    said("that it was retracted", "status", "'active'", 6),
    said("words put back where they were redacted", "text", "'The quokkas nibbled tulips'", 7),
    Edit("a statement is gone", "DELETE FROM statement WHERE id = 10", "statement", "10"),
    Edit(
        "its number is another",
        "UPDATE statement SET id = 4711 WHERE id = 5",
        "statement",
        "4711",
    ),
    said("where it was published", "source_id", "2", table="appearance"),
    said("the words in the source", "text", "'zu'", 4, "appearance"),
    Edit("an appearance is gone", "DELETE FROM appearance WHERE id = 3", "appearance", "3"),
    said("a speaker's name", "name", "'Anna Burg'", table="speaker"),
    said("a speaker's name as it is folded", "folded", "'anna burg'", table="speaker"),
    said("that a speaker was merged", "merged_into", "NULL", 5, "speaker"),
    said("a name by which one is found", "folded", "'anna burg'", table="speaker_name"),
    said("its spelling", "plain", "'anna burg'", table="speaker_name"),
    said("a publisher as it is folded", "publisher_folded", "'x'", table="source"),
    Edit(
        "an external id leads elsewhere",
        "UPDATE statement_external_id SET statement_id = 2 WHERE external_id = 'h-1'",
        "statement_external_id",
        "h-1",
        "statement_id",
    ),
    Edit(
        "a topic counts more",
        "UPDATE topic SET statements = 9 WHERE name = 'harbour'",
        "topic",
        "harbour",
        "statements",
    ),
    Edit(
        "a statement has a topic no more",
        "DELETE FROM statement_topic WHERE topic = 'harbour' AND statement_id = 2",
        "statement_topic",
        "(harbour, 2)",
    ),
    said("what a reference says", "note", "'Look'", table="cross_reference"),
    said("a score", "score", "0.5", table="contradiction"),
    said("who reviewed it", "reviewed_by", "'Mallory'", 5, "contradiction"),
    Edit(
        "a decision is another",
        "UPDATE decision SET status = 'dismissed' WHERE status = 'confirmed'",
        "decision",
        "",
        "status",
    ),
    Edit("decisions are forgotten", "DELETE FROM decision", "decision", ""),
    Edit(
        "the words that a stance was taken on",
        "UPDATE stance SET text_key = (SELECT text_key FROM statement WHERE id = 1) WHERE id = 2",
        "stance",
        "2",
        "text_key",
    ),
    said("that a stance is stale", "stale", "NOT stale", 2, "stance"),
    said("a proposition as it is folded", "folded", "'b'", 2, "proposition"),
    said("a rating", "value", "4.0", table="review"),
    said(
        "when a review was published, at the latest",
        "published_latest",
        "'2026-05-01'",
        1,
        "review",
    ),
    Edit(
        "what was read in a text",
        "UPDATE analysis SET data = (SELECT data FROM analysis WHERE statement_id = 2) "
        "WHERE statement_id = 1",
        "analysis",
        "1",
        "data",
    ),
    Edit(
        "its outline",
        "UPDATE analysis SET outline = (SELECT outline FROM analysis WHERE statement_id = 3) "
        "WHERE statement_id = 1",
        "analysis",
        "1",
        "outline",
    ),
    Edit("a text was never read", "DELETE FROM analysis WHERE statement_id = 2", "analysis", "2"),
    Edit(
        "a key leads to a statement no more",
        "DELETE FROM statement_key WHERE statement_id = 4",
        "statement_key",
        ", 4)",
    ),
    Edit(
        "a key counts more",
        "UPDATE statement_key SET nth = nth + 100 WHERE statement_id = 4",
        "statement_key",
        ", 4)",
        "nth",
    ),
    Edit(
        "who changed something",
        "UPDATE change SET who = 'Mallory' WHERE id = 17",
        "change",
        "17",
        "digest",
    ),
    Edit("a change is gone", "DELETE FROM change WHERE id = 17", "change", "17"),
    Edit(
        "a node of the tree",
        "UPDATE merkle_node SET hash = digest FROM change WHERE change.id = 1 AND position = 1",
        "merkle_node",
        "1 of level 4",
        "hash",
    ),
    Edit("the tree is gone", "DELETE FROM merkle_node", "merkle_node", "0 of level 4"),
    Edit(
        "a key may do more",
        """UPDATE api_key SET scopes = '["admin"]' WHERE id = 1""",
        "api_key",
        "1",
        "scopes",
    ),
    said("a key that was revoked opens again", "revoked_at", "NULL", 2, "api_key"),
    Edit("the keys are gone", "DELETE FROM api_key", "api_key", "1"),
    said("where notices go", "url", "'https://mallory.example'", table="webhook"),
    said("that notices go out", "status", "'disabled'", 2, "webhook"),
    said("the secret of the ledger", "cursor_seed", "'0'", table="ledger"),
    said("the secret of redacted words", "redaction_secret", "'00'", table="ledger"),
    Edit("redacted words may be said again", "DELETE FROM redacted_words", "redacted_words", ""),
    Edit("the seals are gone", "DELETE FROM seal", "seal", "api_key", "codes"),
    Edit(
        "a migration never ran",
        "DELETE FROM schema_migration WHERE number = 1",
        "schema_migration",
        "1",
    ),
    Edit(
        "a trigger is gone",
        "DROP TRIGGER statement_reworded",
        "sqlite_master",
        "statement_reworded",
        engine="sqlite",
    ),
    Edit(
        "a trigger more",
        "CREATE TRIGGER mallory AFTER INSERT ON statement BEGIN DELETE FROM api_key; END",
        "sqlite_master",
        "mallory",
        engine="sqlite",
    ),
    Edit(
        "an index is gone",
        "DROP INDEX appearance_by_source",
        "sqlite_master",
        "appearance_by_source",
        engine="sqlite",
    ),
    Edit(
        "ids are given away again",
        "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'cross_reference'",
        "sqlite_sequence",
        "cross_reference",
        "seq",
        "sqlite",
    ),
    Edit(
        "words are found no more",
        "INSERT INTO statement_search (statement_search, rowid, text) "
        "SELECT 'delete', place, text FROM statement WHERE id = 2",
        "statement_search",
        "2",
        "text",
        "sqlite",
    ),
    Edit(
        "a statement is found by other words",
        "INSERT INTO statement_search (rowid, text) "
        "SELECT place, 'mallory' FROM statement WHERE id = 2",
        "statement_search",
        "2",
        "text",
        "sqlite",
    ),
    Edit(
        "a proposition is found by other words",
        "INSERT INTO proposition_search (rowid, text) VALUES (1, 'mallory')",
        "proposition_search",
        "1",
        "text",
        "sqlite",
    ),
    Edit(
        "a speaker is found by another name",
        "INSERT INTO speaker_search (rowid, folded) VALUES (1, 'mallory')",
        "speaker_search",
        "1",
        "folded",
        "sqlite",
    ),
    Edit(
        "a speaker is found by another spelling",
        "INSERT INTO speaker_spelling (rowid, plain) VALUES (1, 'mallory')",
        "speaker_spelling",
        "1",
        "plain",
        "sqlite",
    ),
    Edit(
        "a trigger is gone",
        "DROP TRIGGER statement_reworded ON statement",
        "pg_catalog",
        "statement.statement_reworded",
        engine="postgresql",
    ),
    Edit(
        "a trigger is off",
        "ALTER TABLE statement DISABLE TRIGGER statement_reworded",
        "pg_catalog",
        "statement.statement_reworded",
        engine="postgresql",
    ),
    Edit(
        "a function does something else",
        "CREATE OR REPLACE FUNCTION next_statement() RETURNS BIGINT LANGUAGE sql AS 'SELECT 1'",
        "pg_catalog",
        "next_statement()",
        engine="postgresql",
    ),
    Edit(
        "an index is gone",
        "DROP INDEX appearance_by_source",
        "pg_catalog",
        "appearance_by_source",
        engine="postgresql",
    ),
    Edit(
        "a check is gone",
        "ALTER TABLE statement DROP CONSTRAINT statement_kind_check",
        "pg_catalog",
        "statement.statement_kind_check",
        engine="postgresql",
    ),
    Edit(
        "ids are given away again",
        "DELETE FROM last_id WHERE of_table = 'cross_reference'",
        "last_id",
        "cross_reference",
        "id",
        "postgresql",
    ),
    *(
        Edit(
            f"what {index} finds",
            f"UPDATE {index} SET words = 'mallory' WHERE rowid = 1",
            index,
            "1",
            column,
            "postgresql",
        )
        for index, column in (
            ("statement_search", "text"),
            ("proposition_search", "text"),
            ("speaker_search", "folded"),
        )
    ),
    Edit(
        "a speaker is found by another spelling",
        "UPDATE speaker_spelling SET trigram = 'xyz' WHERE rowid = 1 AND trigram = 'ann'",
        "speaker_spelling",
        "1",
        "plain",
        "postgresql",
    ),
]
