"""The draft: its sections and pages in order, what is missing in each, and the buttons that change the order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstander.actions import course_writing as writing
from upstander.actions.course_drafts import discard_draft
from upstander.core.course_pages import split
from upstander.core.course_translation import document, rows_of
from upstander.core.errors import Refusal
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.people import in_words


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page of the outline: its title by language, how many problems stand on it, whether a language lacks it."""

    ref: str
    titles: dict[str, str]
    problems: int
    lacks: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def section(self) -> str:
        return self.ref.partition("/")[0]

    @property
    def page(self) -> str:
        return self.ref.partition("/")[2]

    @property
    def title(self) -> str:
        return in_words(self.titles) or self.page


@dataclass(frozen=True, slots=True)
class SectionLine:
    id: str
    title: str
    pages: tuple[PageLine, ...]


def outline_of(desk: Desk) -> list[SectionLine]:
    """The sections in the order of the course, each with the pages of both languages."""
    words = {lang: document(desk.files, f"{lang}/course.toml").get("sections", {}) for lang in LANGUAGES}
    lines = []
    for row in document(desk.files, "course.toml").get("sections", []):
        name = str(row.get("id", ""))
        titles = {lang: str(words[lang].get(name, "")) for lang in LANGUAGES if words[lang].get(name)}
        lines.append(SectionLine(name, in_words(titles) or name, tuple(_pages(desk, name))))
    return lines


def _pages(desk: Desk, section: str) -> list[PageLine]:
    held = {lang: split(desk.files.get(f"{lang}/{section}.md", ""))[1] for lang in LANGUAGES}
    ids = dict.fromkeys(page.id for lang in LANGUAGES for page in held[lang] if page.id)
    lines = []
    for page in ids:
        ref = f"{section}/{page}"
        titles = {lang: one.title for lang in LANGUAGES for one in held[lang] if one.id == page}
        problems = sum(one.place.kind == "page" and one.place.key == ref for one in desk.problems)
        gaps = [gap for gap in desk.gaps if gap.kind == "page" and gap.place == ref]
        lacks = tuple(gap.lang for gap in gaps if not gap.stale)
        lines.append(PageLine(ref, titles, problems, lacks, tuple(gap.lang for gap in gaps if gap.stale)))
    return lines


@signed_in
@require_safe
def draft_page(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft's desk."""
    desk = desk_of(request, draft_id)
    return render(request, "office/courses/draft.html", _context(desk))


def _context(desk: Desk, **more: Any) -> dict[str, Any]:
    items = {lang: len(rows_of(desk.files, lang)) for lang in LANGUAGES}
    elsewhere = [one for one in desk.problems if one.place.kind != "page"]
    return {
        **desk.context(),
        "sections": outline_of(desk),
        "problems": desk.problems,
        "elsewhere": elsewhere,
        "gaps": desk.gaps,
        "items": max(items.values(), default=0),
        "minutes": desk.minutes,
        **more,
    }


#: The name of a button -> what it does: (draft, where, POST, moment, by).
_MOVES: dict[str, Callable] = {
    "page-up": lambda i, at, post, m, by: writing.move_page(i, at, -1, m, by),
    "page-down": lambda i, at, post, m, by: writing.move_page(i, at, 1, m, by),
    "section-up": lambda i, at, post, m, by: writing.move_section(i, at, -1, m, by),
    "section-down": lambda i, at, post, m, by: writing.move_section(i, at, 1, m, by),
}


@signed_in
@require_POST
def outline(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Moves a page or section, or adds one; what was typed stays where it is refused."""
    desk = desk_of(request, draft_id)
    act, _, at = request.POST.get("act", "").partition(":")
    titles = {lang: request.POST.get(f"title-{lang}", "").strip() for lang in LANGUAGES}
    name = request.POST.get("name", "").strip()
    moment, by = request.moment, by_of(request)
    try:
        if act in _MOVES:
            _MOVES[act](draft_id, at, request.POST, moment, by)
        elif act == "add-page":
            writing.add_page(draft_id, at, name, titles, moment, by)
            return redirect("office-course-page", draft_id, at, name)
        elif act == "add-section":
            writing.add_section(draft_id, name, titles, moment, by)
    except Refusal as refusal:
        typed = {"act": act, "at": at, "name": name, "titles": titles}
        sentence = refusal_sentence(refusal)
        return render(request, "office/courses/draft.html", _context(desk, refused=sentence, typed=typed), status=422)
    return redirect(f"{request.path.removesuffix('outline/')}#{at.replace('/', '-')}" if at else "..")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Asks first, with what goes; POST takes a page, a section or an item out of the draft."""
    desk = desk_of(request, draft_id)
    asked = request.POST if request.method == "POST" else request.GET
    kind, key = asked.get("kind", ""), asked.get("key", "")
    acts = {"page": writing.remove_page, "section": writing.remove_section, "item": writing.remove_item}
    if kind not in acts or not key:
        return redirect("office-course-draft", draft_id)
    if request.method == "POST":
        acts[kind](draft_id, key, request.moment, by_of(request))
        messages.success(request, gettext("Taken out of the draft. The published edition still has it."))
        return redirect("office-course-items" if kind == "item" else "office-course-draft", draft_id)
    hanging = _hanging(desk, kind, key)
    context = {**desk.context(), "kind": kind, "key": key, "hanging": hanging}
    return render(request, "office/courses/remove.html", context)


def _hanging(desk: Desk, kind: str, key: str) -> list[str]:
    """The questions that lead back to what is about to go."""
    if kind == "item":
        return []
    rows = [row for lang in LANGUAGES for row in rows_of(desk.files, lang)]
    fits = [row for row in rows if str(row.get("page", "")) == key or str(row.get("page", "")).startswith(f"{key}/")]
    return sorted({str(row.get("id")) for row in fits})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Asks first; POST lays the draft aside. What was written can still be taken away as a file."""
    desk = desk_of(request, draft_id)
    if request.method == "POST":
        discard_draft(draft_id, request.moment, by_of(request))
        messages.success(request, gettext("The draft is laid aside. What was written can still be taken away."))
        if desk.draft.based_on:
            return redirect("office-course", desk.draft.course_key)
        return redirect("office-courses")
    return render(request, "office/courses/discard.html", desk.context())
