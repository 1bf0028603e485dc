-- An answer is kept for the caller it was given to. Whose the kept ones were is not known: they go.
DROP TABLE idempotency;

CREATE TABLE idempotency (
    -- The name of a key, or where a caller without one was.
    caller TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    request BYTEA NOT NULL,
    status BIGINT NOT NULL,
    headers TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (caller, key)
);

CREATE INDEX idempotency_by_age ON idempotency (created_at);
