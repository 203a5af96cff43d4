"""Search over questions and general answers: whatever the accents, in every language at once."""

from upstander.core.search import is_found, words_of
from upstander.web.public.help_answers import Answers, Entry, answers_of, languages


def found(typed: str, answers: Answers) -> list[Entry]:
    """The programme's questions in which every word begins some word, those with it in the question first."""
    words = words_of(typed)
    everything = _everything(answers)
    hits = []
    for entry in answers.entries:
        titles, texts = everything[entry.key]
        if words and all(is_found(word, texts) for word in words):
            hits.append((0 if all(is_found(word, titles) for word in words) else 1, len(hits), entry))
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
