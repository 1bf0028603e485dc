"""Whole articles of our own: who said what, in which words, when."""

import pytest

from tests.extraction.reading import article, holding, statements

EXPECTED = [
    ("bridge", "will close in June", "Ruth Okafor", "claim", "2024-03-04"),
    ("bridge", "We cannot wait", "Ruth Okafor", "quote", "2024-03-04"),
    ("bridge", "The council knew this", "Ruth Okafor", "quote", "2024-03-04"),
    ("bridge", "a gift to the ferry company", "Daniel Voss", "quote", "2024-03-05"),
    ("bridge", "hiding the engineers", "Daniel Voss", "claim", "2024-03-05"),
    ("bridge", "every page of it", "Ruth Okafor", "quote", "2024-03-05"),
    ("bridge", "would add two boats", "Ilse Brandt", "claim", "2024-03-05"),
    ("bridge", "14,000 vehicles", "State's Department of Transport", "claim", "2024-03-05"),
    ("bridge", "My customers", "Tomas Reyes", "quote", "2024-03-05"),
    ("bridge", "will be there on the first", "Helen Marsh's office", "quote", "2024-03-05"),
    ("bridge", "three times", "Daniel Voss", "quote", "2024-03-05"),
    ("bridge", "a public hearing", "City's charter", "claim", "2024-03-05"),
    ("inflation", "prices would keep rising", "Ingrid Solheim", "claim", "2023-11-16"),
    ("inflation", "Inflation is not beaten", "Ingrid Solheim", "quote", "2023-11-16"),
    ("inflation", "healthiest in Europe", "Peter Dahl", "quote", "2023-11-06/2023-11-12"),
    ("inflation", "Energy prices have fallen", "Peter Dahl", "quote", "2023-11-16"),
    ("inflation", "playing politics", "Lena Berg", "quote", "2023-11-16"),
    ("inflation", "raise its rate to 4.75", "Nordbanken", "claim", "2023-11-16"),
    ("inflation", "They were surprised", "Jonas Ek", "quote", "2023-11-16"),
    ("inflation", "freeze rents", "Marta Lind", "claim", "2023-11-16"),
    ("inflation", "I go wherever", "Ingrid Solheim", "quote", "2023-11-16"),
    ("ceasefire", "after shelling killed", "Amina Diallo", "quote", "2025-11-16"),
    ("ceasefire", "no military solution", "Amina Diallo", "quote", "2025-11-16"),
    ("ceasefire", "had hit a school", "Joseph Tembo", "quote", "2025-11-16"),
    ("ceasefire", "attacked Kesh at dawn", "Isaac Oduya", "claim", "2025-11-16"),
    ("ceasefire", "We have run out of blood", "Claire Fontaine", "quote", "2025-11-16"),
    ("ceasefire", "under fire", "Samuel Akande", "quote", "2025-11-16"),
    ("ceasefire", "neither side saw", "International Crisis Group", "claim", "2025-10"),
]


@pytest.mark.parametrize(("name", "words", "speaker", "kind", "said_on"), EXPECTED)
def test_the_statement_has_its_speaker_kind_and_date(name, words, speaker, kind, said_on):
    found = holding(statements(name), words)
    assert (found.speaker.name, found.kind, found.said_on) == (speaker, kind, said_on)


@pytest.mark.parametrize("name", ["bridge", "inflation", "ceasefire"])
def test_spans_are_the_text_at_their_offsets(name):
    text = article(name)
    for found in statements(name):
        for span in filter(None, (found.position, found.mention, found.cue)):
            assert text[span.start : span.end] == span.text
        assert all(part in found.text for part in found.verbatim)
        assert (found.kind == "quote") == bool(found.verbatim)
        assert 0 <= found.confidence <= 1


def test_titles_of_photographs_and_links_are_not_read():
    assert not [s for s in statements("bridge") if "ferry that nobody" in s.position.text]
    assert not [s for s in statements("bridge") if "Archive" in s.position.text]


def test_roles_come_from_the_article():
    assert holding(statements("inflation"), "Energy prices").speaker.role == "Finance Minister"
    assert holding(statements("ceasefire"), "under fire").speaker.role == "President"


def test_a_statement_keeps_its_surroundings_and_topics():
    found = holding(statements("bridge"), "would add two boats")
    assert found.topics
    assert "accused the mayor" not in (found.context or "")


def test_nothing_is_dated_without_a_day_to_count_from():
    from api.extraction import extract

    assert {s.said_on for s in extract(article("bridge"))} == {None}
