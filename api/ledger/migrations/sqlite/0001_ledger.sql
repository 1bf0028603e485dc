-- Names of columns are those of the HTTP contract wherever a column is shown.
-- JSON columns (verbatim, topics, position, basis, evidence) hold what is shown, as it is shown.

CREATE TABLE schema_migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

-- One row. The seed signs the cursors that this ledger hands out.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    cursor_seed TEXT NOT NULL
) STRICT;

INSERT INTO ledger (id, cursor_seed) VALUES (1, lower(hex(randomblob(32))));

CREATE TABLE speaker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'document', 'unnamed')),
    aliases TEXT NOT NULL DEFAULT '[]',
    role TEXT,
    wikidata TEXT,
    "distinct" INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES speaker (id),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX speaker_by_name ON speaker (folded, id) WHERE merged_into IS NULL;
CREATE INDEX speaker_by_kind ON speaker (kind, folded, id) WHERE merged_into IS NULL;
CREATE INDEX speaker_by_wikidata ON speaker (wikidata) WHERE wikidata IS NOT NULL;
CREATE INDEX speaker_by_merger ON speaker (merged_into) WHERE merged_into IS NOT NULL;

-- Every name and alias by which a speaker is found.
CREATE TABLE speaker_name (
    id INTEGER PRIMARY KEY,
    speaker_id INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    folded TEXT NOT NULL,
    -- Without accents, marks and punctuation: what near spellings are found by.
    plain TEXT NOT NULL,
    UNIQUE (folded, speaker_id)
) STRICT;

CREATE INDEX speaker_name_by_speaker ON speaker_name (speaker_id);
CREATE INDEX speaker_name_by_spelling ON speaker_name (plain);

CREATE VIRTUAL TABLE speaker_search USING fts5 (
    folded, content = 'speaker_name', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Every three letters in a row: two spellings of a name have most of them in common.
CREATE VIRTUAL TABLE speaker_spelling USING fts5 (
    plain, content = 'speaker_name', content_rowid = 'id', tokenize = 'trigram', detail = 'none'
);

-- In how many names three letters stand, so that the rarest are looked up.
CREATE VIRTUAL TABLE speaker_trigram USING fts5vocab (speaker_spelling, row);

CREATE TRIGGER speaker_name_added AFTER INSERT ON speaker_name BEGIN
    INSERT INTO speaker_search (rowid, folded) VALUES (new.id, new.folded);
    INSERT INTO speaker_spelling (rowid, plain) VALUES (new.id, new.plain);
END;

CREATE TRIGGER speaker_name_removed AFTER DELETE ON speaker_name BEGIN
    INSERT INTO speaker_search (speaker_search, rowid, folded)
    VALUES ('delete', old.id, old.folded);
    INSERT INTO speaker_spelling (speaker_spelling, rowid, plain)
    VALUES ('delete', old.id, old.plain);
END;

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT,
    url TEXT UNIQUE,
    publisher TEXT,
    publisher_folded TEXT,
    published_on TEXT,
    language TEXT,
    -- SHA-256 of the text that was last read as an article, so that the same one changes nothing.
    -- The text itself is its publisher's: of it, appearances keep the words that were attributed.
    text_hash TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CHECK (title IS NOT NULL OR url IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX source_by_title
ON source (title, coalesce(publisher, ''), coalesce(published_on, '')) WHERE url IS NULL;
CREATE INDEX source_by_publisher ON source (publisher_folded, id);

CREATE TABLE statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'claim')),
    text TEXT NOT NULL,
    text_key BLOB NOT NULL,
    verbatim TEXT NOT NULL,
    speaker_id INTEGER NOT NULL REFERENCES speaker (id),
    role TEXT,
    said_on TEXT,
    said_on_text TEXT,
    said_earliest TEXT,
    said_latest TEXT,
    said_certain INTEGER NOT NULL DEFAULT 0,
    source_id INTEGER REFERENCES source (id),
    appearances INTEGER NOT NULL DEFAULT 0,
    cue TEXT,
    context TEXT,
    position TEXT,
    topics TEXT NOT NULL,
    language TEXT NOT NULL,
    external_id TEXT,
    external_ids TEXT NOT NULL DEFAULT '[]',
    confidence REAL,
    status TEXT NOT NULL CHECK (status IN ('active', 'retracted')),
    contradiction_count INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    -- Its row in the full-text index: the last day it may have been said on as a number (0 where it
    -- is unknown), its id, and whether it may have been said on other days, too. So what is found
    -- comes in the order of the default list, however much is found.
    place INTEGER NOT NULL GENERATED ALWAYS AS (
        (coalesce(CAST(julianday(said_latest) + 0.5 AS INTEGER), 0) << 33)
        | (id << 1)
        | (said_latest IS NULL OR said_earliest IS NOT said_latest)
    ) VIRTUAL,
    CHECK (id < (1 << 32))
) STRICT;

-- The expressions put unknown dates last in both orders; queries use the very same ones. Each index
-- ends with the id, which SQLite adds; statements are recorded in the order of their ids.
CREATE INDEX statement_by_latest ON statement (status, coalesce(said_latest, ''));
CREATE INDEX statement_by_earliest ON statement (status, coalesce(said_earliest, 'unknown'));
-- Those that may have been said on several days, by the last of them, for ranges that one reaches
-- into from outside; and those in other languages than most.
CREATE INDEX statement_long ON statement (status, coalesce(said_latest, ''), id, said_earliest)
WHERE coalesce(said_earliest, '') <> coalesce(said_latest, '');
CREATE INDEX statement_by_language ON statement (language) WHERE language <> 'en';
CREATE INDEX statement_by_creation ON statement (status);
CREATE INDEX statement_by_speaker ON statement (speaker_id, status, coalesce(said_latest, ''));
CREATE INDEX statement_by_words ON statement (text_key, speaker_id);
CREATE INDEX statement_by_source ON statement (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX statement_contradicted ON statement (status, coalesce(said_latest, ''), id)
WHERE contradiction_count > 0;
CREATE INDEX statement_contradicted_by_speaker ON statement (speaker_id)
WHERE contradiction_count > 0;
-- What statements are counted by, so that counts read the index and not the statements.
CREATE INDEX statement_counted ON statement (status, speaker_id, kind, said_earliest, said_latest);

-- The first is shown with the statement; each by which it was ever recorded finds it again.
CREATE TABLE statement_external_id (
    external_id TEXT PRIMARY KEY,
    statement_id INTEGER NOT NULL REFERENCES statement (id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE statement_search USING fts5 (
    text, content = 'statement', content_rowid = 'place',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER statement_added AFTER INSERT ON statement BEGIN
    INSERT INTO statement_search (rowid, text) VALUES (new.place, new.text);
END;

CREATE TRIGGER statement_reworded AFTER UPDATE OF text, said_earliest, said_latest ON statement
WHEN old.text <> new.text OR old.place <> new.place BEGIN
    INSERT INTO statement_search (statement_search, rowid, text)
    VALUES ('delete', old.place, old.text);
    INSERT INTO statement_search (rowid, text) VALUES (new.place, new.text);
END;

CREATE TABLE appearance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    source_id INTEGER NOT NULL REFERENCES source (id),
    -- The very words in the source and their place, by which they are found again when the source
    -- is read once more; words without a place stand there no longer.
    text TEXT,
    cue TEXT,
    position TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (statement_id, source_id)
) STRICT;

CREATE INDEX appearance_by_source ON appearance (source_id, statement_id);

-- How many active statements a topic has; a topic without any is not listed.
CREATE TABLE topic (
    name TEXT PRIMARY KEY,
    statements INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_topic (
    topic TEXT NOT NULL REFERENCES topic (name),
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    PRIMARY KEY (topic, statement_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX statement_topic_by_statement ON statement_topic (statement_id);

CREATE TABLE cross_reference (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_statement INTEGER NOT NULL REFERENCES statement (id),
    to_statement INTEGER NOT NULL REFERENCES statement (id),
    kind TEXT NOT NULL,
    note TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (from_statement, to_statement, kind),
    CHECK (from_statement <> to_statement)
) STRICT;

CREATE INDEX cross_reference_by_target ON cross_reference (to_statement);

-- A text read once: what the engine made of it, the keys by which a new statement finds it, and the
-- outline by which most others are told apart from it before it is read again.
CREATE TABLE analysis (
    statement_id INTEGER PRIMARY KEY REFERENCES statement (id),
    version INTEGER NOT NULL,
    outline BLOB NOT NULL,
    keys BLOB NOT NULL,
    data BLOB NOT NULL
) STRICT;

-- Keys are numbers of 32 bits. `nth` counts the statements of a key, so that its newest row tells
-- how many have it. No other index: the keys of a statement are kept with its analysis.
CREATE TABLE statement_key (
    key INTEGER NOT NULL,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    nth INTEGER NOT NULL,
    PRIMARY KEY (key, statement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contradiction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    first_id INTEGER NOT NULL REFERENCES statement (id),
    second_id INTEGER NOT NULL REFERENCES statement (id),
    nature TEXT NOT NULL CHECK (nature IN ('factual', 'position')),
    basis TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('same_speaker', 'cross_speaker')),
    status TEXT NOT NULL
    CHECK (status IN ('candidate', 'flagged', 'confirmed', 'dismissed', 'withdrawn')),
    -- What the list holds where no status is asked for.
    stands INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('flagged', 'confirmed')) VIRTUAL,
    score REAL NOT NULL,
    explanation TEXT NOT NULL,
    evidence TEXT NOT NULL,
    detector TEXT NOT NULL,
    reason TEXT,
    reviewed_by TEXT,
    reviewed_at TEXT,
    note TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (first_id, second_id),
    CHECK (first_id < second_id)
) STRICT;

CREATE INDEX contradiction_by_second ON contradiction (second_id);
CREATE INDEX contradiction_by_creation ON contradiction (status, created_at, id);
CREATE INDEX contradiction_by_update ON contradiction (status, updated_at, id);
CREATE INDEX contradiction_by_score ON contradiction (status, score, id);
CREATE INDEX contradiction_standing ON contradiction (stands, created_at, id);
CREATE INDEX contradiction_standing_by_update ON contradiction (stands, updated_at, id);
CREATE INDEX contradiction_standing_by_score ON contradiction (stands, score, id);

-- A reviewer's word on two texts with their speakers and dates, whichever rows hold them.
CREATE TABLE decision (
    pair BLOB PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('confirmed', 'dismissed')),
    reason TEXT,
    reviewed_by TEXT,
    reviewed_at TEXT NOT NULL,
    note TEXT
) STRICT, WITHOUT ROWID;

-- Every version of everything, in the order of commits. A record is canonical JSON (RFC 8785), packed
-- (`api/ledger/packing.py`); that something was deleted is an empty one. Its hash is SHA-256 over its
-- own salt and the record, and is kept when both are redacted. The digest is that of the whole entry,
-- which has that hash and the digest before it: a leaf of the tree below. The last four are what
-- versions are looked up by, as the record has it; what was redacted reads as retracted.
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT,
    why TEXT,
    record BLOB,
    salt BLOB,
    record_hash BLOB,
    digest BLOB NOT NULL,
    speaker_id INTEGER,
    statement_id INTEGER,
    proposition_id INTEGER,
    is_retracted INTEGER NOT NULL DEFAULT 0,
    CHECK ((record IS NULL) = (salt IS NULL)),
    CHECK ((record IS NULL) = (record_hash IS NOT NULL))
) STRICT;

-- The complete subtrees over sixteen changes or more (RFC 9162): a root or a proof reads a few of
-- them; smaller ones are hashed anew from the changes under them.
CREATE TABLE merkle_node (
    level INTEGER NOT NULL CHECK (level > 3),
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX change_by_subject ON change (subject, subject_id, version);
CREATE INDEX change_deleted ON change (subject, subject_id) WHERE action = 'deleted';

-- How far each engine has been run over the statements that were there before it.
CREATE TABLE recheck (
    detector TEXT PRIMARY KEY,
    statement_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    key TEXT PRIMARY KEY,
    request BLOB NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- Keys of the API, not of the ledger: of each only a hash is kept, and no export holds it.
CREATE TABLE api_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    -- The part of a key that finds it; the rest is the secret.
    lookup TEXT NOT NULL UNIQUE,
    secret_hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
) STRICT;

-- Sentences that people take a stand on. `folded` tells two of the same words as one.
CREATE TABLE proposition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    topics TEXT NOT NULL DEFAULT '[]',
    note TEXT,
    language TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE proposition_search USING fts5 (
    text, content = 'proposition', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER proposition_added AFTER INSERT ON proposition BEGIN
    INSERT INTO proposition_search (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER proposition_reworded AFTER UPDATE OF text ON proposition
WHEN old.text <> new.text BEGIN
    INSERT INTO proposition_search (proposition_search, rowid, text)
    VALUES ('delete', old.id, old.text);
    INSERT INTO proposition_search (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER proposition_removed AFTER DELETE ON proposition BEGIN
    INSERT INTO proposition_search (proposition_search, rowid, text)
    VALUES ('delete', old.id, old.text);
END;

-- A person took it on the words that `text_key` stands for; `stale` is 1 while the statement has
-- others, which that person never saw.
CREATE TABLE stance (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    proposition_id INTEGER NOT NULL REFERENCES proposition (id),
    stance TEXT NOT NULL CHECK (stance IN ('affirms', 'denies', 'conditional', 'unclear')),
    condition TEXT,
    note TEXT,
    text_key BLOB NOT NULL,
    stale INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (statement_id, proposition_id)
) STRICT;

CREATE INDEX stance_by_proposition ON stance (proposition_id, stance, statement_id);

-- Each stance of a statement with what active statements hold against it. Conditional and unclear
-- stances are held against nothing.
CREATE VIEW opposed_stance AS
SELECT
    own.statement_id,
    own.proposition_id,
    own.stance,
    other.statement_id AS other_id,
    statement.speaker_id AS other_speaker_id,
    statement.said_latest AS other_said_latest,
    own.stale OR other.stale AS stale
FROM stance AS own
JOIN stance AS other
ON other.proposition_id = own.proposition_id
AND other.stance = iif(own.stance = 'affirms', 'denies', 'affirms')
JOIN statement ON statement.id = other.statement_id AND statement.status = 'active'
WHERE own.stance IN ('affirms', 'denies');

CREATE VIEW proposition_topic AS
SELECT json_each.value AS topic, proposition.id AS proposition_id
FROM proposition, json_each(proposition.topics);

-- A fact-check of a statement. How it words the claim and whom it names for it is kept beside the
-- statement, so that it is found again when it is imported again after the statement was revised.
CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id INTEGER NOT NULL REFERENCES statement (id),
    url TEXT NOT NULL,
    title TEXT,
    author_name TEXT NOT NULL,
    author_folded TEXT NOT NULL,
    author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'organization')),
    author_url TEXT,
    claim TEXT,
    claimant TEXT,
    value REAL,
    best REAL,
    worst REAL,
    label TEXT,
    label_folded TEXT,
    explanation TEXT,
    published_on TEXT,
    published_earliest TEXT,
    published_latest TEXT,
    language TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (url, statement_id),
    CHECK (label IS NOT NULL OR value IS NOT NULL),
    CHECK (value IS NULL OR (worst < best AND value BETWEEN worst AND best))
) STRICT;

CREATE INDEX review_by_statement ON review (statement_id, id);
CREATE INDEX review_by_claim ON review (url, claim) WHERE claim IS NOT NULL;
CREATE INDEX review_by_author ON review (author_folded, id);
CREATE INDEX review_by_label ON review (label_folded, id) WHERE label_folded IS NOT NULL;
CREATE INDEX review_by_creation ON review (created_at, id);
CREATE INDEX review_by_publication ON review (coalesce(published_latest, ''), id);

-- Who is told of changes, and how far each was told. The outbox is `change` itself, which is written
-- in the transaction of what it tells: `read_to` is the last change that was looked at, and what
-- could not be delivered then is set aside in `webhook_delivery`. `leased_by` is the process that
-- delivers to it at the moment; a lease that ran out is anybody's.
CREATE TABLE webhook (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    filter TEXT NOT NULL,
    -- The newest first, each with when it stops to sign; no export holds them.
    secrets TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
    disabled_because TEXT,
    read_to INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    last_delivered_at TEXT,
    last_error TEXT,
    leased_by TEXT,
    leased_until TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE webhook_delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    change_id INTEGER NOT NULL REFERENCES change (id),
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TEXT,
    answered INTEGER,
    error TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (webhook_id, change_id)
) STRICT;

CREATE INDEX webhook_delivery_by_status ON webhook_delivery (webhook_id, status, change_id);
CREATE INDEX webhook_delivery_by_subject
ON webhook_delivery (webhook_id, subject, subject_id, change_id) WHERE status = 'waiting';

-- What rested on a speaker, a statement or a proposition in the past, whatever became of it since.
CREATE INDEX change_by_speaker ON change (speaker_id, subject_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX change_by_statement ON change (statement_id, subject_id) WHERE statement_id IS NOT NULL;
CREATE INDEX change_by_proposition ON change (proposition_id, subject_id) WHERE proposition_id IS NOT NULL;
