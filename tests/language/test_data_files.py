"""The hand-kept lists stay sorted, so that a word is found and a change is one line."""

from importlib.resources import files
from itertools import combinations

import pytest

from api.language.clauses.attitudes import EFFECTS, NEGATED
from api.language.words.datafiles import entries, words
from api.language.words.names import canonical
from api.language.words.wordnet import entry
from api.language.words.words import LONGEST_PHRASE

SYNONYMS = ("synonyms.txt", "synonyms_nouns.txt", "synonyms_verbs.txt")
LISTS = (*SYNONYMS, "contrasts.txt", "attitudes.txt", "entailments.txt", "names.txt")


@pytest.mark.parametrize("name", LISTS)
def test_lines_are_sorted_within_each_section(name):
    sections, lines = [], []
    text = files("api.language.data").joinpath(name).read_text(encoding="utf-8")
    for line in [*text.splitlines(), "#"]:
        if line.startswith("#"):
            sections.append(lines)
            lines = []
        elif line.strip():
            lines.append(line)
    assert all(section == sorted(section) for section in sections)


def test_words_are_sorted_within_a_pole():
    for line in entries("contrasts.txt"):
        for pole in line.removeprefix("~").split("|"):
            assert list(words(pole)) == sorted(words(pole)), line


def test_no_word_stands_on_two_sides_of_one_contrast():
    for line in entries("contrasts.txt"):
        poles = [set(words(pole)) for pole in line.removeprefix("~").split("|")]
        assert len(poles) > 1
        assert len(set.union(*poles)) == sum(map(len, poles)), line


def test_every_attitude_has_its_effects():
    classes = {line.partition(":")[0] for line in entries("attitudes.txt")}
    assert classes == set(EFFECTS) == set(NEGATED)


def test_no_name_stands_for_two():
    listed = [
        name
        for line in entries("names.txt")
        for name in words(line.replace(":", ",").replace("|", ","))
    ]
    assert sorted(listed) == sorted(set(listed))
    assert canonical("british") == "united kingdom"


def test_the_table_of_wordnet_is_found_by_bisection():
    assert entry("give up", "v").senses
    assert entry("abacus", "n").senses
    assert not entry("no such word", "n").senses


@pytest.mark.parametrize("name", [*LISTS, "bounds.txt", "common.txt", "kinds.txt", "singular.txt"])
def test_a_list_says_what_it_is_and_has_no_line_twice(name):
    text = files("api.language.data").joinpath(name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) == len(set(lines))


def test_synonyms_are_no_certain_opposites():
    opposed = set()
    for line in entries("contrasts.txt"):
        if line.startswith("~"):
            continue
        poles = [tuple(words(pole)) for pole in line.split("|")]
        opposed |= {
            frozenset((one, other))
            for first, second in combinations(poles, 2)
            for one in first
            for other in second
        }
    both = [
        (name, pair)
        for name in SYNONYMS
        for line in entries(name)
        for pair in combinations(words(line), 2)
        if frozenset(pair) in opposed
    ]
    assert both == []


@pytest.mark.parametrize("name", [*SYNONYMS, "attitudes.txt"])
def test_words_are_sorted_in_a_line_and_stand_there_once(name):
    for line in entries(name):
        listed = words(line.partition(":")[2] or line)
        assert list(listed) == sorted(set(listed)), line


@pytest.mark.parametrize("name", [*SYNONYMS, "contrasts.txt", "attitudes.txt", "entailments.txt"])
def test_every_entry_can_be_met_in_a_text(name):
    """Words are joined to three at the most, in lower case; a verb's object loses its article."""
    for line in entries(name):
        fields = line.replace("->", ",").replace("|", ",").removeprefix("~")
        for word in words(fields.partition(":")[2] or fields):
            assert word == word.lower(), line
            assert len(word.split()) <= LONGEST_PHRASE, line
            assert word.split()[0] not in {"a", "an", "the"}, line


def test_kinds_on_one_line_are_sorted_and_more_than_one():
    for line in entries("kinds.txt"):
        assert len(words(line)) > 1
        assert list(words(line)) == sorted(set(words(line)))


def test_units_convert_and_stand_in_one_dimension():
    listed = [
        name
        for line in entries("units.txt")
        for item in line.partition(":")[2].split("|")
        for name in words(item.strip().partition(" ")[2])
    ]
    assert sorted(listed) == sorted(set(listed))
