"""Whether a text that goes as English is in another language, which nobody may have said."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\u024f\u1e00-\u1eff]")
_FEWEST = 4
# Words that hold sentences together: of every two words of a text, about one is such a word.
_ENGLISH = "English"
_SMALL_WORDS = {
    _ENGLISH: "the of and to in a that is was for on with said by it at as he she from not be are "
    "have has will an but they his her this were its who which would had",
    "Dutch": "de het een van en niet dat zijn voor met op te die aan ook maar wordt zei",
    "French": "le la les des et est une que dans pour pas du qui sur au ne a dit",
    "German": "der die und das nicht ist ein eine zu den mit von auf sich dem im wird sagte",
    "Italian": "il di che la un è per della non una del le si con ha sono ma detto",
    "Polish": "się nie na w z do że jest i to po jak przez który są od o",
    "Portuguese": "o os que não uma do da em com para um se por mais disse ao dos",
    "Spanish": "el los las que en una por con del se la y no es un para dijo",
    "Swedish": "och att det som en på är av för med inte den till har ett om sa",
}
_LANGUAGES = {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}


def foreign_language(text: str) -> str | None:
    """What a text reads like instead of English; None where nothing tells that it is not."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    if 2 * len(_NOT_LATIN.findall(text)) > sum(len(word) * words[word] for word in words):
        return "a language in another script"
    counts = {
        name: sum(words[word] for word in own)
        for name, own in _LANGUAGES.items()
        if name == _ENGLISH or len(own & words.keys()) >= _FEWEST
    }
    likeliest = max(counts, key=lambda name: counts[name])
    return None if likeliest == _ENGLISH else likeliest
