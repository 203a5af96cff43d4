"""How far the translation of a course is: every page, item, word and drawing, compared with the English.

A place is `missing`, `untranslated` (the same words as in English), `outdated` (the English changed since the
translation was marked as following it) or done. What a translation followed is kept as digests of the English, place by
place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upstander.core.course_source import Files, pages_of, text_digest
from upstander.core.course_translation import document, rows_of

ORIGINAL, LANGUAGES = "en", ("en", "es")
#: Texts of fewer words than this may be alike in two languages without being untranslated.
TELLING_WORDS = 4
_BLOCK = re.compile(r"^:{3,}[ \t]*[a-z]", re.MULTILINE)
_NOT_WORDS = re.compile(r"\{\{[^}]*\}\}|\{#[^}]*\}|^:{3,}.*$|https?://\S+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Status:
    """One language: counts of what it says, and the places that are not done, each with its state."""

    lang: str
    pages: int
    blocks: int
    items: int
    words: int
    places: int
    open: dict[str, str]

    @property
    def percent(self) -> int:
        """Places done in a hundred, rounded down, so that 100 means all."""
        return (self.places - len(self.open)) * 100 // self.places if self.places else 0

    def as_json(self) -> dict[str, Any]:
        """What a machine reads; `open` lists the places by state."""
        states = {state: [] for state in ("missing", "untranslated", "outdated")}
        for place, state in self.open.items():
            states[state].append(place)
        counts = {"pages": self.pages, "blocks": self.blocks, "items": self.items, "words": self.words}
        return {"lang": self.lang, "percent": self.percent, **counts, **states}


def status(files: Files, followed: Mapping[str, Mapping[str, str]]) -> list[Status]:
    """Every language of the course; `followed` is, by language, the digest of the English that a place follows."""
    said = {lang: places_of(files, lang) for lang in LANGUAGES}
    every = list(dict.fromkeys(place for lang in LANGUAGES for place in said[lang]))
    return [_status(files, lang, said, every, followed.get(lang, {})) for lang in LANGUAGES]


def followed_now(files: Files) -> dict[str, dict[str, str]]:
    """The digests to keep where every translation is known to follow the English as it stands."""
    original = places_of(files, ORIGINAL)
    return {
        lang: {place: _digest(original[place]) for place in places_of(files, lang) if place in original}
        for lang in LANGUAGES
        if lang != ORIGINAL
    }


def places_of(files: Files, lang: str) -> dict[str, str]:
    """`page section/id`, `item ID`, `word KEY`, `drawing NAME`, `media NAME` -> what this language says there."""
    written = {path: text for path, text in files.items() if not path.startswith(("figures/", "media/"))}
    said = {f"page {ref}": text for ref, text in pages_of(written, lang).items() if text.partition("\n")[2].strip()}
    said |= {f"item {row['id']}": _texts(row) for row in rows_of(files, lang) if row.get("id")}
    for key, value in document(files, f"{lang}/course.toml").items():
        table = value if isinstance(value, Mapping) else {"": value}
        said |= {f"word {key} {name}".strip(): _texts(text) for name, text in table.items()}
    for path in files:
        kind, _, name = path.partition("/")
        if kind == "figures" and name.endswith(f".{lang}.svg"):
            said[f"drawing {name.removesuffix(f'.{lang}.svg')}"] = "".join(re.findall(r">([^<>]+)<", files[path]))
        if kind == "media" and name.endswith(".toml") and lang in document(files, path):
            said[f"media {name.removesuffix('.toml')}"] = _texts(document(files, path)[lang])
    return {place: text for place, text in said.items() if text.strip() or place.startswith("drawing")}


def _status(
    files: Files, lang: str, said: Mapping[str, dict[str, str]], every: list[str], followed: Mapping[str, str]
) -> Status:
    here, original = said[lang], said[ORIGINAL]
    unfinished = {place: state for place in every if (state := _state(place, lang, here, original, followed))}
    pages = {place: text for place, text in here.items() if place.startswith("page ")}
    return Status(
        lang=lang,
        pages=len(pages),
        blocks=sum(len(_BLOCK.findall(text)) for text in pages.values()),
        items=sum(place.startswith("item ") for place in here),
        words=sum(len(_NOT_WORDS.sub(" ", text).split()) for text in here.values()),
        places=len(every),
        open=unfinished,
    )


def _state(
    place: str, lang: str, here: Mapping[str, str], original: Mapping[str, str], followed: Mapping[str, str]
) -> str:
    if place not in here:
        return "missing"
    if lang == ORIGINAL or place not in original:
        return ""
    ours, theirs = (" ".join(_NOT_WORDS.sub(" ", text).split()) for text in (here[place], original[place]))
    if ours == theirs and len(ours.split()) >= TELLING_WORDS:
        return "untranslated"
    return "outdated" if place in followed and followed[place] != _digest(original[place]) else ""


def _digest(text: str) -> str:
    return text_digest(text)[:16]


def _texts(value: Any) -> str:
    """Every text of a value, without what is the same in every language."""
    if isinstance(value, Mapping):
        kept = (one for key, one in value.items() if key not in {"id", "objective", "kind", "page", "next", "marking"})
        return "\n".join(filter(None, map(_texts, kept)))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_texts, value)))
    return value if isinstance(value, str) else ""
