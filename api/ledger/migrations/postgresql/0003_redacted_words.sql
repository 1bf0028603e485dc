-- Topics that no active statement has are gone: their names may be made of words that are, too.
DELETE FROM topic WHERE statements <= 0;

-- What words were redacted is told by hashes alone, under a secret that no export carries.
-- `unswept` tells the last redaction whose words may still stand in the files of the database.
ALTER TABLE ledger ADD COLUMN redaction_secret TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN unswept TEXT COLLATE "C";

UPDATE ledger SET redaction_secret = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');

CREATE TABLE redacted_words (
    word_hash BYTEA PRIMARY KEY,
    statement_id BIGINT NOT NULL REFERENCES statement (id)
);
