-- What was read in a text is sealed, so that an edit by hand is seen without reading the text again:
-- a digest over the row, and a sum over what its keys count (`api/ledger/analyses.py`).
ALTER TABLE analysis ADD COLUMN counted BIGINT;
ALTER TABLE analysis ADD COLUMN digest BYTEA;

-- Tables of this server alone, which no history holds: for each column of each row a code by the
-- ledger's own secret (`api/ledger/seals.py`), as JSON.
CREATE TABLE seal (
    of_table TEXT COLLATE "C" PRIMARY KEY,
    codes TEXT COLLATE "C" NOT NULL
);
