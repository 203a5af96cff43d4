"""Where on the desk something stands: the page, item, words or drawing that a problem or a remark belongs to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from upstander.core.course_pages import split
from upstander.delivery.native.problems import Problem

_ITEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the draft: `kind` page, item, items, words, settings, drawings or media.

    `key` says which one, `lang` in which language; "" where there is but one.
    """

    kind: str
    key: str = ""
    lang: str = ""

    @property
    def section(self) -> str:
        return self.key.partition("/")[0]

    @property
    def page(self) -> str:
        return self.key.partition("/")[2]

    @property
    def anchor(self) -> str:
        return f"#body-{self.lang}" if self.kind == "page" and self.lang else ""

    @property
    def word(self) -> str:
        """The place as a link's text."""
        named = {
            "page": gettext("Page %(key)s"),
            "item": gettext("Question %(key)s"),
            "items": gettext("Questions"),
            "words": gettext("Words of the course"),
            "settings": gettext("Order and settings"),
            "drawings": gettext("Drawings"),
            "media": gettext("Sound and film %(key)s"),
        }[self.kind] % {"key": self.key}
        return f"{named} ({self.lang})" if self.lang else named


@dataclass(frozen=True, slots=True)
class Placed:
    """A problem with its place and the line within that place's own text (0 where a line says nothing)."""

    place: Place
    sentence: str
    line: int = 0


def placed(problem: Problem, files: Mapping[str, str]) -> Placed:
    """The place that a problem in a file belongs to."""
    lang, slash, name = problem.file.partition("/")
    if not slash:
        return Placed(Place("settings"), problem.sentence())
    if lang == "media" and _ITEM.fullmatch(name.partition(".")[0]):
        return Placed(Place("media", name.partition(".")[0]), problem.sentence())
    if lang in ("figures", "media"):
        return Placed(Place("drawings"), f"{name}: {problem.sentence()}")
    if name == "course.toml":
        return Placed(Place("words", lang=lang), problem.sentence())
    text = files.get(problem.file, "")
    if name == "bank.toml":
        item = _item_at(text, problem.line) or str(problem.data.get("item") or problem.data.get("id") or "")
        found = Place("item", item, lang) if _ITEM.fullmatch(item) else Place("items", lang=lang)
        return Placed(found, problem.sentence())
    return _on_page(problem, name.removesuffix(".md"), lang, text)


def _on_page(problem: Problem, section: str, lang: str, text: str) -> Placed:
    pages = [page for page in split(text)[1] if page.line <= problem.line]
    if not pages or not pages[-1].id:
        return Placed(Place("settings"), f"{problem.file}: {problem.sentence()}")
    page = pages[-1]
    return Placed(Place("page", f"{section}/{page.id}", lang), problem.sentence(), problem.line - page.line + 1)


def _item_at(bank: str, line: int) -> str:
    """The id of the item in whose lines this one falls."""
    found = ""
    inside = False
    for number, text in enumerate(bank.split("\n"), 1):
        if number > line and found:
            break
        if text.startswith("[[items]]"):
            inside = True
        elif inside and text.startswith("id = "):
            found, inside = text.removeprefix("id = ").strip().strip('"'), False
    return found
