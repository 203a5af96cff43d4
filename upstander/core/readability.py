"""How hard a text is to read: Flesch–Kincaid for English, INFLESZ (Flesch–Szigriszt) for Spanish, and long sentences.

English gives a school grade (8 or less is plain), Spanish a score from 0 to 100 (55 or more is plain). Both are rules
of thumb about the length of words and sentences; they know nothing of what the words say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: The grade that English should not pass, the score that Spanish should reach.
HARDEST_GRADE = 8
LOWEST_SCORE = 55
#: A sentence of more words than this is worth a second look.
LONG_SENTENCE_WORDS = 20
#: Fewer words than this say nothing about a text.
FEWEST_WORDS = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+")
_STRONG, _WEAK = "aeoáéóíúàèò", "iuüy"


@dataclass(frozen=True, slots=True)
class Readability:
    """The measure of one text: a grade (en) or a score (es) rounded to whole numbers, and its long sentences."""

    lang: str
    value: int
    words: int
    sentences: int
    long_sentences: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        return self.value < LOWEST_SCORE if self.lang == "es" else self.value > HARDEST_GRADE


def readability(texts: Iterable[str], lang: str) -> Readability | None:
    """The measure of some paragraphs, each ending its last sentence; None for fewer than FEWEST_WORDS words."""
    sentences = [one for text in texts for one in sentences_of(text)]
    counts = [words_of(sentence) for sentence in sentences]
    words = [word for count in counts for word in count]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(syllables_of(word, lang) for word in words)
    length, weight = len(words) / len(sentences), syllables / len(words)
    value = 206.835 - 62.3 * weight - length if lang == "es" else 0.39 * length + 11.8 * weight - 15.59
    long = tuple(s for s, count in zip(sentences, counts, strict=True) if len(count) > LONG_SENTENCE_WORDS)
    return Readability(lang, round(value), len(words), len(sentences), long)


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph that hold a word at all."""
    return [part.strip() for part in _END.split(text) if words_of(part)]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables_of(word: str, lang: str) -> int:
    """How many syllables a word has, 1 at least."""
    bare = word.lower()
    return max(1, _spanish(bare) if lang == "es" else _english(bare))


def _spanish(word: str) -> int:
    """Every strong vowel is a syllable of its own; a weak one joins its neighbour, unless it bears the accent."""
    count, before = 0, ""
    for at, sign in enumerate(word):
        following = word[at + 1 : at + 2]
        if sign == "y" and following and following in _STRONG + _WEAK:
            sign = "-"  # a consonant, as in "ayuda"
        if sign in _STRONG:
            count += before in ("", "strong", "joined") or before == "after"
            before = "strong"
        elif sign in _WEAK:
            count += before == ""
            before = "after" if before == "strong" else "weak"
        else:
            before = ""
        if before == "after" and following in _STRONG and following:
            count, before = count + 1, "weak"  # a weak vowel between two strong ones begins the next syllable
    return count


def _english(word: str) -> int:
    """Groups of vowels, without the e that is not heard."""
    letters = re.sub(r"[^a-z]", "", word)
    if len(letters) <= 3:
        return 1
    letters = re.sub(r"^(some|whole|there|where|here|fore)(?=[a-z])", lambda found: found[0][:-1], letters)
    letters = re.sub(r"(?:(?<=[^aeiouydt])ed|(?<=[^aeiouysxzcg])es|(?<=[^aeiouyl])e|(?<=[gq])ue)$", "", letters)
    groups = len(re.findall(r"[aeiouy]+", letters))
    return groups + len(
        re.findall(r"(?<![cstgx])ia|(?<![lr])ie(?=n|t)|[^q]ua|creat|ea$|eou|io(?!n|u)|i(?=um)", letters)
    )
