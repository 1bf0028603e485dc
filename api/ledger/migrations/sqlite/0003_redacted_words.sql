-- Topics that no active statement has are gone: their names may be made of words that are, too.
DELETE FROM topic WHERE statements <= 0;

-- What words were redacted is told by hashes alone, under a secret that no export carries.
-- `unswept` tells the last redaction whose words may still stand in the files of the database.
ALTER TABLE ledger ADD COLUMN redaction_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN unswept TEXT;

UPDATE ledger SET redaction_secret = lower(hex(randomblob(32)));

CREATE TABLE redacted_words (
    word_hash BLOB PRIMARY KEY,
    statement_id INTEGER NOT NULL REFERENCES statement (id)
) STRICT, WITHOUT ROWID;
