"""One sentence pair and its harmless neighbour for each way of contradicting."""

import pytest

from tests.contradictions.holding import hold


@pytest.mark.parametrize(
    ("a", "b", "basis"),
    [
        ("The airport reopened on Friday", "The airport did not reopen on Friday", "negation"),
        ("Divers found no trace of the boat", "Divers found traces of the boat", "negation"),
        (
            "The bank denied that it lost the files",
            "The bank admitted it lost the files",
            "negation",
        ),
        ("The senate passed the farm bill", "The senate rejected the farm bill", "antonym"),
        ("Rents in the capital rose in June", "Rents in the capital fell in June", "antonym"),
        ("The editor is alive", "The editor was assassinated", "antonym"),
        ("The fire destroyed 12 homes", "The fire destroyed 40 homes", "quantity"),
        ("The trial lasted two days", "The trial lasted three hours", "quantity"),
        (
            "Most of the nurses support the strike",
            "Few of the nurses support the strike",
            "quantifier",
        ),
        ("Norway rules out joining the union", "Norway is considering joining the union", "stance"),
        ("The law forbids hunting wolves", "The government must allow hunting wolves", "stance"),
        ("The painter was born in Lima", "The painter was born in Quito", "entailment"),
        ("The painter was born in Lima", "The painter was born in Ecuador", "entailment"),
        ("Togo is a state in Africa", "Togo is a state in Asia", "entailment"),
        ("The college is located in Sweden", "The college is in Norway", "entailment"),
        ("The band is a Danish band", "The band is a Polish band", "entailment"),
        ("The jet first flew on 3 May 2006", "The jet first flew on July 3rd, 2006", "quantity"),
        (
            "Begun in 2013, the film premiered in Oslo in 2016",
            "The film premiered in Oslo in 2013",
            "quantity",
        ),
    ],
)
def test_contradictions_are_found_with_their_basis(a, b, basis):
    verdict = hold(a, b)
    assert verdict.verdict == "flagged"
    assert basis in verdict.basis


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The airport reopened on Friday", "The airport did not reopen on Monday"),
        ("The senate rejected the farm bill", "The senate did not pass the farm bill"),
        ("The fire destroyed 12 homes", "The fire destroyed at least ten homes"),
        ("The fire destroyed 12 homes", "The fire injured 40 people"),
        ("Rents in the capital rose in 2022", "Rents in the capital fell in 2024"),
        ("Some nurses back the strike", "Some nurses oppose the strike"),
        ("Norway rules out joining the union", "Norway will not join the union"),
        ("The airport may reopen on Friday", "The airport did not reopen on Friday"),
        ("The mine will close if prices fall", "The mine will not close"),
        ("Denmark will send ships", "Poland will not send ships"),
        ("The painter was born in Lima", "The painter was born in Peru"),
        ("The college is based in Uppsala", "The college is based in Sweden"),
        ("The band is a Danish band", "The band is a European band"),
        ("The jet flew on 3 May 2006", "The jet flew on July 3rd, 2006"),
    ],
)
def test_harmless_pairs_are_not_flagged(a, b):
    assert hold(a, b).verdict != "flagged"


def test_a_stance_is_a_position_and_an_event_a_fact():
    stance = hold("Norway rules out joining the union", "Norway is considering joining the union")
    event = hold("The fire destroyed 12 homes", "The fire destroyed 40 homes")
    assert (stance.nature, event.nature) == ("position", "factual")


def test_a_denial_in_the_text_itself_stands_against_what_it_denies():
    verdict = hold(
        "dismissed rumours of a quarrel at the dinner with Lopez",
        "there was a quarrel at the dinner with Lopez",
    )
    assert (verdict.verdict, verdict.nature) == ("flagged", "factual")
    assert verdict.evidence[0].text.startswith("dismissed")


def test_refusal_and_pressure_in_other_words_are_opposed():
    verdict = hold(
        "Georgia will not hand over the port",
        "Tbilisi has to be realistic about ceding the port to the consortium",
    )
    assert verdict.verdict == "flagged"
    assert {evidence.role for evidence in verdict.evidence} == {"refuses", "urges"}


def test_a_part_told_as_a_fraction_is_held_against_one_told_by_a_word():
    verdict = hold(
        "Most of the nurses support the strike", "A third of the nurses support the strike"
    )
    assert (verdict.verdict, verdict.basis) == ("flagged", ("quantifier",))


@pytest.mark.parametrize(
    ("a", "b", "basis"),
    [
        ("Both of the engines failed", "Only one of the engines failed", "quantifier"),
        ("Few of the passengers wore a belt", "Everyone wore a belt", "quantifier"),
        ("Wheat prices fell sharply", "Last week brought a steep rise in wheat prices", "antonym"),
        ("The pilots voted in favour of a walkout", "The pilots voted against a walkout", "stance"),
        ("Shares in Kolbe closed higher", "Kolbe shares ended lower", "antonym"),
        ("Tarn is a film directed by Ana Ruiz", "Tarn was directed by Bo Falk", "entailment"),
    ],
)
def test_what_is_said_in_another_construction_is_found(a, b, basis):
    verdict = hold(a, b)
    assert verdict.verdict == "flagged"
    assert basis in verdict.basis
