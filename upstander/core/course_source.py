"""The text files of a course as a mapping of paths: their digests, their pages, and what changed between two of them.

A path is relative to the course's folder (`course.toml`, `en/policy.md`, `figures/ladder.en.svg`).
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from upstander.core.errors import Refusal

Files = Mapping[str, str]
#: What an edition consists of: text only. Sounds and pictures in other formats stand beside it.
TEXT_ENDINGS = (".toml", ".md", ".svg", ".vtt", ".txt")
#: How a change weighs for whoever took the edition before: words only, what is taught, what the law asks.
CHANGE_CLASSES = ("editorial", "material", "legal")
_PATH = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*")
_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TITLE = re.compile(r"^ {0,3}##[ \t]+.*\{#(?P<id>[a-z0-9][a-z0-9-]*)\}[ \t#]*$")
_NAMED = re.compile(r"^:{3,}[ \t]*(?P<kind>figure|media|explainer)[ \t]+(?P<name>[A-Za-z0-9._-]+)", re.MULTILINE)
_ASKED = re.compile(r"^:{3,}[ \t]*(?:scenario|check)[ \t]+(?P<id>[a-z0-9][a-z0-9-]*)", re.MULTILINE)


def is_safe_path(path: str) -> bool:
    """True for a path of a text file that stays in the course's folder, one folder deep at most."""
    return bool(_PATH.fullmatch(path)) and ".." not in path and path.endswith(TEXT_ENDINGS)


def is_edition(name: str) -> bool:
    """True for what can be an edition's name: letters, digits, dots, hyphens; 40 characters at most."""
    return bool(_EDITION.fullmatch(name)) and ".." not in name


def is_course_key(key: str) -> bool:
    return bool(_KEY.fullmatch(key))


def plain_text(raw: bytes) -> str:
    """A file's text, whatever its line ends, so that it has one digest on every system."""
    return raw.decode("utf-8").replace("\r\n", "\n")


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_of(files: Files) -> dict[str, str]:
    """Path -> digest, in the order of the paths."""
    return {path: text_digest(files[path]) for path in sorted(files)}


def edition_digest(manifest: Mapping[str, str]) -> str:
    """One digest over every path and what stands in it."""
    return text_digest("\n".join(f"{path} {manifest[path]}" for path in sorted(manifest)))


def neutral_of(files: Files) -> dict[str, Any]:
    """What the course's own `course.toml` says. Refuses `edition-broken` where it cannot be read."""
    try:
        return tomllib.loads(files["course.toml"])
    except (KeyError, tomllib.TOMLDecodeError) as problem:
        raise Refusal("edition-broken", {"problems": [f"course.toml: {problem}"]}) from problem


def change_of(files: Files) -> tuple[str, dict[str, str]]:
    """The class of the change and its words by language, as the files say it; empty where they say nothing."""
    changed = neutral_of(files).get("change", {})
    said = {lang: str(words["change"]) for lang, words in _spoken(files) if str(words.get("change", "")).strip()}
    return str(changed.get("class", "")) if isinstance(changed, Mapping) else "", said


def _spoken(files: Files) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(files):
        lang, _, name = path.partition("/")
        if name == "course.toml":
            try:
                yield lang, tomllib.loads(files[path])
            except tomllib.TOMLDecodeError:
                continue


def languages_of(files: Files) -> tuple[str, ...]:
    """The languages in which the course has words."""
    return tuple(path.partition("/")[0] for path in sorted(files) if path.endswith("/course.toml"))


def sections_of(files: Files) -> list[str]:
    """The ids of the sections in the order of the course."""
    rows = neutral_of(files).get("sections", [])
    return [str(row["id"]) for row in rows if isinstance(row, Mapping) and row.get("id")]


def pages_of(files: Files, lang: str) -> dict[str, str]:
    """`section/page` -> the source of that page in this language, in the order of the course.

    With it goes everything that the page shows from other files: its drawings, sounds and films.
    """
    pages: dict[str, str] = {}
    for section in sections_of(files):
        for page, source in _split(files.get(f"{lang}/{section}.md", "")):
            pages.setdefault(f"{section}/{page}", source + _shown_in(source, files, lang))
    return pages


def _split(source: str) -> Iterator[tuple[str, str]]:
    """The pages of one section's file: id and text, from each `## Title {#id}` to the next."""
    page, lines, fenced = "", [], False
    for line in source.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        titled = None if fenced else _TITLE.match(line)
        if titled:
            if page:
                yield page, _tidy(lines)
            page, lines = titled["id"], []
        lines.append(line.rstrip())
    if page:
        yield page, _tidy(lines)


def _tidy(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _shown_in(source: str, files: Files, lang: str) -> str:
    """The digests of the files that a page shows."""
    shown = []
    for found in _NAMED.finditer(source):
        kind, name = found["kind"], found["name"]
        own = {f"figures/{name}.{lang}.svg"} if kind == "figure" else set()
        own |= {path for path in files if kind == "media" and path.startswith(f"media/{name}.")}
        shown += [f"\n{path} {text_digest(files[path])}" for path in sorted(own) if path in files]
    return "".join(shown)


def questions_of(files: Files) -> dict[str, frozenset[str]]:
    """`section/page` -> the ids of the scenarios and checks that stand on it."""
    langs = languages_of(files)
    pages = pages_of(files, langs[0]) if langs else {}
    return {ref: frozenset(found["id"] for found in _ASKED.finditer(text)) for ref, text in pages.items()}


def changed_pages(old: Files, new: Files) -> tuple[str, ...]:
    """The pages of the new edition whose text changed in a language that both have, or that are new; in its order.

    A language that was gained changes nothing for whoever read the course in another.
    """
    both = [lang for lang in languages_of(new) if lang in languages_of(old)]
    if not both:
        return _all_pages(new)
    before, after = {lang: pages_of(old, lang) for lang in both}, {lang: pages_of(new, lang) for lang in both}
    refs = dict.fromkeys(ref for lang in both for ref in after[lang])
    return tuple(ref for ref in refs if any(before[lang].get(ref) != after[lang].get(ref) for lang in both))


def _all_pages(files: Files) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for lang in languages_of(files) for ref in pages_of(files, lang)))


def changed_items(old: Files, new: Files) -> tuple[str, ...]:
    """The items of the new bank that are new, or whose words changed in a language that both editions have."""
    both = [lang for lang in languages_of(new) if lang in languages_of(old)]
    banks = [(_items(old, lang), _items(new, lang)) for lang in both]
    names = dict.fromkeys(name for _, after in banks for name in after)
    return tuple(name for name in names if any(before.get(name) != after.get(name) for before, after in banks))


def _items(files: Files, lang: str) -> dict[str, Any]:
    try:
        rows = tomllib.loads(files.get(f"{lang}/bank.toml", "")).get("items", [])
    except tomllib.TOMLDecodeError:
        return {}
    return {str(row["id"]): row for row in rows if isinstance(row, Mapping) and row.get("id")}
