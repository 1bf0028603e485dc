"""What recording a statement asks of the database does not grow with the ledger."""

import pytest

from api.ledger.storage.database import engine

# With its speaker, source, appearance, topic and external id all new, its answer included. A few
# more or fewer read the nodes of the tree over the history that its changes complete.
MOST_QUERIES = {"de": 40, "en": 58}


@pytest.fixture
def asked(monkeypatch):
    """The SQL that is run."""
    found = []
    run = type(engine()).execute_sql

    def counting(self, sql, *rest, **named):
        found.append(sql)
        return run(self, sql, *rest, **named)

    monkeypatch.setattr(type(engine()), "execute_sql", counting)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_queries_of_recording_a_statement_are_bounded_however_many_there_are(
    language, record, asked
):
    def cost(name):
        asked.clear()
        record(
            f"The harbour of {name} will not be closed in winter",
            speaker=f"Speaker {name}",
            language=language,
            topics=[f"topic {name}"],
            source={"title": f"Paper {name}"},
            external_id=name,
        )
        return len(asked)

    cost("Aden")
    few = cost("Genoa")
    for number in range(60):
        record(f"The ferry to pier {number} is late", language=language, speaker="Ada Brook")
    many = cost("Lagos")
    assert max(few, many) <= MOST_QUERIES[language], (few, many)
