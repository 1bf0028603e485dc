"""What is held of statements: contradictions, stances, fact-checks."""

from peewee import BlobField, BooleanField, FloatField, ForeignKeyField, IntegerField, TextField

from api.ledger.models.rows import JsonField, Subject, Table
from api.ledger.models.said import Statement


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
