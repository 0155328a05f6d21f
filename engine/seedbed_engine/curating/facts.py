"""What two questions must share to be the same one, however alike they sound: numbers, negation, direction, names.

A sentence encoder hardly hears the difference between "before 1990" and "after 1990".
"""

import functools
import re
from dataclasses import dataclass

from seedbed_engine.examples import normal_question

_SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_ORDINAL = "second third fourth fifth sixth seventh eighth ninth tenth"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL.split(), start=2)}
_NUMBERS |= {word: str(value) for value, word in enumerate(_ORDINAL.split(), start=2)}
_NUMBERS |= {word: str(10 * value) for value, word in enumerate(_TENS.split(), start=2)} | {"hundred": "100"}
_NUMBERS |= {"zero": "0", "eighteen": "18", "nineteen": "19", "thousand": "1000", "million": "1000000"}
_NUMBERS |= {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_DIGITS = re.compile(r"\d+")

_DENYING = "not no never none nobody nothing neither nor cannot without nt"
_NEGATIONS = frozenset(_DENYING.split())
_CONTRACTED = re.compile(r"n['\N{RIGHT SINGLE QUOTATION MARK}]t\b")
# on each line the ways in which something is one or the other
_LINES = """
before prior preceding until / after following since
more greater / less fewer
most / least fewest
increase increases increasing increased raise raises raising / decrease decreases decreasing decreased reduce reducing
higher highest / lower lowest
larger largest bigger biggest large big / smaller smallest small little tiny
older oldest / younger youngest
heavier heaviest / lighter lightest
longer longest / shorter shortest
faster fastest / slower slowest
better best / worse worst
often frequently usually commonly mostly / rarely seldom
only / always / sometimes
first / last
north northern / south southern / east eastern / west western
love loves loved enjoy enjoys / hate hates hated dislike dislikes
legal / illegal
possible / impossible
safe / unsafe dangerous
hot hotter / cold colder
man men boy boys male / woman women girl girls female
above over / below under
inside indoors / outside outdoors
day days daily / week weeks weekly / month months monthly / year years yearly annual / century centuries
"""
_WAYS: dict[str, tuple[int, int]] = {
    word: (line, way)
    for line, ways in enumerate(_LINES.strip().splitlines())
    for way, words in enumerate(ways.split("/"))
    for word in words.split()
}
_SHORT_NAMES = re.compile(r"\b(?:U\.S\.A?\.?|USA?)(?!\w)"), re.compile(r"\bU\.?K\.?(?!\w)")
_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(r"(?:^|[.!?:]\s+)\W*\w+")


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a question says which fact it is about."""

    numbers: frozenset[str]
    is_negated: bool
    ways: frozenset[tuple[int, int]]
    names: frozenset[str]  # words with a capital that do not begin a sentence
    words: frozenset[str]


def are_same_facts(first: str, second: str) -> bool:
    """False where the questions say different numbers, one denies, they point in opposite directions, or each names
    somebody or something that the other does not."""
    a, b = facts_of(first), facts_of(second)
    if a.numbers != b.numbers or a.is_negated != b.is_negated:
        return False
    for line in {line for line, _ in a.ways} & {line for line, _ in b.ways}:
        if not {way for at, way in a.ways if at == line} & {way for at, way in b.ways if at == line}:
            return False
    return not (a.names - b.words and b.names - a.words)


@functools.lru_cache(4096)
def facts_of(question: str) -> Facts:
    """The facts of a question, by its words alone."""
    text = question
    for pattern, whole in zip(_SHORT_NAMES, ("United States", "United Kingdom"), strict=True):
        text = pattern.sub(whole, text)
    words = normal_question(_CONTRACTED.sub(" nt", text)).split()
    numbers = {found for word in words for found in _DIGITS.findall(word)}
    numbers |= {_NUMBERS[word] for word in words if word in _NUMBERS}
    return Facts(
        frozenset(numbers),
        not _NEGATIONS.isdisjoint(words),
        frozenset(_WAYS[word] for word in words if word in _WAYS),
        _names(text),
        frozenset(map(stem, words)),
    )


def stem(word: str) -> str:
    """The word without the ending of a plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _names(text: str) -> frozenset[str]:
    """Words with a capital, where these are few: in a headline a capital says nothing."""
    found = _WORD.findall(_BEGINNING.sub(" ", text))
    capital = [word for word in found if word[0].isupper() and len(word) > 1]
    if 2 * len(capital) > len(found) + 2:
        return frozenset()
    return frozenset(stem(word) for name in capital for word in normal_question(name).split())
