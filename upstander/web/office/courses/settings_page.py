"""What is the same in every language: the edition's name, objectives, what sections teach, and the form's blueprint."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.course_drafts import rename
from upstander.actions.course_writing import write_values
from upstander.core.bank import KINDS
from upstander.core.course_pages import ID, mark_of
from upstander.core.course_translation import document, rows_of
from upstander.core.errors import Refusal
from upstander.core.topics import TOPICS
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import Desk, by_of, desk_of
from upstander.web.office.courses.item_values import KIND_WORDS
from upstander.web.office.courses.outline_pages import outline_of
from upstander.web.office.courses.sentences import refusal_sentence

FILE = "course.toml"
ROLES = ("employee", "student")
#: Empty rows at the end of a table, by which something is added.
SPARE = 1


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def course_settings(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The form; POST saves what it says of the draft."""
    desk = desk_of(request, draft_id)
    held = document(desk.files, FILE)
    if request.method != "POST":
        return _form(request, desk, held, desk.draft.edition, mark_of(desk.files.get(FILE)))
    said, edition = _typed(request.POST, held), request.POST.get("edition", "").strip()
    changes = {key: value for key, value in said.items() if value != held.get(key) and (value or key in held)}
    seen = request.POST.get("seen", "")
    try:
        write_values(draft_id, {FILE: changes}, {FILE: seen}, request.moment, by_of(request))
        rename(draft_id, edition, request.moment, by_of(request))
    except Refusal as refusal:
        theirs = refusal.data["texts"].get(FILE, "") if refusal.code == "course-changed-meanwhile" else ""
        return _form(request, desk, {**held, **said}, edition, mark_of(theirs) if theirs else seen, refusal, theirs)
    messages.success(request, gettext("Saved in the draft."))
    return redirect("office-course-settings", draft_id)


def _rows(post: QueryDict, name: str) -> int:
    """How many rows the form says that it has."""
    said = post.get(name, "0")
    if not (said.isascii() and said.isdecimal() and len(said) < 4):
        raise BadRequest("a number of rows that is none")
    return min(60, int(said))


def _typed(post: QueryDict, held: Mapping[str, Any]) -> dict[str, Any]:
    percent = post.get("pass_percent", "80")
    objectives = []
    for n in range(_rows(post, "objectives")):
        name, goal = post.get(f"objective-{n}", "").strip(), post.get(f"goal-{n}", "").strip()
        if name:
            objectives.append({"id": name[:40], **({"goal": goal[:40]} if ID.fullmatch(goal) else {})})
    form = []
    for n in range(_rows(post, "lines")):
        count = post.get(f"line-{n}-count", "0")
        kinds = [kind for kind in KINDS if kind in post.getlist(f"line-{n}-kinds")]
        if count.isascii() and count.isdecimal() and int(count[:3]) and kinds and post.get(f"line-{n}-objective"):
            form.append({"objective": post[f"line-{n}-objective"][:40], "count": int(count[:3]), "kinds": kinds})
    sections = [
        {**row, "objectives": [one["id"] for one in objectives if one["id"] in post.getlist(f"teaches-{row['id']}")]}
        for row in held.get("sections", [])
        if row.get("id")
    ]
    return {
        "roles": [role for role in ROLES if role in post.getlist("roles")],
        "pass_percent": int(percent) if percent.isascii() and percent.isdecimal() and len(percent) < 4 else 80,
        "sequence": "free" if post.get("sequence") == "free" else "in-order",
        "check": "check" if post.get("check") == "check" else "assessment",
        "covers": sorted(topic for topic in post.getlist("covers") if topic in TOPICS),
        "objectives": objectives,
        "sections": sections,
        "form": form,
    }


def _form(
    request: HttpRequest,
    desk: Desk,
    said: Mapping[str, Any],
    edition: str,
    seen: str,
    refused: Refusal | None = None,
    theirs: str = "",
) -> HttpResponse:
    objectives = [{"id": str(r.get("id", "")), "goal": str(r.get("goal", ""))} for r in said.get("objectives", [])]
    bank = rows_of(desk.files, "en") or rows_of(desk.files, "es")
    quick = Desk(desk.draft, desk.files)
    quick.__dict__["problems"] = []
    titles = {line.id: line.title for line in outline_of(quick)}
    context = {
        **desk.context(),
        "said": said,
        "edition": edition,
        "seen": seen,
        "roles": ROLES,
        "objectives": [*objectives, *({"id": "", "goal": ""} for _ in range(SPARE))],
        "ids": [one["id"] for one in objectives],
        "sections": [
            {"id": one, "title": titles.get(one, one), "teaches": row.get("objectives", [])}
            for row in said.get("sections", [])
            if (one := str(row.get("id", "")))
        ],
        "lines": [*(_line(row, bank) for row in said.get("form", [])), *({"kinds": ["single"]} for _ in range(SPARE))],
        "kinds": KIND_WORDS,
        "topics": sorted(TOPICS),
        "problems": [] if refused else [one for one in desk.problems if one.place.kind == "settings"],
        "refused": refusal_sentence(refused) if refused else "",
        "theirs": theirs,
    }  # fmt: skip
    return render(request, "office/courses/settings.html", context, status=409 if theirs else 200)


def _line(row: Mapping[str, Any], bank: list[dict[str, Any]]) -> dict[str, Any]:
    """One line of the blueprint with how many questions of the bank fit it."""
    kinds = row.get("kinds", [])
    fitting = sum(one.get("objective") == row.get("objective") and one.get("kind") in kinds for one in bank)
    return {"objective": row.get("objective", ""), "count": row.get("count", ""), "kinds": kinds, "there": fitting}
