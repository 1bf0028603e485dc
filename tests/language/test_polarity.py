import pytest

from tests.language.reading import said


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The council did not raise the rent", "raise"),
        ("The council never raised the rent", "raise"),
        ("Nobody raised the rent", "raise"),
        ("No council raised the rent", "raise"),
        ("The council failed to raise the rent", "raise"),
        ("The council refused to raise the rent", "raise"),
        ("The council denied that it raised the rent", "raise"),
        ("The council has no plans to raise the rent", "raise"),
        ("The council ruled out raising the rent", "raise"),
        ("The law forbids raising the rent", "raise"),
        ("The council has yet to raise the rent", "raise"),
        ("There is no landlord raising the rent", "raise"),
        ("The rent was raised by nobody", "raise"),
        ("Under no circumstances will the council raise the rent", "raise"),
        ("The council will not allow landlords to raise the rent", "raise"),
        ("The council no longer raises the rent", "raise"),
        ("That the council raised the rent was denied", "raise"),
        ("The council balanced the books without an increase in rent", "increase"),
    ],
)
def test_what_is_denied(text, predicate):
    assert said(text)[predicate].sign == -1


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The council raised the rent", "raise"),
        ("The council managed to raise the rent", "raise"),
        ("The council did not fail to raise the rent", "raise"),
        ("The council wants to raise the rent", "raise"),
        ("There is evidence of fraud", "evidence"),
    ],
)
def test_what_is_asserted(text, predicate):
    assert said(text)[predicate].sign == 1


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The council raised the rent", "fact"),
        ("The council will raise the rent", "will"),
        ("The council must raise the rent", "norm"),
        ("The council urged landlords to raise the rent", "norm"),
        ("The council is willing to raise the rent", "intends"),
        ("The council accepts raising the rent", "permits"),
        ("The council is considering raising the rent", "considers"),
        ("The council would love to raise the rent", "intends"),
        ("The council decided to raise the rent", "intends"),
        ("The council did not rule out raising the rent", "considers"),
    ],
)
def test_moods(text, mood):
    assert said(text)["raise"].mood == mood


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The council may raise the rent", "may"),
        ("The council will raise the rent if inflation rises", "condition"),
        ("The council asked whether landlords raise the rent", "question"),
        ("Did the council raise the rent?", "question"),
        ("The council raised the rent", ""),
        ("The council loves to raise the rent", "belief"),
        ("The council would love to raise the rent", ""),
        ("The council decided not to raise the rent", ""),
        ("The council has not decided to raise the rent", "undecided"),
        ("The council could raise the rent", "may"),
        ("That the council raised the rent was confirmed", ""),
    ],
)
def test_hedges(text, hedge):
    assert said(text)["raise"].hedge == hedge


@pytest.mark.parametrize(
    "text", ["The union is in favour of a strike", "They voted in favour of a strike"]
)
def test_in_favour_of_is_a_stand(text):
    assert said(text)["strike"].attitude == "permits"


def test_what_the_talks_came_to_is_not_what_they_were_about():
    assert said("The Reykjavik talks on fishing quotas ended in success")["end"].hedge == ""


def test_who_backs_a_person_says_of_no_event_that_it_should_be():
    assert "nominee" not in said("He will support the nominee")
    assert said("He will support the strike")["strike"].attitude == "permits"
