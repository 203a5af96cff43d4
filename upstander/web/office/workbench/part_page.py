"""The form of one part of a draft: typed values survive everything, and whoever edits at once is told."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.draft_text import edit_parts
from upstander.core.errors import Refusal
from upstander.web.guard import signed_in
from upstander.web.office.workbench import from_person
from upstander.web.office.workbench.calendar import calendar_of
from upstander.web.office.workbench.counting import Count, count_document
from upstander.web.office.workbench.desk import Desk, by_of, changed_since, desk_of, part_word, revision_of, seen_of
from upstander.web.office.workbench.drawing import Pen
from upstander.web.office.workbench.part_forms import Filled, filled_in, part_or_404
from upstander.web.office.workbench.parts import Part, name_of_path
from upstander.web.office.workbench.problems import Told, problems_of, told
from upstander.web.office.workbench.reading import Readback, readback
from upstander.web.office.workbench.refusals import refusal_sentence

SEEN = "seen"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def part_page(request: HttpRequest, version_id: int, part: str) -> HttpResponse:
    """One part: GET shows it, POST saves it, or does what a button inside the form asked for."""
    desk, edited = desk_of(request, version_id), part_or_404(part)
    document = desk.view.document
    if not document:
        return redirect("office-draft-text", version_id=version_id)
    if request.method != "POST":
        return _shown(request, desk, edited, edited.shown(document), Pen(problems=_problems(desk, edited)))
    filled = filled_in(request, edited, document)
    act = filled.posted.act.verb
    search = from_person.answered(request, desk, edited, filled.raw, filled.posted)
    if act or filled.posted.touched:
        pen = Pen(_while_working(filled), {}, filled.posted.touched)
        count = count_document(filled.over(document), request.moment) if act == "count" else None
        return _shown(request, desk, edited, filled.raw, pen, count=count, search=search)
    if not filled.is_good:
        return _shown(request, desk, edited, filled.raw, Pen(filled.posted.errors))
    return _saved(request, desk, edited, filled)


def _while_working(filled: Filled) -> Mapping[str, str]:
    """A button that only changes the form shows no errors yet: the reader is not done. Counting does."""
    return filled.posted.errors if filled.posted.act.verb == "count" else {}


def _saved(request: HttpRequest, desk: Desk, part: Part, filled: Filled) -> HttpResponse:
    version, document = desk.version, desk.view.document
    changed = filled.changes(document)
    seen_revision = revision_of(request)
    others = changed_since(version, seen_revision) if seen_revision < version.revision else []
    mine = seen_of(document, part.top_keys)
    if others and request.POST.get(SEEN) != mine:
        return _shown(request, desk, part, filled.raw, Pen(), others=others)
    try:
        if changed:
            edit_parts(version.pk, version.revision, changed, request.moment, by_of(request))
    except Refusal as refusal:
        fresh = desk_of(request, version.pk) if refusal.code == "draft-changed-meanwhile" else desk
        told = changed_since(fresh.version, version.revision)
        said = "" if told else refusal_sentence(refusal)
        return _shown(request, fresh, part, filled.raw, Pen(), others=told, refused=said)
    if others:
        what = ", ".join(dict.fromkeys(f"{other.what} ({other.who})" for other in others))
        messages.info(
            request, gettext("Saved. Meanwhile somebody else changed other parts: %(what)s.") % {"what": what}
        )
    elif changed:
        messages.success(request, gettext("Saved: %(part)s.") % {"part": part_word(part.top_keys[0])})
    return redirect(f"{reverse('office-draft', args=[version.pk])}#part-{part.key}")


def _problems(desk: Desk, part: Part) -> dict[str, list[Told]]:
    """The document's problems of the part, by the control at which each is shown."""
    found: dict[str, list[Told]] = {}
    for problem in [*problems_of(desk.view), *told(desk.view.warnings)]:
        if problem.part == part.key:
            found.setdefault(name_of_path(problem.path), []).append(problem)
    return found


def _shown(
    request: HttpRequest,
    desk: Desk,
    part: Part,
    raw: Mapping[str, Any],
    pen: Pen,
    count: Count | None = None,
    **more: Any,
) -> HttpResponse:
    controls = part.drawn(desk.view.document, raw, pen)
    back = readback(desk.view).get(part.key) if more.get("others") else None
    context = {
        **desk.context(),
        "part": part,
        "controls": controls,
        "errors": _error_list(pen),
        "problems": [text for texts in _problems(desk, part).values() for text in texts],
        "seen": seen_of(desk.view.document, part.top_keys),
        "revision": desk.version.revision,
        "count": count,
        "as_it_stands": back or Readback(),
        "touched": pen.touched,
        **(calendar_of(desk.view.document, request.moment.day) if part.key == "reminders" else {}),
        "search": "",
        **more,
    }
    return render(request, "office/workbench/part.html", context)


def _error_list(pen: Pen) -> list[tuple[str, str]]:
    return [(f"id-{name}", text) for name, text in pen.errors.items()]
