"""One page of a draft, written in both languages side by side, with the page as it reads beside it."""

from dataclasses import dataclass, field
from math import ceil

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from upstander.actions.course_writing import write_page
from upstander.core.course_pages import mark_of, page_of, written
from upstander.core.duty import DUTIES
from upstander.core.errors import Refusal
from upstander.delivery.drafts import read_page
from upstander.delivery.native.accessible import Remark, remarks_of_page
from upstander.delivery.native.pieces import Page
from upstander.delivery.native.problems import Problem
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.outline_pages import outline_of
from upstander.web.office.courses.sentences import refusal_sentence, remark_sentence
from upstander.web.office.courses.shown import BlockView, block_views, duty_of
from upstander.web.office.courses.skeletons import BY_KIND, SKELETONS, inserted
from upstander.web.people import in_words


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it reads: its blocks, what is wrong (line 1 is the first line of the text), what is worth a look."""

    lang: str
    title: str
    blocks: tuple[BlockView, ...]
    problems: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]
    seconds: int

    @property
    def minutes(self) -> int:
        return ceil(self.seconds / 60)


@dataclass
class Side:
    """One language of the page on the form: what is typed, the mark of what was seen, and what others wrote since."""

    lang: str
    title: str
    body: str
    seen: str
    theirs: str | None = None
    shown: Shown | None = None
    stale: bool = field(default=False)


def shown_of(desk: Desk, section: str, page: str, lang: str, title: str, body: str, duty: str) -> Shown:
    """The page as a learner with this duty would meet it."""
    text = written(title or "…", page, body)
    read, problems = read_page(desk.draft.course_key, section, lang, text, desk.files, settings.INSTITUTION)
    remarks = remarks_of_page(read, lang) if read else []
    return Shown(
        lang,
        title,
        tuple(block_views(read, duty)) if read else (),
        tuple(_lines(problems)),
        tuple(map(remark_sentence, _few(remarks))),
        _seconds(read),
    )


def _seconds(page: Page | None) -> int:
    return page.seconds if page else 0


def _few(remarks: list[Remark]) -> list[Remark]:
    """A page being written shows a handful at a time."""
    return remarks[:6]


def _lines(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """Problems by the line of the text box: the heading and the blank line after it are not in it."""
    return [(max(1, problem.line - 2), problem.sentence()) for problem in problems]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, draft_id: int, section: str, page: str) -> HttpResponse:
    """The form of one page; POST saves it, shows it, or puts the frame of a block in."""
    desk = desk_of(request, draft_id)
    held = {lang: page_of(desk.files.get(f"{lang}/{section}.md", ""), page) for lang in LANGUAGES}
    if not any(held.values()):
        raise Http404
    if request.method != "POST":
        sides = [
            Side(lang, one.title if one else "", one.body if one else "", mark_of(one.text if one else ""))
            for lang, one in held.items()
        ]
        return _form(request, desk, section, page, sides)
    sides = [_typed(request, lang) for lang in LANGUAGES]
    act, _, what = request.POST.get("act", "").partition(":")
    if act == "insert":
        kind, _, into = what.partition(":")
        for side in sides:
            side.body = inserted(side.body, kind, side.lang) if side.lang == into else side.body
        return _form(request, desk, section, page, sides, typed=kind in BY_KIND)
    if act == "preview":
        return _form(request, desk, section, page, sides, typed=True)
    return _saved(request, desk, section, page, sides)


def _typed(request: HttpRequest, lang: str) -> Side:
    post = request.POST
    body = post.get(f"body-{lang}", "").replace("\r\n", "\n")
    return Side(lang, post.get(f"title-{lang}", "").strip(), body, post.get(f"seen-{lang}", ""))


def _saved(request: HttpRequest, desk: Desk, section: str, page: str, sides: list[Side]) -> HttpResponse:
    said = {side.lang: (side.title, side.body) for side in sides}
    seen = {side.lang: side.seen for side in sides}
    try:
        write_page(desk.draft.pk, f"{section}/{page}", said, seen, request.moment, by_of(request))
    except Refusal as refusal:
        if refusal.code == "course-changed-meanwhile":
            for side in sides:
                if side.lang in refusal.data["texts"]:
                    side.theirs = refusal.data["texts"][side.lang]
                    side.seen = mark_of(side.theirs)
        return _form(request, desk, section, page, sides, refused=refusal, typed=True)
    messages.success(request, gettext("Saved in the draft."))
    if not any(side.title for side in sides):
        return redirect("office-course-draft", desk.draft.pk)
    return redirect("office-course-page", desk.draft.pk, section, page)


def _form(
    request: HttpRequest,
    desk: Desk,
    section: str,
    page: str,
    sides: list[Side],
    refused: Refusal | None = None,
    typed: bool = False,
) -> HttpResponse:
    duty = duty_of(request)
    for side in sides:
        side.shown = shown_of(desk, section, page, side.lang, side.title, side.body, duty)
        side.stale = any(
            gap.stale and gap.lang == side.lang and (gap.kind, gap.place) == ("page", f"{section}/{page}")
            for gap in desk.gaps
        )
    lines = next((line.pages for line in outline_of_names(desk) if line.id == section), ())
    at = next((at for at, line in enumerate(lines) if line.page == page), 0)
    context = {
        **desk.context(),
        "sides": sides,
        "page_title": in_words({side.lang: side.title for side in sides}),
        "page_section": section,
        "page_id": page,
        "before": lines[at - 1] if at else None,
        "after": lines[at + 1] if at + 1 < len(lines) else None,
        "skeletons": SKELETONS,
        "duties": DUTIES,
        "duty": duty,
        "typed": typed,
        "refused": refusal_sentence(refused) if refused else "",
        "conflict": bool(refused and refused.code == "course-changed-meanwhile"),
    }
    return render(request, "office/courses/page.html", context, status=409 if context["conflict"] else 200)


def outline_of_names(desk: Desk) -> list:
    """The outline, without reading the whole course for its problems."""
    quick = Desk(desk.draft, desk.files)
    quick.__dict__["problems"] = []
    return outline_of(quick)


@signed_in
@require_POST
def live(request: HttpRequest, draft_id: int, section: str, page: str) -> HttpResponse:
    """The page as it reads while it is being typed: nothing is kept."""
    desk = desk_of(request, draft_id)
    lang = request.GET.get("lang", "")
    if lang not in LANGUAGES:
        raise Http404
    side = _typed(request, lang)
    shown = shown_of(desk, section, page, lang, side.title, side.body[:200_000], duty_of(request))
    return render(request, "office/courses/page_shown.html", {"shown": shown, "draft": desk.draft})
