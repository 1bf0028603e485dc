-- Names of columns are those of the HTTP contract wherever a column is shown.
-- JSON columns (verbatim, topics, position, basis, evidence) hold what is shown, as it is shown.
-- Texts are compared byte by byte (COLLATE "C"), as they are in SQLite, whatever the database's own
-- order is. No extension is needed: what they would give is made from what PostgreSQL has.

-- The last id of a table whose row is gone; ids are given away once.
CREATE TABLE last_id (
    of_table TEXT COLLATE "C" PRIMARY KEY,
    id BIGINT NOT NULL
);

-- Ids without gaps, which a sequence leaves where a transaction is undone: there is one writer at a
-- time, so the next id is the one after the last.
DO $make$
DECLARE
    named TEXT;
BEGIN
    FOREACH named IN ARRAY ARRAY[
        'speaker', 'source', 'statement', 'appearance', 'cross_reference', 'contradiction', 'change',
        'api_key', 'proposition', 'stance', 'review', 'webhook', 'webhook_delivery'
    ] LOOP
        EXECUTE format(
            $function$
            CREATE FUNCTION %s() RETURNS BIGINT LANGUAGE plpgsql AS $body$
            BEGIN
                RETURN 1 + greatest(
                    (SELECT max(id) FROM %I),
                    (SELECT id FROM last_id WHERE of_table = %L),
                    0
                );
            END
            $body$
            $function$,
            'next_' || named, named, named
        );
    END LOOP;
END
$make$;

CREATE FUNCTION keep_last_id() RETURNS TRIGGER LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO last_id (of_table, id)
    SELECT TG_TABLE_NAME, max(gone.id) FROM gone HAVING count(*) > 0
    ON CONFLICT (of_table) DO UPDATE SET id = greatest(last_id.id, excluded.id);
    RETURN NULL;
END
$body$;

-- The words of a text as FTS5's unicode61 takes them apart: case and accents do not matter.
CREATE FUNCTION words_of(given TEXT) RETURNS TEXT[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN string_to_array(
    btrim(regexp_replace(
        translate(
            lower(normalize(
                regexp_replace(
                    normalize(given, NFD),
                    '[\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]+',
                    '', 'g'
                ),
                NFC
            ) COLLATE pg_c_utf8),
            'ςſµ', 'σsμ'
        ),
        '[^[:alnum:]²³¹¼½¾٠-٩۰-۹०-९০-৯]+' COLLATE pg_c_utf8, ' ', 'g'
    )),
    ' '
);

CREATE TEXT SEARCH DICTIONARY word_stem (TEMPLATE = snowball, LANGUAGE = porter);

-- FTS5 leaves the shortest and the longest words as they are, too; an index takes no longer ones. It
-- has two rules that Porter added to his stemmer later: possibly is possible, and zoology is zoolog.
CREATE FUNCTION stem_of(word TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN CASE
    WHEN octet_length(word) NOT BETWEEN 3 AND 64 THEN left(word, 500)
    WHEN word ~ '[aeiouy][^aeiouy].*bl(ys?|ies)$'
    THEN (ts_lexize('word_stem', regexp_replace(word, '(ys?|ies)$', 'e')))[1]
    WHEN word ~ '[aeiouy][^aeiouy].*log(ys?|ies)$'
    THEN (ts_lexize('word_stem', regexp_replace(word, '(ys?|ies)$', '')))[1]
    ELSE (ts_lexize('word_stem', word))[1]
END;

-- Words with their places, for phrases; the index counts no further than to 16383.
CREATE FUNCTION indexed(given TEXT, stemmed BOOLEAN) RETURNS TSVECTOR
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT coalesce(string_agg(
        CASE WHEN stemmed THEN stem_of(word) ELSE left(word, 500) END || ':' || least(place, 16383),
        ' '
    ), '')::tsvector
    FROM unnest(words_of(given)) WITH ORDINALITY AS each (word, place)
);

-- What finds texts with all of some terms, each a word or a phrase, whose last word may be the
-- beginning of one.
CREATE FUNCTION searched(terms TEXT[], stemmed BOOLEAN, begun BOOLEAN) RETURNS TSQUERY
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
    SELECT string_agg('(' || phrase || ')', ' & ')::tsquery
    FROM unnest(terms) AS term, LATERAL (
        SELECT string_agg(
            CASE WHEN stemmed THEN stem_of(word) ELSE left(word, 500) END
            || CASE WHEN begun AND place = cardinality(words_of(term)) THEN ':*' ELSE '' END,
            ' <-> ' ORDER BY place
        ) AS phrase
        FROM unnest(words_of(term)) WITH ORDINALITY AS each (word, place)
    ) AS of_term
    WHERE phrase IS NOT NULL
);

-- Every three letters in a row: two spellings of a name have most of them in common.
CREATE FUNCTION trigrams_of(spelling TEXT) RETURNS SETOF TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT DISTINCT substr(spelling, start, 3) FROM generate_series(1, length(spelling) - 2) AS start
$body$;

CREATE TABLE schema_migration (
    number BIGINT PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    applied_at TEXT COLLATE "C" NOT NULL
);

-- One row. The seed signs the cursors that this ledger hands out.
CREATE TABLE ledger (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    cursor_seed TEXT COLLATE "C" NOT NULL
);

INSERT INTO ledger (id, cursor_seed) VALUES (1, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

CREATE TABLE speaker (
    id BIGINT PRIMARY KEY DEFAULT next_speaker(),
    name TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('person', 'organization', 'document', 'unnamed')),
    aliases TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    role TEXT COLLATE "C",
    wikidata TEXT COLLATE "C",
    "distinct" BOOLEAN NOT NULL DEFAULT FALSE,
    merged_into BIGINT REFERENCES speaker (id) DEFERRABLE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX speaker_by_name ON speaker (folded, id) WHERE merged_into IS NULL;
CREATE INDEX speaker_by_kind ON speaker (kind, folded, id) WHERE merged_into IS NULL;
CREATE INDEX speaker_by_wikidata ON speaker (wikidata) WHERE wikidata IS NOT NULL;
CREATE INDEX speaker_by_merger ON speaker (merged_into) WHERE merged_into IS NOT NULL;

-- Every name and alias by which a speaker is found.
CREATE TABLE speaker_name (
    id BIGINT PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
    speaker_id BIGINT NOT NULL REFERENCES speaker (id) ON DELETE CASCADE DEFERRABLE,
    folded TEXT COLLATE "C" NOT NULL,
    -- Without accents, marks and punctuation: what near spellings are found by.
    plain TEXT COLLATE "C" NOT NULL,
    UNIQUE (folded, speaker_id)
);

CREATE INDEX speaker_name_by_speaker ON speaker_name (speaker_id);
CREATE INDEX speaker_name_by_spelling ON speaker_name (plain);

CREATE TABLE source (
    id BIGINT PRIMARY KEY DEFAULT next_source(),
    title TEXT COLLATE "C",
    url TEXT COLLATE "C",
    publisher TEXT COLLATE "C",
    publisher_folded TEXT COLLATE "C",
    published_on TEXT COLLATE "C",
    language TEXT COLLATE "C",
    -- SHA-256 of the text that was last read as an article, so that the same one changes nothing.
    -- The text itself is its publisher's: of it, appearances keep the words that were attributed.
    text_hash TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    CHECK (title IS NOT NULL OR url IS NOT NULL),
    -- By their hashes: a B-tree takes no words as long as addresses and titles may be.
    CONSTRAINT source_by_url EXCLUDE USING hash (url WITH =),
    CONSTRAINT source_by_title EXCLUDE USING hash (
        (title || E'\n' || coalesce(publisher, '') || E'\n' || coalesce(published_on, '')) WITH =
    ) WHERE (url IS NULL)
);

CREATE INDEX source_titled ON source USING hash (title) WHERE url IS NULL;
CREATE INDEX source_by_publisher ON source (publisher_folded, id);

CREATE TABLE statement (
    id BIGINT PRIMARY KEY DEFAULT next_statement(),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('quote', 'claim')),
    text TEXT COLLATE "C" NOT NULL,
    text_key BYTEA NOT NULL,
    verbatim TEXT COLLATE "C" NOT NULL,
    speaker_id BIGINT NOT NULL REFERENCES speaker (id) DEFERRABLE,
    role TEXT COLLATE "C",
    said_on TEXT COLLATE "C",
    said_on_text TEXT COLLATE "C",
    said_earliest TEXT COLLATE "C",
    said_latest TEXT COLLATE "C",
    said_certain BOOLEAN NOT NULL DEFAULT FALSE,
    source_id BIGINT REFERENCES source (id) DEFERRABLE,
    appearances BIGINT NOT NULL DEFAULT 0,
    cue TEXT COLLATE "C",
    context TEXT COLLATE "C",
    position TEXT COLLATE "C",
    topics TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C",
    external_ids TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    confidence DOUBLE PRECISION,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active', 'retracted')),
    contradiction_count BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);

-- The expressions put unknown dates last in both orders; queries use the very same ones.
CREATE INDEX statement_by_latest ON statement (status, coalesce(said_latest, ''), id);
CREATE INDEX statement_by_earliest ON statement (status, coalesce(said_earliest, 'unknown'), id);
-- Those that may have been said on several days, by the last of them, for ranges that one reaches
-- into from outside; and those in other languages than most.
CREATE INDEX statement_long ON statement (status, coalesce(said_latest, ''), id, said_earliest)
WHERE coalesce(said_earliest, '') <> coalesce(said_latest, '');
CREATE INDEX statement_by_language ON statement (language) WHERE language <> 'en';
CREATE INDEX statement_by_creation ON statement (status, id);
CREATE INDEX statement_by_speaker ON statement (speaker_id, status, coalesce(said_latest, ''), id);
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
    external_id TEXT COLLATE "C" PRIMARY KEY,
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE
);

CREATE TABLE appearance (
    id BIGINT PRIMARY KEY DEFAULT next_appearance(),
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    source_id BIGINT NOT NULL REFERENCES source (id) DEFERRABLE,
    -- The very words in the source and their place, by which they are found again when the source
    -- is read once more; words without a place stand there no longer.
    text TEXT COLLATE "C",
    cue TEXT COLLATE "C",
    position TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (statement_id, source_id)
);

CREATE INDEX appearance_by_source ON appearance (source_id, statement_id);

-- How many active statements a topic has; a topic without any is not listed.
CREATE TABLE topic (
    name TEXT COLLATE "C" PRIMARY KEY,
    statements BIGINT NOT NULL
);

CREATE TABLE statement_topic (
    topic TEXT COLLATE "C" NOT NULL REFERENCES topic (name) DEFERRABLE,
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    PRIMARY KEY (topic, statement_id)
);

CREATE INDEX statement_topic_by_statement ON statement_topic (statement_id);

CREATE TABLE cross_reference (
    id BIGINT PRIMARY KEY DEFAULT next_cross_reference(),
    from_statement BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    to_statement BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    kind TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (from_statement, to_statement, kind),
    CHECK (from_statement <> to_statement)
);

CREATE INDEX cross_reference_by_target ON cross_reference (to_statement);

-- A text read once: what the engine made of it, the keys by which a new statement finds it, and the
-- outline by which most others are told apart from it before it is read again.
CREATE TABLE analysis (
    statement_id BIGINT PRIMARY KEY REFERENCES statement (id) DEFERRABLE,
    version BIGINT NOT NULL,
    outline BYTEA NOT NULL,
    keys BYTEA NOT NULL,
    data BYTEA NOT NULL
);

-- Keys are numbers of 32 bits. `nth` counts the statements of a key, so that its newest row tells
-- how many have it. The keys of a statement are kept with its analysis, too.
CREATE TABLE statement_key (
    key INTEGER NOT NULL,
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    nth INTEGER NOT NULL,
    PRIMARY KEY (key, statement_id)
);

CREATE TABLE contradiction (
    id BIGINT PRIMARY KEY DEFAULT next_contradiction(),
    first_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    second_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    nature TEXT COLLATE "C" NOT NULL CHECK (nature IN ('factual', 'position')),
    basis TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('same_speaker', 'cross_speaker')),
    status TEXT COLLATE "C" NOT NULL
    CHECK (status IN ('candidate', 'flagged', 'confirmed', 'dismissed', 'withdrawn')),
    -- What the list holds where no status is asked for.
    stands BOOLEAN NOT NULL GENERATED ALWAYS AS (status IN ('flagged', 'confirmed')) STORED,
    score DOUBLE PRECISION NOT NULL,
    explanation TEXT COLLATE "C" NOT NULL,
    evidence TEXT COLLATE "C" NOT NULL,
    detector TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    reviewed_by TEXT COLLATE "C",
    reviewed_at TEXT COLLATE "C",
    note TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (first_id, second_id),
    CHECK (first_id < second_id)
);

CREATE INDEX contradiction_by_second ON contradiction (second_id);
CREATE INDEX contradiction_by_creation ON contradiction (status, created_at, id);
CREATE INDEX contradiction_by_update ON contradiction (status, updated_at, id);
CREATE INDEX contradiction_by_score ON contradiction (status, score, id);
CREATE INDEX contradiction_standing ON contradiction (stands, created_at, id);
CREATE INDEX contradiction_standing_by_update ON contradiction (stands, updated_at, id);
CREATE INDEX contradiction_standing_by_score ON contradiction (stands, score, id);

-- A reviewer's word on two texts with their speakers and dates, whichever rows hold them.
CREATE TABLE decision (
    pair BYTEA PRIMARY KEY,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('confirmed', 'dismissed')),
    reason TEXT COLLATE "C",
    reviewed_by TEXT COLLATE "C",
    reviewed_at TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C"
);

-- Every version of everything, in the order of commits. A record is canonical JSON (RFC 8785), packed
-- (`api/ledger/packing.py`); that something was deleted is an empty one. Its hash is SHA-256 over its
-- own salt and the record, and is kept when both are redacted. The digest is that of the whole entry,
-- which has that hash and the digest before it: a leaf of the tree below. The last four are what
-- versions are looked up by, as the record has it; what was redacted reads as retracted.
CREATE TABLE change (
    id BIGINT PRIMARY KEY DEFAULT next_change(),
    subject TEXT COLLATE "C" NOT NULL,
    subject_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C",
    why TEXT COLLATE "C",
    record BYTEA,
    salt BYTEA,
    record_hash BYTEA,
    digest BYTEA NOT NULL,
    speaker_id BIGINT,
    statement_id BIGINT,
    proposition_id BIGINT,
    is_retracted BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK ((record IS NULL) = (salt IS NULL)),
    CHECK ((record IS NULL) = (record_hash IS NOT NULL))
);

-- The complete subtrees over sixteen changes or more (RFC 9162): a root or a proof reads a few of
-- them; smaller ones are hashed anew from the changes under them.
CREATE TABLE merkle_node (
    level BIGINT NOT NULL CHECK (level > 3),
    position BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (level, position)
);

CREATE UNIQUE INDEX change_by_subject ON change (subject, subject_id, version);
CREATE INDEX change_deleted ON change (subject, subject_id) WHERE action = 'deleted';

-- How far each engine has been run over the statements that were there before it.
CREATE TABLE recheck (
    detector TEXT COLLATE "C" PRIMARY KEY,
    statement_id BIGINT NOT NULL
);

CREATE TABLE idempotency (
    key TEXT COLLATE "C" PRIMARY KEY,
    request BYTEA NOT NULL,
    status BIGINT NOT NULL,
    headers TEXT COLLATE "C" NOT NULL,
    body BYTEA NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- Keys of the API, not of the ledger: of each only a hash is kept, and no export holds it.
CREATE TABLE api_key (
    id BIGINT PRIMARY KEY DEFAULT next_api_key(),
    name TEXT COLLATE "C" NOT NULL UNIQUE,
    -- The part of a key that finds it; the rest is the secret.
    lookup TEXT COLLATE "C" NOT NULL UNIQUE,
    secret_hash BYTEA NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    created_at TEXT COLLATE "C" NOT NULL,
    expires_at TEXT COLLATE "C",
    revoked_at TEXT COLLATE "C"
);

-- Sentences that people take a stand on. `folded` tells two of the same words as one.
CREATE TABLE proposition (
    id BIGINT PRIMARY KEY DEFAULT next_proposition(),
    text TEXT COLLATE "C" NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    topics TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    note TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    CONSTRAINT proposition_by_words EXCLUDE USING hash (folded WITH =)
);

-- A person took it on the words that `text_key` stands for; `stale` is true while the statement has
-- others, which that person never saw.
CREATE TABLE stance (
    id BIGINT PRIMARY KEY DEFAULT next_stance(),
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    proposition_id BIGINT NOT NULL REFERENCES proposition (id) DEFERRABLE,
    stance TEXT COLLATE "C" NOT NULL CHECK (stance IN ('affirms', 'denies', 'conditional', 'unclear')),
    condition TEXT COLLATE "C",
    note TEXT COLLATE "C",
    text_key BYTEA NOT NULL,
    stale BOOLEAN NOT NULL DEFAULT FALSE,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (statement_id, proposition_id)
);

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
AND other.stance = CASE own.stance WHEN 'affirms' THEN 'denies' ELSE 'affirms' END
JOIN statement ON statement.id = other.statement_id AND statement.status = 'active'
WHERE own.stance IN ('affirms', 'denies');

CREATE VIEW proposition_topic AS
SELECT given.topic, proposition.id AS proposition_id
FROM proposition, json_array_elements_text(proposition.topics::json) AS given (topic);

-- A fact-check of a statement. How it words the claim and whom it names for it is kept beside the
-- statement, so that it is found again when it is imported again after the statement was revised.
CREATE TABLE review (
    id BIGINT PRIMARY KEY DEFAULT next_review(),
    statement_id BIGINT NOT NULL REFERENCES statement (id) DEFERRABLE,
    url TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C",
    author_name TEXT COLLATE "C" NOT NULL,
    author_folded TEXT COLLATE "C" NOT NULL,
    author_kind TEXT COLLATE "C" NOT NULL CHECK (author_kind IN ('person', 'organization')),
    author_url TEXT COLLATE "C",
    claim TEXT COLLATE "C",
    claimant TEXT COLLATE "C",
    value DOUBLE PRECISION,
    best DOUBLE PRECISION,
    worst DOUBLE PRECISION,
    label TEXT COLLATE "C",
    label_folded TEXT COLLATE "C",
    explanation TEXT COLLATE "C",
    published_on TEXT COLLATE "C",
    published_earliest TEXT COLLATE "C",
    published_latest TEXT COLLATE "C",
    language TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    CONSTRAINT review_by_place EXCLUDE USING hash ((statement_id || ' ' || url) WITH =),
    CHECK (label IS NOT NULL OR value IS NOT NULL),
    CHECK (value IS NULL OR (worst < best AND value BETWEEN worst AND best))
);

CREATE INDEX review_by_statement ON review (statement_id, id);
CREATE INDEX review_by_url ON review USING hash (url);
CREATE INDEX review_by_author ON review USING hash (author_folded);
CREATE INDEX review_by_label ON review USING hash (label_folded);
CREATE INDEX review_by_creation ON review (created_at, id);
CREATE INDEX review_by_publication ON review (coalesce(published_latest, ''), id);

-- Who is told of changes, and how far each was told. The outbox is `change` itself, which is written
-- in the transaction of what it tells: `read_to` is the last change that was looked at, and what
-- could not be delivered then is set aside in `webhook_delivery`. `leased_by` is the process that
-- delivers to it at the moment; a lease that ran out is anybody's.
CREATE TABLE webhook (
    id BIGINT PRIMARY KEY DEFAULT next_webhook(),
    url TEXT COLLATE "C" NOT NULL,
    events TEXT COLLATE "C" NOT NULL,
    filter TEXT COLLATE "C" NOT NULL,
    -- The newest first, each with when it stops to sign; no export holds them.
    secrets TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active', 'disabled')),
    disabled_because TEXT COLLATE "C",
    read_to BIGINT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    retry_at TEXT COLLATE "C",
    last_delivered_at TEXT COLLATE "C",
    last_error TEXT COLLATE "C",
    leased_by TEXT COLLATE "C",
    leased_until TEXT COLLATE "C",
    version BIGINT NOT NULL DEFAULT 1,
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE webhook_delivery (
    id BIGINT PRIMARY KEY DEFAULT next_webhook_delivery(),
    webhook_id BIGINT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE DEFERRABLE,
    change_id BIGINT NOT NULL REFERENCES change (id) DEFERRABLE,
    event TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    subject_id BIGINT NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('waiting', 'dead')),
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at TEXT COLLATE "C",
    answered BIGINT,
    error TEXT COLLATE "C",
    created_at TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL,
    UNIQUE (webhook_id, change_id)
);

CREATE INDEX webhook_delivery_by_status ON webhook_delivery (webhook_id, status, change_id);
CREATE INDEX webhook_delivery_by_subject
ON webhook_delivery (webhook_id, subject, subject_id, change_id) WHERE status = 'waiting';

-- What rested on a speaker, a statement or a proposition in the past, whatever became of it since.
CREATE INDEX change_by_speaker ON change (speaker_id, subject_id) WHERE speaker_id IS NOT NULL;
CREATE INDEX change_by_statement ON change (statement_id, subject_id) WHERE statement_id IS NOT NULL;
CREATE INDEX change_by_proposition ON change (proposition_id, subject_id) WHERE proposition_id IS NOT NULL;

-- What is searched, in tables of their own: the rows of lists stay small.
CREATE TABLE statement_search (
    rowid BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
);

CREATE INDEX statement_search_by_word ON statement_search USING gin (words) WITH (fastupdate = off);

CREATE FUNCTION index_statement() RETURNS TRIGGER LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO statement_search (rowid, words) VALUES (NEW.id, indexed(NEW.text, TRUE))
    ON CONFLICT (rowid) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$body$;

CREATE TRIGGER statement_added AFTER INSERT ON statement
FOR EACH ROW EXECUTE FUNCTION index_statement();
CREATE TRIGGER statement_reworded AFTER UPDATE OF text ON statement
FOR EACH ROW WHEN (OLD.text <> NEW.text) EXECUTE FUNCTION index_statement();

CREATE TABLE proposition_search (
    rowid BIGINT PRIMARY KEY REFERENCES proposition (id) ON DELETE CASCADE DEFERRABLE,
    words TSVECTOR NOT NULL
);

CREATE INDEX proposition_search_by_word ON proposition_search
USING gin (words) WITH (fastupdate = off);

CREATE FUNCTION index_proposition() RETURNS TRIGGER LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO proposition_search (rowid, words) VALUES (NEW.id, indexed(NEW.text, TRUE))
    ON CONFLICT (rowid) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$body$;

CREATE TRIGGER proposition_added AFTER INSERT ON proposition
FOR EACH ROW EXECUTE FUNCTION index_proposition();
CREATE TRIGGER proposition_reworded AFTER UPDATE OF text ON proposition
FOR EACH ROW WHEN (OLD.text <> NEW.text) EXECUTE FUNCTION index_proposition();

-- Names are not stemmed; they are found by the beginnings of their words.
CREATE TABLE speaker_search (
    rowid BIGINT PRIMARY KEY REFERENCES speaker_name (id) ON DELETE CASCADE DEFERRABLE,
    words TSVECTOR NOT NULL
);

CREATE INDEX speaker_search_by_word ON speaker_search USING gin (words) WITH (fastupdate = off);

CREATE TABLE speaker_spelling (
    trigram TEXT COLLATE "C" NOT NULL,
    rowid BIGINT NOT NULL REFERENCES speaker_name (id) ON DELETE CASCADE DEFERRABLE,
    PRIMARY KEY (trigram, rowid)
);

CREATE INDEX speaker_spelling_by_name ON speaker_spelling (rowid);

CREATE FUNCTION index_name() RETURNS TRIGGER LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO speaker_search (rowid, words) VALUES (NEW.id, indexed(NEW.folded, FALSE));
    INSERT INTO speaker_spelling (trigram, rowid)
    SELECT trigram, NEW.id FROM trigrams_of(NEW.plain) AS trigram;
    RETURN NULL;
END
$body$;

CREATE TRIGGER speaker_name_added AFTER INSERT ON speaker_name
FOR EACH ROW EXECUTE FUNCTION index_name();

DO $make$
DECLARE
    named TEXT;
BEGIN
    FOREACH named IN ARRAY ARRAY[
        'speaker', 'source', 'statement', 'appearance', 'cross_reference', 'contradiction', 'change',
        'api_key', 'proposition', 'stance', 'review', 'webhook', 'webhook_delivery'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone '
            'FOR EACH STATEMENT EXECUTE FUNCTION keep_last_id()',
            named || '_gone', named
        );
    END LOOP;
END
$make$;
