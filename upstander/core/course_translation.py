"""What a course says in one language only, and what changed in one language and not in the other."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upstander.core.course_source import Files, pages_of

LANGUAGES = ("en", "es")
#: What a language has to say of the course as a whole.
WORDS = ("title", "summary", "who_for", "format", "content_note")


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where the languages part: `kind` is page, item, word, section, objective, goal or drawing.

    `lang` lacks it; or, where `stale`, says what it said before while the other language changed.
    """

    kind: str
    place: str
    lang: str
    stale: bool = False


def gaps(files: Files, before: Files | None = None) -> list[Gap]:
    """Everything that stands in one language only; with the edition before, also what one language did not follow."""
    said = {lang: _said(files, lang) for lang in LANGUAGES}
    found = [
        Gap(*place, lang)
        for lang in LANGUAGES
        for place in _both(said)
        if not said[lang].get(place) and any(said[other].get(place) for other in LANGUAGES)
    ]
    return found + (_stale(said, before) if before else [])


def _stale(said: Mapping[str, Mapping], before: Files) -> list[Gap]:
    old = {lang: _said(before, lang) for lang in LANGUAGES}
    found = []
    for place in _both(said):
        if not all(said[lang].get(place) and old[lang].get(place) for lang in LANGUAGES):
            continue
        changed = {lang: said[lang][place] != old[lang][place] for lang in LANGUAGES}
        found += [Gap(*place, lang, True) for lang in LANGUAGES if not changed[lang] and any(changed.values())]
    return found


def _both(said: Mapping[str, Mapping]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(place for lang in LANGUAGES for place in said[lang]))


def _said(files: Files, lang: str) -> dict[tuple[str, str], Any]:
    """Everything that one language says, by kind and place."""
    said: dict[tuple[str, str], Any] = {("page", ref): text for ref, text in _pages(files, lang).items()}
    words = document(files, f"{lang}/course.toml")
    said |= {("word", key): words.get(key, "") for key in (*WORDS, "topics")}
    for kind in ("section", "objective", "goal"):
        table = words.get(f"{kind}s", {})
        said |= {(kind, key): text for key, text in table.items()} if isinstance(table, Mapping) else {}
    said |= {("item", str(row.get("id"))): _words_of(row) for row in rows_of(files, lang)}
    for path in files:
        name, dot, rest = path.removeprefix("figures/").partition(".")
        if path.startswith("figures/") and dot and rest == f"{lang}.svg":
            said["drawing", name] = files[path]
    return said


def _pages(files: Files, lang: str) -> Mapping[str, str]:
    """The pages whose text goes beyond their heading; an empty page is not said yet."""
    return {ref: text if text.partition("\n")[2].strip() else "" for ref, text in pages_of(files, lang).items()}


def _words_of(row: Any) -> Any:
    """An item without what is the same in every language."""
    if isinstance(row, Mapping):
        return {key: _words_of(value) for key, value in row.items() if key not in ("correct", "next", "difficulty")}
    return [_words_of(one) for one in row] if isinstance(row, list) else row


def document(files: Files, path: str) -> dict[str, Any]:
    """A TOML file as plain values; empty where it is missing or broken."""
    try:
        return tomllib.loads(files.get(path, ""))
    except tomllib.TOMLDecodeError:
        return {}


def rows_of(files: Files, lang: str) -> list[dict[str, Any]]:
    """The rows of a bank, broken or not."""
    rows = document(files, f"{lang}/bank.toml").get("items", [])
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
