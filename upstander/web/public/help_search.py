"""Search over questions and general answers: whatever the accents, in every language at once."""

import re
from unicodedata import combining, normalize

from upstander.web.public.help_answers import Answers, Entry, answers_of, languages

#: What somebody types is read no further than this.
LONGEST = 100


def plain(text: str) -> str:
    """Text as it is compared: without accents and without capitals."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))


def words_of(typed: str) -> list[str]:
    """The words looked for; a word of one letter says nothing, a number does."""
    return [word for word in re.findall(r"\w+", plain(typed)) if len(word) > 1 or word.isdigit()]


def found(typed: str, answers: Answers) -> list[Entry]:
    """The programme's questions in which every word begins some word, those with it in the question first."""
    words = words_of(typed)
    everything = _everything(answers)
    hits = []
    for entry in answers.entries:
        titles, texts = everything[entry.key]
        if words and all(_begins(word, texts) for word in words):
            hits.append((0 if all(_begins(word, titles) for word in words) else 1, len(hits), entry))
    return [entry for _, _, entry in sorted(hits)]


def _everything(answers: Answers) -> dict[str, tuple[set[str], set[str]]]:
    """Question -> the words of its titles, and the words of titles and answers, in every language."""
    texts: dict[str, tuple[set[str], set[str]]] = {}
    for lang in languages():
        spoken = answers if lang == answers.lang else answers_of(answers.programme, answers.day, lang)
        for entry in spoken.entries:
            titles, every = texts.setdefault(entry.key, (set(), set()))
            titles.update(words_of(entry.title))
            every.update(words_of(f"{entry.title} {' '.join(map(str, entry.general))}"))
    return texts


def _begins(word: str, among: set[str]) -> bool:
    """Whether some word begins with this one, or with its singular."""
    singular = word[:-1] if len(word) > 4 and word.endswith("s") else word
    return any(other.startswith((word, singular)) for other in among)
