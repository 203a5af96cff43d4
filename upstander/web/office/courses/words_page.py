"""The words of the course as a whole, in both languages side by side."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from upstander.actions.course_writing import write_values
from upstander.core.course_pages import mark_of
from upstander.core.course_translation import document
from upstander.core.errors import Refusal
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.sentences import refusal_sentence

#: key -> its label, its hint, and how many lines its box has.
FIELDS = {
    "title": (gettext_lazy("Title"), "", 1),
    "summary": (gettext_lazy("Summary"), gettext_lazy("One or two sentences, by which somebody chooses."), 3),
    "who_for": (gettext_lazy("Whom it suits"), "", 2),
    "format": (gettext_lazy("Format"), gettext_lazy("Text, scenarios, films; and what ends the course."), 2),
    "topics": (gettext_lazy("Topics"), gettext_lazy("One a line."), 5),
    "content_note": (
        gettext_lazy("Content note"),
        gettext_lazy("What may weigh on a reader. It stands before the course."),
        4,
    ),
}
TABLES = {
    "goals": gettext_lazy("Goals"),
    "objectives": gettext_lazy("Objectives"),
    "sections": gettext_lazy("Titles of the sections"),
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The form of the words; POST saves both languages at once."""
    desk = desk_of(request, draft_id)
    held = {lang: document(desk.files, f"{lang}/course.toml") for lang in LANGUAGES}
    if request.method != "POST":
        seen = {lang: mark_of(desk.files.get(f"{lang}/course.toml")) for lang in LANGUAGES}
        return _form(request, desk, held, seen)
    seen = {lang: request.POST.get(f"seen-{lang}", "") for lang in LANGUAGES}
    said = {lang: _typed(request, desk, lang) for lang in LANGUAGES}
    values = {f"{lang}/course.toml": _changes(held[lang], said[lang]) for lang in LANGUAGES}
    marks = {f"{lang}/course.toml": seen[lang] for lang in LANGUAGES}
    try:
        write_values(draft_id, values, marks, request.moment, by_of(request))
    except Refusal as refusal:
        theirs = refusal.data["texts"] if refusal.code == "course-changed-meanwhile" else {}
        seen |= {path.partition("/")[0]: mark_of(text) for path, text in theirs.items()}
        return _form(request, desk, said, seen, refusal, theirs)
    messages.success(request, gettext("Saved in the draft."))
    return redirect("office-course-words", draft_id)


def _changes(held: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says otherwise than the file; an empty table that was never there stays away."""
    return {key: value for key, value in said.items() if value != held.get(key) and (value or key in held)}


def _typed(request: HttpRequest, desk: Desk, lang: str) -> dict[str, Any]:
    post = request.POST
    said: dict[str, Any] = {key: " ".join(post.get(f"{key}-{lang}", "").split()) for key in FIELDS if key != "topics"}
    said["topics"] = [line.strip() for line in post.get(f"topics-{lang}", "").splitlines() if line.strip()]
    for table, ids in _ids(desk).items():
        held = document(desk.files, f"{lang}/course.toml").get(table, {})
        found = {one: " ".join(post.get(f"{table}-{one}-{lang}", "").split()) for one in ids}
        said[table] = {one: text for one, text in found.items() if text or one in held}
    return said


def _ids(desk: Desk) -> dict[str, list[str]]:
    """The ids of goals, objectives and sections, in their order."""
    neutral = document(desk.files, "course.toml")
    found = {table: [str(row.get("id", "")) for row in neutral.get(table, [])] for table in ("objectives", "sections")}
    goals = [str(row["goal"]) for row in neutral.get("objectives", []) if row.get("goal")]
    for lang in LANGUAGES:
        goals += document(desk.files, f"{lang}/course.toml").get("goals", {})
    return {"goals": list(dict.fromkeys(goals)), **found}


def _form(
    request: HttpRequest,
    desk: Desk,
    said: Mapping[str, Mapping[str, Any]],
    seen: Mapping[str, str],
    refused: Refusal | None = None,
    theirs: Mapping[str, str] | None = None,
) -> HttpResponse:
    fields = [
        {
            "name": key, "label": label, "hint": hint, "lines": lines,
            "sides": [_side(lang, key, said[lang].get(key, "")) for lang in LANGUAGES],
        }
        for key, (label, hint, lines) in FIELDS.items()
    ]  # fmt: skip
    tables = [
        {
            "title": TABLES[table],
            "fields": [
                {
                    "name": f"{table}-{one}", "label": one, "lines": 2,
                    "sides": [_side(x, f"{table}-{one}", said[x].get(table, {}).get(one, "")) for x in LANGUAGES],
                }
                for one in ids
            ],
        }
        for table, ids in _ids(desk).items() if ids
    ]  # fmt: skip
    context = {**desk.context(), "fields": fields, "tables": tables, "seen": seen}
    context |= {"refused": refusal_sentence(refused) if refused else "", "theirs": theirs or {}}
    context["problems"] = [] if refused else [one for one in desk.problems if one.place.kind == "words"]
    return render(request, "office/courses/words.html", context, status=409 if theirs else 200)


def _side(lang: str, name: str, value: Any) -> dict[str, str]:
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    return {"lang": lang, "name": f"{name}-{lang}", "text": text}
