"""Write the compact table of WordNet 3.0 that `api.language.words.wordnet` reads.

usage: build_wordnet_table.py [--wordnet /usr/share/wordnet] [--out api/language/data/wordnet.tsv]

Debian's `wordnet-base` installs the files this reads. Kept are common words (no names), their most
used senses, and the relations that say whether two words can speak of one thing or of opposites.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
SENSES_KEPT = {"n": 4, "v": 5, "a": 4, "r": 2}
UNTAGGED_SENSES_KEPT = 2
"""Senses that the tagged corpus never uses are kept only this far down the list."""

HYPERNYM, ANTONYM, SIMILAR, PERTAINS, DERIVED = "@", "!", "&", "\\", "+"
IMPLIES = {"*", ">"}

Key = tuple[str, str]
"""A part of speech and a byte offset: WordNet's own name of a synset."""


@dataclass
class Synset:
    """The words of a synset and where its pointers lead."""

    words: list[str]
    parents: list[Key] = field(default_factory=list)
    opposites: list[Key] = field(default_factory=list)
    similar: list[Key] = field(default_factory=list)
    implied: list[Key] = field(default_factory=list)
    derived: dict[str, set[tuple[Key, int]]] = field(default_factory=lambda: defaultdict(set))
    pertains: dict[str, set[tuple[Key, int]]] = field(default_factory=lambda: defaultdict(set))


def data_lines(path: Path) -> Iterator[str]:
    """The lines of one of WordNet's files below its licence."""
    return (line for line in path.open(encoding="utf-8") if not line.startswith("  "))


def read_synsets(folder: Path) -> dict[Key, Synset]:
    """Every synset of the four data files."""
    return {
        (pos, line[:8]): read_synset(line)
        for pos, name in FILES.items()
        for line in data_lines(folder / f"data.{name}")
    }


def read_synset(line: str) -> Synset:
    """One line of a data file: see `man 5wn wndb`."""
    fields = line.split("|")[0].split()
    count = int(fields[3], 16)
    words = [word.split("(")[0] for word in fields[4 : 4 + 2 * count : 2]]
    synset = Synset(words)
    pointers = fields[5 + 2 * count :]
    for i in range(int(fields[4 + 2 * count])):
        kind, offset, pos, ends = pointers[4 * i : 4 * i + 4]
        target = ("a" if pos == "s" else pos, offset)
        word, target_word = words[int(ends[:2], 16) - 1].lower(), int(ends[2:], 16) - 1
        if kind == HYPERNYM:
            synset.parents.append(target)
        elif kind == ANTONYM:
            synset.opposites.append(target)
        elif kind == SIMILAR:
            synset.similar.append(target)
        elif kind in IMPLIES:
            synset.implied.append(target)
        elif kind == DERIVED:
            synset.derived[word].add((target, target_word))
        elif kind == PERTAINS:
            synset.pertains[word].add((target, target_word))
    return synset


def read_senses(folder: Path, synsets: dict[Key, Synset]) -> dict[tuple[str, str], list[Key]]:
    """The senses kept of each lemma, the most used first."""
    senses = {}
    for pos, name in FILES.items():
        for line in data_lines(folder / f"index.{name}"):
            fields = line.split()
            offsets = fields[-int(fields[2]) :]
            tagged = max(int(fields[-int(fields[2]) - 1]), UNTAGGED_SENSES_KEPT)
            kept = [(pos, offset) for offset in offsets[: min(tagged, SENSES_KEPT[pos])]]
            common = [key for key in kept if fields[0] in synsets[key].words]
            if common or pos in "ar":
                senses[fields[0], pos] = common or kept
    return senses


def wanted(lemma: str, pos: str) -> bool:
    """One-word lemmas and phrasal verbs; numbers and abbreviations with dots say nothing here."""
    words = lemma.split("_")
    return all(word.replace("-", "").isalpha() for word in words) and (
        len(words) == 1 or (pos == "v" and len(words) == 2)
    )


def table(folder: Path) -> Iterator[str]:
    """The lines of the table, as `api.language.words.wordnet` describes them."""
    synsets = read_synsets(folder)
    senses = {k: v for k, v in read_senses(folder, synsets).items() if wanted(*k)}
    used = with_ancestors((key for keys in senses.values() for key in keys), synsets)
    number = {key: i for i, key in enumerate(sorted(used))}

    def numbers(keys: Iterable[Key]) -> str:
        return ",".join(str(number[key]) for key in keys if key in number)

    def targets(lemma: str, keys: list[Key], relation: str, pos: str) -> str:
        found = {
            synsets[target].words[word].lower()
            for key in keys
            for target, word in getattr(synsets[key], relation).get(lemma, ())
            if target[0] in pos and word >= 0
        }
        return ",".join(sorted(word for word in found if "_" not in word))

    for key in sorted(used):
        synset = synsets[key]
        yield "\t".join(
            numbers(keys)
            for keys in (synset.parents, synset.opposites, synset.similar, synset.implied)
        )
    yield "%"
    for (lemma, pos), keys in sorted(
        senses.items(), key=lambda item: f"{item[0][0].replace('_', ' ')}\t{item[0][1]}"
    ):
        derived = targets(lemma, keys[:2], "derived", "v" if pos in "na" else "")
        pertains = targets(lemma, keys, "pertains", "n")
        yield "\t".join((lemma.replace("_", " "), pos, numbers(keys), derived, pertains))


def with_ancestors(keys: Iterable[Key], synsets: dict[Key, Synset]) -> set[Key]:
    """The synsets and all above them."""
    used: set[Key] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting.extend(synsets[key].parents)
    return used


def main() -> None:
    """Read WordNet, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--out", type=Path, default=Path("api/language/data/wordnet.tsv"))
    options = parser.parse_args()
    options.out.write_text("\n".join(table(options.wordnet)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
