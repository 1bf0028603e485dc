"""Texts like news, from a grammar of the bench's own; the same for the same seed.

Uniform random words would hide every hard case, so this is what is uneven here as it is in news:

- Words, names, places, publishers and topics are drawn by Zipf's law: the first of a list some
  hundred times as often as the last. A few persons say thousands of things, most say one.
- Two in three statements are about one of a limited number of affairs, themselves drawn by Zipf's
  law: who does what to what, where, and a figure. Most who speak of one agree; one in eight says
  the opposite or names another figure. So there are contradictions, old and new, between
  statements of the commonest words, and many more that share all words and do not contradict.
- The rest are sentences of a dozen forms, a third of them of two clauses; 12 to 25 words are usual.
- Days of speech spread over two years, with some months, intervals and guesses among them, and none
  falls after the 28th, so that they can be moved by whole months.
- An article carries one to a dozen statements of its publisher, its day and one or two topics.
- Three in a hundred are German, which is kept and searched, and not compared.
"""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from benchmarks import words

SPEAKERS = 4_000
_AFFAIRS = 4_000
_FIRST_YEAR, _YEARS = 2022, 2

# Participles of those verbs that do not end in -ed.
_IRREGULAR = {"cut": "cut", "build": "built", "rebuild": "rebuilt", "sell": "sold", "buy": "bought"}
_IRREGULAR |= {"ban": "banned", "freeze": "frozen"}

Item = TypeVar("Item")


class Affair(NamedTuple):
    """Something that is spoken of again and again."""

    place: str
    body: str
    verb: str
    thing: str
    figure: int
    counted: str
    fate: str
    month: str
    topics: tuple[str, ...]
    form: int


class Zipf(Generic[Item]):
    """Draws of a list by Zipf's law: the n-th about 1/n times as often as the first."""

    def __init__(self, items: Sequence[Item], random: Random, flatness: float = 2.7) -> None:
        self._items, self._random = items, random
        self._sums = list(accumulate(1 / (rank + flatness) for rank in range(len(items))))

    def __call__(self) -> Item:
        """One of them."""
        return self._items[bisect(self._sums, self._random.random() * self._sums[-1])]


class News:
    """An endless stream of statements; see the module.

    Args:
        seed: the same one gives the same statements.
        speakers: how many persons there are to speak.
    """

    def __init__(self, seed: int, speakers: int = SPEAKERS) -> None:
        self._random = random = Random(seed)  # noqa: S311 (nothing secret)
        self._noun, self._verb = Zipf(words.NOUNS, random), Zipf(words.VERBS, random)
        self._adjective = Zipf(words.ADJECTIVES, random)
        self._place = Zipf(_shuffled(words.places(), 1), random)
        self._actor = Zipf(words.ACTORS, random)
        self._counted, self._fate = Zipf(words.COUNTED, random), Zipf(words.FATES, random)
        self._speaker = Zipf(people(speakers), random, 12)
        self._cue, self._office = Zipf(words.CUES, random), Zipf(words.OFFICES, random)
        papers = [f"{place} {paper}" for place in words.places()[:40] for paper in words.PAPERS]
        self._paper = Zipf(_shuffled(papers, 2), random)
        # Affairs are the world's, not the seed's: other texts speak of the same ones.
        world = random.getstate()
        random.seed(0)
        self._affair = Zipf([self._new_affair() for _ in range(_AFFAIRS)], random, 20)
        random.setstate(world)
        self._forms: tuple[Callable[[], str], ...] = (
            self._counting,
            self._change,
            self._intention,
            self._demand,
            self._absence,
            self._view,
        )

    def bodies(self) -> Iterator[dict[str, Any]]:
        """Statements as ``POST /v1/statements`` takes them."""
        number = 0
        while True:
            day, source, topics = self._day(), self._source(number), [self._topic()]
            for _ in range(min(12, 1 + int(self._random.expovariate(0.2)))):
                number += 1
                yield self._body(number, day, {**source, "published_on": day}, topics)

    def _body(
        self, number: int, day: str, source: dict[str, Any], topics: list[str]
    ) -> dict[str, Any]:
        random = self._random
        language, about = "en", topics
        if random.random() < 0.03:
            text, language = self._german(), "de"
        elif random.random() < 0.66:
            affair = self._affair()
            text, about = self._of(affair), [*affair.topics, *topics]
        else:
            text = self._sentence()
        kind = "quote" if random.random() < 0.5 else "claim"
        cue, speaker = self._cue(), self._speaker()
        body = {
            "kind": kind,
            "text": text,
            "speaker": {"name": speaker, "kind": "person"},
            "role": f"{self._place()} {self._office()}" if random.random() < 0.5 else None,
            "said_on": self._said(day),
            "said_on_text": random.choice(
                (None, "on Wednesday", "earlier this week", "last month")
            ),
            "source": source,
            "cue": cue,
            "context": f"{text}, {speaker} {cue}." if random.random() < 0.3 else None,
            "topics": list(dict.fromkeys(about)),
            "language": language,
            "external_id": f"news-{number}",
        }
        if kind == "quote" and random.random() < 0.5:
            body["verbatim"] = [text.partition(" ")[2]]
        return body

    def _of(self, affair: Affair) -> str:
        """A statement on an affair: what most say, or what one in eight does."""
        random = self._random
        otherwise = random.random() < 0.125
        figure = affair.figure * random.choice((2, 3, 5)) if otherwise else affair.figure
        no, place, thing, verb = (
            "not " if otherwise else "",
            affair.place,
            affair.thing,
            affair.verb,
        )
        stand, moved = ("reject", "fell") if otherwise else ("support", "rose")
        said = (
            f"the {affair.body} of {place} will {no}{verb} the {thing} in {affair.month}",
            f"{figure:,} {affair.counted} were {affair.fate} in {place} during the {thing}",
            f"the {thing} in {place} is {no}{_participle(verb)} by the {affair.body}",
            f"we {stand} the {thing} of the {affair.body} of {place}",
            f"the {thing} of {place} {moved} by {1 + figure % 90} percent",
        )[affair.form]
        if random.random() < 0.35:
            said = f"{said}, {random.choice(('and', 'because', 'although'))} {self._clause()}"
        return said[0].upper() + said[1:]

    def _sentence(self) -> str:
        said = self._clause()
        if self._random.random() < 0.5:
            said = f"{said}, {self._random.choice(('and', 'while', 'because'))} {self._clause()}"
        return said[0].upper() + said[1:]

    def _clause(self) -> str:
        return self._random.choice(self._forms)()

    def _counting(self) -> str:
        bound = self._random.choice(("", "", "at least ", "more than ", "about "))
        fate = f"were {self._fate()} in {self._place()} since {self._month()}"
        return f"{bound}{self._figure():,} {self._counted()} {fate}"

    def _change(self) -> str:
        moved = self._random.choice(("rose", "fell", "grew", "shrank"))
        share = self._random.randint(1, 60)
        return (
            f"the {self._thing()} in {self._place()} {moved} by {share} percent in {self._month()}"
        )

    def _intention(self) -> str:
        how = self._random.choice(("will", "will not", "wants to", "refuses to"))
        return f"{self._place()} {how} {self._verb()} the {self._thing()} of the {self._noun()}"

    def _demand(self) -> str:
        how = self._random.choice(("must", "should", "cannot", "must not"))
        done = f"{self._verb()} the {self._thing()} before the {self._noun()}"
        return f"we {how} {done} in {self._place()}"

    def _absence(self) -> str:
        done = _participle(self._verb())
        return f"no {self._thing()} has been {done} in {self._place()} since {self._month()}"

    def _view(self) -> str:
        how = self._random.choice(("a danger to", "essential for", "too expensive for", "good for"))
        return f"the {self._thing()} is {how} the {self._noun()} of {self._place()}"

    def _thing(self) -> str:
        return (
            f"{self._adjective()} {self._noun()}" if self._random.random() < 0.6 else self._noun()
        )

    def _figure(self) -> int:
        return int(self._random.paretovariate(0.7)) + self._random.randint(2, 40)

    def _month(self) -> str:
        return f"{self._random.choice(words.MONTHS)} {self._year()}"

    def _year(self) -> int:
        return _FIRST_YEAR + self._random.randrange(_YEARS)

    def _topic(self) -> str:
        return f"{self._noun()}-{self._noun()}" if self._random.random() < 0.3 else self._noun()

    def _day(self) -> str:
        return f"{self._year()}-{self._random.randint(1, 12):02}-{self._random.randint(1, 28):02}"

    def _said(self, day: str) -> str | None:
        drawn = self._random.random()
        if drawn < 0.8:
            return day
        if drawn < 0.95:
            return (
                f"{day[:7]}-03/{day[:7]}-09"
                if drawn < 0.85
                else (day[:7] if drawn < 0.9 else f"{day}~")
            )
        return None

    def _source(self, number: int) -> dict[str, Any]:
        publisher = self._paper()
        title = f"{self._place()}: {self._adjective()} {self._noun()} and the {self._noun()}"
        url = f"https://{publisher.lower().replace(' ', '-')}.example/{number}"
        return {"url": url, "title": title, "publisher": publisher, "language": "en"}

    def _german(self) -> str:
        return self._random.choice(words.GERMAN).format(place=self._place(), number=self._figure())

    def _new_affair(self) -> Affair:
        return Affair(
            self._place(),
            self._actor(),
            self._verb(),
            self._thing(),
            self._figure(),
            self._counted(),
            self._fate(),
            self._month(),
            (self._topic(),),
            self._random.randrange(5),
        )


def people(count: int) -> list[str]:
    """Names of so many persons, no two the same."""
    pairs = [f"{given} {family}" for family in words.FAMILY for given in words.GIVEN]
    names = _shuffled(pairs, 3)
    rounds = range(count // len(names) + 1)
    middle = ("", *(f"{letter}. " for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return [name.replace(" ", f" {middle[each]}", 1) for each in rounds for name in names][:count]


def _shuffled(items: Sequence[Item], seed: int) -> list[Item]:
    return Random(seed).sample(items, len(items))  # noqa: S311 (nothing secret)


def _participle(verb: str) -> str:
    """The participle of a verb of the list."""
    return _IRREGULAR.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")
