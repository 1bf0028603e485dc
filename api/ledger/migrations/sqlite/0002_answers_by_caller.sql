-- An answer is kept for the caller it was given to. Whose the kept ones were is not known: they go.
DROP TABLE idempotency;

CREATE TABLE idempotency (
    -- The name of a key, or where a caller without one was.
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (created_at);
