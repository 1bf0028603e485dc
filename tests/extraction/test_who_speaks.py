"""Who speaks: nobody is given words that the article does not give him."""

from api.extraction import extract


def speakers(text: str) -> dict[str, tuple[str, str, bool]]:
    return {
        one.text: (one.speaker.name, one.speaker.kind, one.speaker.resolved)
        for one in extract(text, published_on="2026-03-05")
    }


def speaker_of(text: str, words: str) -> tuple[str, str, bool]:
    (found,) = (who for told, who in speakers(text).items() if words in told)
    return found


def test_a_fathers_words_are_not_his_childs():
    text = (
        "Carl Lund opened the museum on Monday. “It was a long winter,” Lund said.\n\n"
        "My father said that the harbour would never freeze again."
    )
    name, kind, resolved = speaker_of(text, "never freeze")
    assert (name, kind, resolved) == ("My father", "unnamed", False)


def test_he_after_a_nameless_man_is_nobody_named():
    text = (
        "Carl Lund opened the museum on Monday.\n\n"
        "A man from the port waited outside. He said that the ships were empty."
    )
    name, _, resolved = speaker_of(text, "ships were empty")
    assert not resolved or name != "Carl Lund"


def test_you_and_one_cite_nobody():
    text = (
        "You know that the harbour closes early in winter. "
        "One could say that the town has seen better days."
    )
    assert speakers(text) == {}


def test_a_description_beside_a_name_is_that_person():
    text = (
        "Ida Holm, a mother of three, joined the council last year. "
        "The mother of three said that the school needs a new roof."
    )
    assert speaker_of(text, "new roof")[0] == "Ida Holm"


def test_mrs_is_none_of_the_men_of_that_name():
    text = (
        "Mr. Paul Reed and Mrs. Clara Reed own the mill. "
        "Mrs. Reed said that the mill will stay open."
    )
    assert speaker_of(text, "stay open")[0] == "Clara Reed"


def test_a_surname_is_nobodys_who_is_introduced_later():
    text = (
        "Miriam Oakes keeps the farm. “It is a war,” Oakes said on Monday.\n\n"
        "Walter Oakes sold the land in 1971."
    )
    assert speaker_of(text, "a war")[0] == "Miriam Oakes"


def test_whoever_is_named_in_what_she_said_did_not_say_it():
    text = (
        "Clara Reed runs the mill. Eva Whitlock runs the county.\n\n"
        "She said that Whitlock had never seen the mill."
    )
    assert speaker_of(text, "never seen")[0] == "Clara Reed"


def test_what_was_left_out_is_the_reporters_remark():
    text = "Ada Brook said that the vote was rigged, though she offered no evidence."
    assert speaker_of(text, "rigged")[0] == "Ada Brook"
    assert "The vote was rigged" in speakers(text)
