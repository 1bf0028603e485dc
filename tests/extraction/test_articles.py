"""Whole articles of our own: who said what, in which words, when."""

import pytest

from tests.extraction.reading import PUBLISHED, article, holding, statements

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
    ("dam", "9,000 people", "Katarina Halloran", "claim", "2026-05-22"),
    ("dam", "Nobody will be left", "Katarina Halloran", "quote", "2026-05-22"),
    ("dam", "the wall was stable", "Velmark Hydro", "claim", "2026-05-22"),
    ("dam", "warnings from staff", "Owen Prather", "claim", "2026-05-22"),
    ("dam", "simply untrue", "Owen Prather", "quote", "2026-05-22"),
    ("dam", "by four metres", "Lidia Moreau", "claim", "2026-05-22"),
    ("dam", "a shrug", "Lidia Moreau", "quote", "2026-05-22"),
    ("dam", "the number of dam inspectors", "Marcus Adeyemi", "claim", "2026-05-22"),
    ("dam", "never been larger", "Katarina Halloran", "claim", "2026-05-22"),
    ("dam", "60 millimetres", "National Weather Office", "claim", "2026-05-22"),
    ("dam", "the worst might come", "Hanne Lofgren", "claim", "2026-05-22"),
    ("dam", "We lost the cows", "Petra Novak", "quote", "2026-05-22"),
    ("dam", "a dozen boats", "Samir Haddad", "claim", "2026-05-21"),
    ("dam", "every destroyed home", "Ilona Weiss", "claim", "2026-05-22"),
    ("dam", "ready to help", "European Commission", "claim", "2026-05-22"),
    ("orchard", "older than that", "Miriam Oakes", "claim", "2026-03-14"),
    ("orchard", "an orchard is peaceful", "Miriam Oakes", "quote", "2026-02"),
    ("orchard", "hire pickers", "Walter Oakes", "claim", "2026-03-14"),
    ("orchard", "shipwrecked Breton", "Tom Ashby", "claim", "2026-03-14"),
    ("orchard", "charming and thin", "Priya Raman", "quote", "2026-03-14"),
    ("orchard", "usually right", "Tom Ashby", "quote", "2026-03-14"),
    ("orchard", "officials had known", "Frank Delaney", "claim", "2026-03-14"),
    ("orchard", "no decision", "Susan Whitlock", "claim", "2026-03-14"),
    ("orchard", "visited once", "Miriam Oakes", "claim", "2026-03-14"),
    ("orchard", "one winter without mud", "Judith", "quote", "2026-03-14"),
    ("strike", "closer than", "Diane Mercer", "quote", "2026-09-16"),
    ("strike", "without a guarantee", "Colin Barrowman", "claim", "2026-09-16"),
    ("strike", "£30m", "Chamber of Commerce", "claim", "2026-09-16"),
    ("strike", "an own goal", "Rukmini Das", "quote", "2026-09-16"),
    ("strike", "22% of its timetable", "Northline", "claim", "2026-09-16"),
    ("strike", "You deserve better", "Paul Verity", "quote", "2026-09-16"),
    ("strike", "behind a lectern", "Joanna Pike", "quote", "2026-09-16"),
    ("strike", "would not be lectured", "Edmund Hale", "claim", "2026-09-16"),
    ("strike", "missed an exam", "Leo Brandt", "claim", "2026-09-16"),
    ("strike", "supported the strikers", "Grace Obi", "claim", "2026-09-16"),
    ("strike", "keep the road clear", "Ann Keogh", "claim", "2026-09-16"),
]


@pytest.mark.parametrize(("name", "words", "speaker", "kind", "said_on"), EXPECTED)
def test_the_statement_has_its_speaker_kind_and_date(name, words, speaker, kind, said_on):
    found = holding(statements(name), words)
    assert (found.speaker.name, found.kind, found.said_on) == (speaker, kind, said_on)


@pytest.mark.parametrize("name", list(PUBLISHED))
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


def test_the_title_of_a_live_report_says_nothing():
    assert not [s for s in statements("strike") if "talks resume" in s.position.text]


def test_a_role_is_whole():
    role = holding(statements("strike"), "without a guarantee").speaker.role
    assert role == "general secretary of the rail workers' union"
