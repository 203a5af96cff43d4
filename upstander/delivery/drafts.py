"""A course that is not installed yet, read from its texts: whole with its problems, or one page of it alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from json import dumps, loads
from pathlib import Path

from upstander.delivery.native import markup
from upstander.delivery.native.blocks import Reading
from upstander.delivery.native.check import check_course
from upstander.delivery.native.figures import read_figure
from upstander.delivery.native.loader import LANGUAGES, languages_of, read_course
from upstander.delivery.native.pieces import Course, Page
from upstander.delivery.native.problems import Found, Problem
from upstander.delivery.native.sections import read_section
from upstander.delivery.publishing import laid_out


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it reads: the course in each language that it has words in, and everything that is wrong with it.

    `file` of a problem is the path within the course's folder.
    """

    courses: Mapping[str, Course]
    problems: tuple[Problem, ...]

    def course(self, lang: str) -> Course | None:
        """The course in this language, else in one that it has."""
        return self.courses.get(lang) or next(iter(self.courses.values()), None)


def read_draft(key: str, files: Mapping[str, str], institution: Mapping) -> Draft:
    """The draft, read by the same reader and the same check as an installed course; kept by its text."""
    return _read(key, tuple(sorted(files.items())), dumps(institution, sort_keys=True, default=str))


@lru_cache(maxsize=12)
def _read(key: str, files: tuple[tuple[str, str], ...], institution: str) -> Draft:
    words = loads(institution)
    with laid_out(key, dict(files)) as root:
        (root / key).mkdir(exist_ok=True)
        first, problems = check_course(root, key, words)
        courses = {
            lang: first if lang == first.lang else _read_again(root, key, lang, words)
            for lang in languages_of(root, key)
        }
    prefix = f"{key}/"
    return Draft(
        {lang: courses[lang] for lang in LANGUAGES if lang in courses},
        tuple(Problem(one.code, one.file.removeprefix(prefix), one.line, one.data) for one in problems),
    )


def _read_again(root: Path, key: str, lang: str, institution: Mapping) -> Course:
    return read_course(root, key, lang, markup.placeholders(institution, lang), Found(root))


def read_page(
    key: str, section: str, lang: str, text: str, files: Mapping[str, str], institution: Mapping
) -> tuple[Page | None, tuple[Problem, ...]]:
    """One page from its text, with what is wrong in it by line; the drawings and media it shows come from `files`."""
    shown = {path: held for path, held in files.items() if path.partition("/")[0] in ("figures", "media")}
    with laid_out(key, {**shown, f"{lang}/{section}.md": text}) as root:
        path, found = root / key / lang / f"{section}.md", Found(root)
        pages = read_section(path, section, Reading(path, lang, markup.placeholders(institution, lang), found))
    return (pages[0] if pages else None), _once(found)


def _once(found: Found) -> tuple[Problem, ...]:
    return tuple({(one.code, one.line, one.sentence()): one for one in found.problems}.values())


def drawing_fault(name: str, lang: str, text: str) -> Problem | None:
    """What keeps a drawing from being let through, or None."""
    return _drawn(name, lang, text)[1]


def drawing(text: str) -> str:
    """A drawing as safe inline SVG; "" where it is not let through."""
    return _drawn("drawing", "en", text)[0]


def _drawn(name: str, lang: str, text: str) -> tuple[str, Problem | None]:
    with laid_out("a-drawing", {f"figures/{name}.{lang}.svg": text}) as root:
        found = Found(root)
        svg = read_figure(root / "a-drawing" / "figures" / f"{name}.{lang}.svg", found)
    return svg or "", found.problems[0] if found.problems else None
