"""Who said what, and where: speakers, sources, statements, and what finds them."""

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from api.ledger.models.rows import JsonField, Subject, Table


class Speaker(Subject):
    """Whom statements are attributed to."""

    recorded = ("name", "kind", "aliases", "role", "wikidata", "distinct", "merged_into_id")

    name = TextField()
    folded = TextField()
    kind = TextField()
    aliases = JsonField(default=list)
    role = TextField(null=True)
    wikidata = TextField(null=True)
    distinct = BooleanField(default=False)
    merged_into = ForeignKeyField("self", null=True, column_name="merged_into")
    merged_into_id: int | None


class SpeakerName(Table):
    """A name or alias, folded, by which a speaker is found."""

    id = AutoField()
    speaker = ForeignKeyField(Speaker)
    speaker_id: int
    folded = TextField()
    plain = TextField()


class SpeakerSearch(Table):
    """The full-text index over the names of speakers."""

    rowid = IntegerField(primary_key=True)


class Source(Subject):
    """A document in which statements appeared."""

    recorded = ("title", "url", "publisher", "published_on", "language", "text_hash")

    title = TextField(null=True)
    url = TextField(null=True)
    publisher = TextField(null=True)
    publisher_folded = TextField(null=True)
    published_on = TextField(null=True)
    language = TextField(null=True)
    text_hash = TextField(null=True)


class Statement(Subject):
    """One attributed utterance."""

    recorded = (
        "kind",
        "text",
        "verbatim",
        "speaker_id",
        "role",
        "said_on",
        "said_on_text",
        "source_id",
        "cue",
        "context",
        "position",
        "topics",
        "language",
        "external_id",
        "external_ids",
        "confidence",
        "status",
    )

    kind = TextField()
    text = TextField()
    text_key = BlobField()
    verbatim = JsonField(default=list)
    speaker = ForeignKeyField(Speaker)
    speaker_id: int
    role = TextField(null=True)
    said_on = TextField(null=True)
    said_on_text = TextField(null=True)
    said_earliest = TextField(null=True)
    said_latest = TextField(null=True)
    said_certain = BooleanField(default=False)
    source = ForeignKeyField(Source, null=True)
    source_id: int | None
    appearances = IntegerField(default=0)
    cue = TextField(null=True)
    context = TextField(null=True)
    position = JsonField(null=True)
    topics = JsonField(default=list)
    language = TextField(default="en")
    external_id = TextField(null=True)
    external_ids = JsonField(default=list)
    confidence = FloatField(null=True)
    status = TextField(default="active")
    contradiction_count = IntegerField(default=0)


class StatementExternalId(Table):
    """An identifier of the caller's by which a statement was recorded."""

    external_id = TextField(primary_key=True)
    statement = ForeignKeyField(Statement)
    statement_id: int


class StatementSearch(Table):
    """The full-text index over the words of statements."""

    rowid = IntegerField(primary_key=True)


class Appearance(Subject):
    """A place where a statement was published."""

    recorded = ("statement_id", "source_id", "text", "cue", "position")

    statement = ForeignKeyField(Statement)
    statement_id: int
    source = ForeignKeyField(Source)
    source_id: int
    text = TextField(null=True)
    cue = TextField(null=True)
    position = JsonField(null=True)


class Topic(Table):
    """A topic and how many active statements have it."""

    name = TextField(primary_key=True)
    statements = IntegerField(default=0)


class StatementTopic(Table):
    """That an active statement has a topic."""

    topic = TextField()
    statement = ForeignKeyField(Statement)
    statement_id: int

    class Meta:
        primary_key = CompositeKey("topic", "statement")


class CrossReference(Subject):
    """A typed link that a person drew between two statements."""

    recorded = ("from_statement_id", "to_statement_id", "kind", "note")

    from_statement = ForeignKeyField(Statement, column_name="from_statement")
    from_statement_id: int
    to_statement = ForeignKeyField(Statement, column_name="to_statement")
    to_statement_id: int
    kind = TextField()
    note = TextField(null=True)


class Analysis(Table):
    """What the engine read in a statement's text, and the keys by which it is found."""

    statement = ForeignKeyField(Statement, primary_key=True)
    statement_id: int
    version = IntegerField()
    outline = BlobField()
    keys = BlobField()
    data = BlobField()
    counted = IntegerField(null=True)
    digest = BlobField(null=True)


class StatementKey(Table):
    """A key by which a new statement finds this one, as a number."""

    key = IntegerField()
    statement = ForeignKeyField(Statement)
    statement_id: int
    nth = IntegerField()

    class Meta:
        primary_key = CompositeKey("key", "statement")
