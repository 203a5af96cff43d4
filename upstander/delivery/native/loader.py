"""A course from its folder: the neutral file, the words of one language, the sections and the bank; read once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil
from pathlib import Path

from upstander.core.bank import Assessment, Item, Line
from upstander.core.errors import Refusal
from upstander.core.outline import Outline
from upstander.delivery.native import markup
from upstander.delivery.native.bank import read_bank
from upstander.delivery.native.blocks import Reading
from upstander.delivery.native.minutes import assessment_seconds
from upstander.delivery.native.pieces import Course, Section
from upstander.delivery.native.problems import Found, Problem
from upstander.delivery.native.sections import read_section
from upstander.delivery.native.toml import read_toml

LANGUAGES = ("en", "es")


def course_keys(root: Path) -> list[str]:
    """The keys of every course in a content folder, in order."""
    return sorted(path.parent.name for path in root.glob("*/course.toml"))


def languages_of(root: Path, key: str) -> tuple[str, ...]:
    """The languages in which a course has words."""
    return tuple(lang for lang in LANGUAGES if (root / key / lang / "course.toml").is_file())


def load(root: Path, key: str, lang: str, institution: Mapping) -> Course:
    """The course in this language, or in English where it has none; the same object every time.

    Refuses `no-such-course`.
    """
    there = languages_of(root, key)
    if "/" in key or not there:
        raise Refusal("no-such-course", {"course": key})
    spoken = lang if lang in there else there[0]
    words = markup.placeholders(institution, spoken)
    return _kept(root, key, spoken, tuple(sorted(words.items())), newest_change(root / key))[0]


def newest_change(folder: Path) -> int:
    """The stamp by which a changed course is read anew: of its `course.toml` files; 0 where there is none."""
    return max((path.stat().st_mtime_ns for path in folder.glob("**/course.toml")), default=0)


@lru_cache(maxsize=64)
def _kept(root: Path, key: str, lang: str, words: tuple, stamp: int) -> tuple[Course, tuple[Problem, ...]]:
    found = Found(root)
    return read_course(root, key, lang, dict(words), found), tuple(found.problems)


def read_course(root: Path, key: str, lang: str, words: Mapping[str, str], found: Found) -> Course:
    """The course as its files say it; what is wrong in them goes on the list, and the rest is read."""
    neutral = read_toml(root / key / "course.toml", found)
    said = read_toml(root / key / lang / "course.toml", found)
    items = read_bank(root / key / lang / "bank.toml", words, found)
    sections = tuple(_section(root / key / lang, row, said, lang, words, found) for row in neutral.get("sections", []))
    blueprint = tuple(
        Line(row["objective"], tuple(row["kinds"]), row["count"])
        for row in neutral.get("form", [])
        if {"objective", "kinds", "count"} <= set(row)
    )
    asked = assessment_seconds(items, blueprint, lang)

    def text(name: str) -> str:
        return markup.plain(str(said.get(name, "")), words)

    def table(name: str, ids: Sequence[str]) -> dict[str, str]:
        return {one: markup.plain(str(said.get(name, {}).get(one, one)), words) for one in ids}

    return Course(
        key=key,
        edition=str(neutral.get("edition", "")),
        lang=lang,
        languages=languages_of(root, key),
        title=text("title") or key,
        summary=text("summary"),
        who_for=text("who_for"),
        format=text("format"),
        content_note=text("content_note"),
        topics=tuple(markup.plain(str(topic), words) for topic in said.get("topics", [])),
        covers=tuple(str(topic) for topic in neutral.get("covers", [])),
        goals=table("goals", list(said.get("goals", {}))),
        objectives=table("objectives", [row.get("id", "") for row in neutral.get("objectives", [])]),
        sections=sections,
        items=items,
        outline=_outline(neutral, key, sections, items, blueprint, asked),
        assessment_seconds=asked,
    )


def _section(folder: Path, row: Mapping, said: Mapping, lang: str, words: Mapping, found: Found) -> Section:
    name = str(row.get("id", ""))
    path = folder / f"{name}.md"
    title = markup.plain(str(said.get("sections", {}).get(name, name)), words)
    return Section(
        name, title, tuple(row.get("objectives", [])), read_section(path, name, Reading(path, lang, words, found))
    )


def _outline(
    neutral: Mapping,
    key: str,
    sections: Sequence[Section],
    items: Mapping[str, Item],
    blueprint: tuple[Line, ...],
    asked: int,
) -> Outline:
    pages = [page for section in sections for page in section.pages]
    return Outline(
        key=key,
        edition=str(neutral.get("edition", "")),
        roles=tuple(neutral.get("roles", [])),
        pages=tuple(page.ref for page in pages),
        sequence=str(neutral.get("sequence", "in-order")),
        check=str(neutral.get("check", "assessment")),
        minutes=ceil((sum(page.seconds for page in pages) + asked) / 60),
        assessment=Assessment(items, blueprint, int(neutral.get("pass_percent", 80))),
    )
