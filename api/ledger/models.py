"""The tables of the ledger, as peewee sees them. The migrations make them; these describe them."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Self

import orjson
from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from api.ledger.database import database


class JsonField(TextField):
    """A value kept as the JSON text in which it is shown."""

    def db_value(self, value: Any) -> str | None:
        """The text of a value."""
        return None if value is None else orjson.dumps(value).decode()

    def python_value(self, value: str | None) -> Any:
        """The value of a text."""
        return None if value is None else orjson.loads(value)


class Table(Model):
    """A table of the ledger."""

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def one(cls, **equal: Any) -> Self | None:
        """The row whose fields have these values, or None; the first, where there are more."""
        return next(iter(cls.those(**equal)), None)

    @classmethod
    def those(cls, **equal: Any) -> list[Self]:
        """The rows whose fields have these values, the first recorded first."""
        nulls = frozenset(name for name, value in equal.items() if value is None)
        sql = _selection(cls, tuple(equal), nulls, database.param)
        given = {name: value for name, value in equal.items() if value is not None}
        rows = database.execute_sql(sql, cls._values(given)).fetchall()
        return [cls._of(row) for row in rows]

    @classmethod
    def add(cls, **values: Any) -> Any:
        """Add a row with these values; its id, in a table whose rows have one."""
        sql, given = _insertion(cls, tuple(values), database.param), cls._values(values)
        if "id" in cls._meta.columns:
            return database.execute_sql(f'{sql} RETURNING "id"', given).fetchone()[0]
        database.execute_sql(sql, given)
        return None

    @classmethod
    def add_all(cls, rows: Iterable[dict[str, Any]]) -> None:
        """Add rows; all have values of the same fields."""
        given = list(rows)
        if given:
            sql = _insertion(cls, tuple(given[0]), database.param)
            database.cursor().executemany(sql, map(cls._values, given))

    @classmethod
    def put(cls, **values: Any) -> None:
        """Add a row with these values, instead of the one that has the same key."""
        key: Any = cls._meta.primary_key
        others = [cls._meta.fields[name] for name in values if name != key.name]
        adding: Any = cls.insert(**values)
        adding.on_conflict(conflict_target=[key], preserve=others).execute()

    @classmethod
    def _of(cls, row: Sequence[Any]) -> Self:
        columns = zip(cls._meta.columns.values(), row, strict=True)
        found = cls(**{field.name: field.python_value(value) for field, value in columns})
        # As peewee does with what it read: nothing of it counts as changed.
        found._dirty.clear()  # type: ignore[attr-defined]
        return found

    @classmethod
    def _values(cls, given: dict[str, Any]) -> list[Any]:
        return [cls._meta.fields[name].db_value(value) for name, value in given.items()]

    @classmethod
    def erase(cls, *where: Any) -> None:
        """Delete the rows that meet all conditions."""
        # As Any: the stubs' type of delete() is read differently from run to run.
        rows: Any = cls
        rows.delete().where(*where).execute()


# The SQL of single rows is written once: building it anew costs several times what running it does.


@cache
def _selection(table: type[Table], names: tuple[str, ...], nulls: frozenset[str], mark: str) -> str:
    columns = ", ".join(f'"{column}"' for column in table._meta.columns)
    where = " AND ".join(
        f"{_column(table, name)} {'IS NULL' if name in nulls else f'= {mark}'}" for name in names
    )
    order = ' ORDER BY "id"' if "id" in table._meta.columns else ""
    return f'SELECT {columns} FROM "{table._meta.table_name}" WHERE {where}{order}'  # noqa: S608


@cache
def _insertion(table: type[Table], names: tuple[str, ...], mark: str) -> str:
    columns = ", ".join(_column(table, name) for name in names)
    marks = ", ".join([mark] * len(names))
    return f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({marks})'  # noqa: S608


def _column(table: type[Table], name: str) -> str:
    return f'"{table._meta.fields[name].column_name}"'


class Versioned(Table):
    """Something that is revised, by those who have seen its latest version."""

    id = AutoField()
    version = IntegerField(default=1)
    created_at = TextField()
    updated_at = TextField()


class Subject(Versioned):
    """Something with versions and a history."""

    # What a version is made of; what can be derived from it is left out.
    recorded: ClassVar[tuple[str, ...]] = ()

    def record(self) -> dict[str, Any]:
        """This version as the history keeps it."""
        return {name: getattr(self, name) for name in ("id", *self.recorded)}


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
    weight = FloatField()
    keys = BlobField()
    data = BlobField()


class StatementKey(Table):
    """A key by which a new statement finds this one, as a number."""

    key = IntegerField()
    statement = ForeignKeyField(Statement)
    statement_id: int
    nth = IntegerField()

    class Meta:
        primary_key = CompositeKey("key", "statement")


class Contradiction(Subject):
    """Two statements held against each other."""

    recorded = (
        "first_id",
        "second_id",
        "nature",
        "basis",
        "scope",
        "status",
        "score",
        "explanation",
        "evidence",
        "detector",
        "reason",
        "reviewed_by",
        "reviewed_at",
        "note",
    )

    first = ForeignKeyField(Statement)
    first_id: int
    second = ForeignKeyField(Statement)
    second_id: int
    nature = TextField()
    basis = JsonField()
    scope = TextField()
    status = TextField()
    stands = BooleanField()
    score = FloatField()
    explanation = TextField()
    evidence = JsonField()
    detector = TextField()
    reason = TextField(null=True)
    reviewed_by = TextField(null=True)
    reviewed_at = TextField(null=True)
    note = TextField(null=True)


class Decision(Table):
    """A reviewer's word on two texts with their speakers and dates."""

    pair = BlobField(primary_key=True)
    status = TextField()
    reason = TextField(null=True)
    reviewed_by = TextField(null=True)
    reviewed_at = TextField()
    note = TextField(null=True)


class Recheck(Table):
    """How far an engine has been run over the statements that were there before it."""

    detector = TextField(primary_key=True)
    statement_id = IntegerField()


class Change(Table):
    """One version of one subject, as it was committed."""

    id = AutoField()
    subject = TextField()
    subject_id = IntegerField()
    version = IntegerField()
    action = TextField()
    at = TextField()
    who = TextField(null=True)
    why = TextField(null=True)
    # Without them where they were redacted: what is left is the hash of the two.
    record = TextField(null=True)
    salt = BlobField(null=True)
    record_hash = BlobField()
    digest = BlobField()

    def kept(self) -> dict[str, Any] | None:
        """The record; None of what was deleted, and where it was redacted."""
        kept: dict[str, Any] | None = orjson.loads(self.record or "null")
        return kept


class MerkleNode(Table):
    """A complete subtree of the changes; its position counts those of its level from 0."""

    level = IntegerField()
    position = IntegerField()
    hash = BlobField()

    class Meta:
        primary_key = CompositeKey("level", "position")


class KeptAnswer(Table):
    """The answer that was given to an Idempotency-Key."""

    key = TextField(primary_key=True)
    request = BlobField()
    status = IntegerField()
    headers = TextField()
    body = BlobField()
    created_at = TextField()

    class Meta:
        table_name = "idempotency"


class ApiKey(Table):
    """A key of the API, by the hash of its secret."""

    id = AutoField()
    name = TextField()
    lookup = TextField()
    secret_hash = BlobField()
    scopes = JsonField()
    created_at = TextField()
    expires_at = TextField(null=True)
    revoked_at = TextField(null=True)


class Proposition(Subject):
    """A sentence that people take a stand on, whoever they are."""

    recorded = ("text", "topics", "note", "language")

    text = TextField()
    folded = TextField()
    topics = JsonField(default=list)
    note = TextField(null=True)
    language = TextField(default="en")


class PropositionSearch(Table):
    """The full-text index over the words of propositions."""

    rowid = IntegerField(primary_key=True)


class Stance(Subject):
    """What stand a statement takes on a proposition, as a person read it."""

    recorded = ("statement_id", "proposition_id", "stance", "condition", "note", "stale")

    statement = ForeignKeyField(Statement)
    statement_id: int
    proposition = ForeignKeyField(Proposition)
    proposition_id: int
    stance = TextField()
    condition = TextField(null=True)
    note = TextField(null=True)
    text_key = BlobField()
    stale = BooleanField(default=False)


class PropositionTopic(Table):
    """A view: that a proposition has a topic."""

    topic = TextField()
    proposition = ForeignKeyField(Proposition)
    proposition_id: int

    class Meta:
        primary_key = False


class Review(Subject):
    """A fact-check of a statement."""

    recorded = (
        "statement_id",
        "url",
        "title",
        "author_name",
        "author_kind",
        "author_url",
        "claim",
        "claimant",
        "value",
        "best",
        "worst",
        "label",
        "explanation",
        "published_on",
        "language",
    )

    statement = ForeignKeyField(Statement)
    statement_id: int
    url = TextField()
    title = TextField(null=True)
    author_name = TextField()
    author_folded = TextField()
    author_kind = TextField()
    author_url = TextField(null=True)
    claim = TextField(null=True)
    claimant = TextField(null=True)
    value = FloatField(null=True)
    best = FloatField(null=True)
    worst = FloatField(null=True)
    label = TextField(null=True)
    label_folded = TextField(null=True)
    explanation = TextField(null=True)
    published_on = TextField(null=True)
    published_earliest = TextField(null=True)
    published_latest = TextField(null=True)
    language = TextField(null=True)


class Webhook(Versioned):
    """Somebody who is told of changes; that is no part of the history."""

    url = TextField()
    events = JsonField()
    filter = JsonField()
    secrets = JsonField()
    status = TextField(default="active")
    disabled_because = TextField(null=True)
    read_to = IntegerField()
    failures = IntegerField(default=0)
    retry_at = TextField(null=True)
    last_delivered_at = TextField(null=True)
    last_error = TextField(null=True)
    leased_by = TextField(null=True)
    leased_until = TextField(null=True)


class WebhookDelivery(Table):
    """A notice that could not be delivered when it was due."""

    id = AutoField()
    webhook = ForeignKeyField(Webhook)
    webhook_id: int
    change = ForeignKeyField(Change)
    change_id: int
    event = TextField()
    subject = TextField()
    subject_id = IntegerField()
    status = TextField()
    attempts = IntegerField(default=0)
    next_attempt_at = TextField(null=True)
    answered = IntegerField(null=True)
    error = TextField(null=True)
    created_at = TextField()
    updated_at = TextField()
