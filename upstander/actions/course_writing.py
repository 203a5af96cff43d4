"""Writing a course: a page, an item, the words, the order, the drawings; every language of it in one transaction.

Whoever saves says with `seen` what they had before them (marks of `core.course_pages.mark_of`, by language). Where
somebody else changed the same place in between, nothing is written: Refusal `course-changed-meanwhile`
{place, langs, texts: what stands there now, by language}.
"""

from collections.abc import Mapping
from typing import Any

from upstander.actions.course_drafts import Edit, edit_files
from upstander.actions.course_toml import items_of, read, with_item, with_values, without_item
from upstander.core.course_pages import ID, mark_of, moved, page_of, split, with_page, without_page
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import CourseDraft

LANGUAGES = ("en", "es")


def write_page(
    draft_id: int, ref: str, said: Mapping[str, tuple[str, str]], seen: Mapping[str, str], moment: Moment, by: str
) -> CourseDraft:
    """Writes one page (`section/page`) in these languages: lang -> (title, body).

    A language whose title and body are both empty is left without the page. Refuses `course-page-untitled` {lang},
    `course-page-holds-page`, `course-changed-meanwhile`.
    """
    section, _, page = ref.partition("/")
    for lang, (title, body) in said.items():
        if body.strip() and not title.strip():
            raise Refusal("course-page-untitled", {"lang": lang})
    order = _order(draft_id, section)
    now: dict[str, str] = {}

    def edit(lang: str) -> Edit:
        title, body = said[lang]

        def change(text: str | None) -> str | None:
            held = page_of(text or "", page)
            mine = with_page(text or "", page, title, body, order) if title.strip() else without_page(text or "", page)
            if mark_of(held.text if held else "") != seen.get(lang, "") and mine != (text or ""):
                now[lang] = held.text if held else ""
            return mine if text is not None or mine else None

        return change

    return _written(draft_id, ref, {f"{lang}/{section}.md": edit(lang) for lang in said}, now, moment, by)


def _written(
    draft_id: int, place: str, edits: Mapping[str, Edit], now: Mapping[str, str], moment: Moment, by: str
) -> CourseDraft:
    """Edits the files, unless one of the edits found that somebody else was there."""

    def last(text: str | None) -> str | None:
        if now:
            raise Refusal("course-changed-meanwhile", {"place": place, "langs": sorted(now), "texts": dict(now)})
        return text

    return edit_files(draft_id, {**edits, "": last}, moment, by)


def _order(draft_id: int, section: str) -> list[str]:
    """The ids of the section's pages in the language that has most of them."""
    files = _texts_of(draft_id, f"{section}.md")
    lists = [[page.id for page in split(text)[1]] for _, text in sorted(files.items())]
    return max(lists, key=len, default=[])


def _texts_of(draft_id: int, name: str) -> dict[str, str]:
    """Language -> text of that file, for the languages that have it."""
    paths = [f"{lang}/{name}" for lang in LANGUAGES]
    rows = CourseDraft.objects.filter(pk=draft_id, files__path__in=paths).values_list("files__path", "files__text")
    return {path.partition("/")[0]: text for path, text in rows}


def add_page(draft_id: int, section: str, page: str, titles: Mapping[str, str], moment: Moment, by: str) -> CourseDraft:
    """A new page at the end of a section, with its titles. Refuses `course-id-unfit` {id}, `course-id-taken` {id},
    `course-title-missing` {lang}."""
    _fit(page)
    if page in _order(draft_id, section):
        raise Refusal("course-id-taken", {"id": page})
    for lang in LANGUAGES:
        if not titles.get(lang, "").strip():
            raise Refusal("course-title-missing", {"lang": lang})
    said = {lang: (titles[lang], "") for lang in LANGUAGES}
    return write_page(draft_id, f"{section}/{page}", said, dict.fromkeys(LANGUAGES, mark_of("")), moment, by)


def move_page(draft_id: int, ref: str, step: int, moment: Moment, by: str) -> CourseDraft:
    """Moves a page within its section, in every language."""
    section, _, page = ref.partition("/")
    paths = [f"{lang}/{section}.md" for lang in LANGUAGES]
    return edit_files(draft_id, {path: lambda t: t and moved(t, page, step) for path in paths}, moment, by)


def remove_page(draft_id: int, ref: str, moment: Moment, by: str) -> CourseDraft:
    """Takes a page out of its section, in every language."""
    section, _, page = ref.partition("/")
    paths = [f"{lang}/{section}.md" for lang in LANGUAGES]
    return edit_files(draft_id, {path: lambda t: t and without_page(t, page) for path in paths}, moment, by)


def write_item(
    draft_id: int, item: str, said: Mapping[str, Mapping[str, Any]], seen: Mapping[str, str], moment: Moment, by: str
) -> CourseDraft:
    """Writes one item of the bank in these languages: lang -> its values as they stand in the file.

    Refuses `course-id-unfit` {id}, `course-changed-meanwhile`, `course-file-unreadable` {path, why}.
    """
    if not ID.fullmatch(item.lower()):
        raise Refusal("course-id-unfit", {"id": item})
    now: dict[str, str] = {}

    def edit(lang: str) -> Edit:
        def change(text: str | None) -> str | None:
            held = items_of(text or "").get(item, "")
            mine = with_item(text or "", item, said[lang])
            if mark_of(held.strip()) != seen.get(lang, "") and mine != (text or ""):
                now[lang] = held
            return mine

        return change

    return _written(draft_id, item, {f"{lang}/bank.toml": edit(lang) for lang in said}, now, moment, by)


def remove_item(draft_id: int, item: str, moment: Moment, by: str) -> CourseDraft:
    """Takes an item out of the bank of every language."""
    paths = [f"{lang}/bank.toml" for lang in LANGUAGES]
    return edit_files(draft_id, {path: lambda t: t and without_item(t, item) for path in paths}, moment, by)


def write_values(
    draft_id: int, values: Mapping[str, Mapping[str, Any]], seen: Mapping[str, str], moment: Moment, by: str
) -> CourseDraft:
    """Sets top-level keys of TOML files: path -> {key: value, or None to take it out}; `seen` by path.

    Refuses `course-changed-meanwhile`, `course-file-unreadable`.
    """
    now: dict[str, str] = {}

    def edit(path: str) -> Edit:
        def change(text: str | None) -> str | None:
            mine = with_values(path, text or "", values[path])
            if mark_of(text) != seen.get(path, "") and mine != text:
                now[path] = text or ""
            return mine

        return change

    return _written(draft_id, ", ".join(values), {path: edit(path) for path in values}, now, moment, by)


def add_section(draft_id: int, section: str, titles: Mapping[str, str], moment: Moment, by: str) -> CourseDraft:
    """A new section at the end, with its titles. Refuses `course-id-unfit`, `course-id-taken`,
    `course-title-missing`."""
    _fit(section)
    for lang in LANGUAGES:
        if not titles.get(lang, "").strip():
            raise Refusal("course-title-missing", {"lang": lang})

    def neutral(text: str | None) -> str | None:
        rows = read("course.toml", text or "").get("sections", [])
        if section in [row.get("id") for row in rows]:
            raise Refusal("course-id-taken", {"id": section})
        return with_values("course.toml", text or "", {"sections": [*rows, {"id": section, "objectives": []}]})

    def named(lang: str) -> Edit:
        def change(text: str | None) -> str | None:
            held = read(f"{lang}/course.toml", text or "").get("sections", {})
            words = {"sections": {**held, section: " ".join(titles[lang].split())}}
            return with_values(f"{lang}/course.toml", text or "", words)

        return change

    edits: dict[str, Edit] = {"course.toml": neutral}
    for lang in LANGUAGES:
        edits |= {f"{lang}/course.toml": named(lang), f"{lang}/{section}.md": lambda text: text or ""}
    return edit_files(draft_id, edits, moment, by)


def move_section(draft_id: int, section: str, step: int, moment: Moment, by: str) -> CourseDraft:
    """Moves a section so many places on (negative: ahead)."""

    def change(text: str | None) -> str | None:
        rows = list(read("course.toml", text or "").get("sections", []))
        at = next((at for at, row in enumerate(rows) if row.get("id") == section), None)
        if at is None:
            return text
        row = rows.pop(at)
        rows.insert(max(0, min(len(rows), at + step)), row)
        return with_values("course.toml", text or "", {"sections": rows})

    return edit_files(draft_id, {"course.toml": change}, moment, by)


def remove_section(draft_id: int, section: str, moment: Moment, by: str) -> CourseDraft:
    """Takes a section with its pages out of the course, in every language."""

    def neutral(text: str | None) -> str | None:
        rows = read("course.toml", text or "").get("sections", [])
        return with_values("course.toml", text or "", {"sections": [row for row in rows if row.get("id") != section]})

    def named(lang: str) -> Edit:
        def change(text: str | None) -> str | None:
            held = read(f"{lang}/course.toml", text or "").get("sections", {})
            left = {key: title for key, title in held.items() if key != section}
            return text and with_values(f"{lang}/course.toml", text, {"sections": left})

        return change

    edits: dict[str, Edit] = {"course.toml": neutral}
    for lang in LANGUAGES:
        edits |= {f"{lang}/course.toml": named(lang), f"{lang}/{section}.md": lambda text: None}
    return edit_files(draft_id, edits, moment, by)


def put_file(draft_id: int, path: str, text: str | None, moment: Moment, by: str) -> CourseDraft:
    """Puts a whole file (a drawing) in the draft, or takes it out (None)."""
    return edit_files(draft_id, {path: lambda _: text}, moment, by)


def put_media(draft_id: int, name: str, file: str, seconds: int, moment: Moment, by: str) -> CourseDraft:
    """Names the file of a film or recording in the draft; what is said of it in each language stays."""
    path = f"media/{name}.toml"
    first = 'file = ""\nseconds = 0\n'
    values = {"file": file, "seconds": seconds}
    return edit_files(draft_id, {path: lambda text: with_values(path, text or first, values)}, moment, by)


def write_media(
    draft_id: int,
    said: Mapping[str, Mapping[str, Any] | str | None],
    seen: Mapping[str, str],
    moment: Moment,
    by: str,
) -> CourseDraft:
    """Writes what belongs to a film or recording: path -> values of a TOML file, a whole text, or None to take it out.

    Refuses `course-changed-meanwhile`, `course-file-unreadable`.
    """
    now: dict[str, str] = {}

    def edit(path: str) -> Edit:
        def change(text: str | None) -> str | None:
            new = said[path]
            mine = with_values(path, text or "", new) if isinstance(new, Mapping) else new
            if mark_of(text) != seen.get(path, "") and mine != text:
                now[path] = text or ""
            return mine

        return change

    return _written(draft_id, ", ".join(said), {path: edit(path) for path in said}, now, moment, by)


def _fit(name: str) -> None:
    if not ID.fullmatch(name):
        raise Refusal("course-id-unfit", {"id": name})
