"""Review and publication: what changed place by place, what is said about it, and the second pair of eyes."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.course_drafts import add_note, ask_review, publish_draft, withdraw_review
from upstander.core.course_source import CHANGE_CLASSES, pages_of
from upstander.core.course_translation import rows_of
from upstander.core.errors import Refusal
from upstander.core.text_difference import Line, difference
from upstander.delivery.publishing import publish
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.places import Place
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.office.workbench.desk import actor_names

CHANGES = {
    "editorial": (
        gettext_lazy("Editorial"),
        gettext_lazy("Words are better, what is taught is the same. Nobody who knows the course needs to read it."),
    ),
    "material": (
        gettext_lazy("Material"),
        gettext_lazy("Something that is taught is new or different. Who knows the course can be asked to read it."),
    ),
    "legal": (
        gettext_lazy("Legal"),
        gettext_lazy("A law or the policy changed. Who knows the course should read it soon."),
    ),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One place of the course that reads otherwise than before, in one language; `kind` new, gone or changed."""

    place: Place
    kind: str
    lines: tuple[Line, ...]


def changed_places(desk: Desk) -> list[Changed]:
    """Everything that differs from the edition the draft began from: pages, questions, words, settings, drawings."""
    before = desk.base[1]
    found = []
    for lang in LANGUAGES:
        old, new = pages_of(before, lang) if before else {}, pages_of(desk.files, lang)
        for ref in dict.fromkeys([*new, *old]):
            found += _changed(Place("page", ref, lang), old.get(ref, ""), new.get(ref, ""))
        olds = {str(row.get("id")): _said(row) for row in rows_of(before, lang)}
        news = {str(row.get("id")): _said(row) for row in rows_of(desk.files, lang)}
        for name in dict.fromkeys([*news, *olds]):
            found += _changed(Place("item", name, lang), olds.get(name, ""), news.get(name, ""))
        path = f"{lang}/course.toml"
        found += _changed(Place("words", lang=lang), before.get(path, ""), desk.files.get(path, ""))
    return found + _changed(Place("settings"), before.get("course.toml", ""), desk.files.get("course.toml", ""))


def _changed(place: Place, old: str, new: str) -> list[Changed]:
    if old == new:
        return []
    kind = "changed" if old and new else "new" if new else "gone"
    return [Changed(place, kind, tuple(difference(old, new)))]


def _said(value: Any, indent: int = 0) -> str:
    """A question as lines of text."""
    lines = []
    for key, held in value.items():
        if isinstance(held, list):
            lines += [_said(part, indent + 2) for part in held if isinstance(part, dict)]
        else:
            lines.append(f"{' ' * indent}{key}: {held}")
    return "\n".join(lines)


@signed_in
@require_safe
def changes(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What differs from the edition the draft began from, place by place."""
    desk = desk_of(request, draft_id)
    return render(request, "office/courses/changes.html", {**desk.context(), "changed": changed_places(desk)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Ask for the review, say something about a place, take the request back, publish."""
    desk = desk_of(request, draft_id)
    typed = {
        "change": request.POST.get("change", desk.draft.change),
        "says": {lang: request.POST.get(f"says-{lang}", desk.draft.says.get(lang, "")) for lang in LANGUAGES},
        "note": request.POST.get("note", ""),
        "place": request.POST.get("place", ""),
    }
    if request.method != "POST":
        return _page(request, desk, typed)
    try:
        return _done(request, desk, typed)
    except Refusal as refusal:
        return _page(request, desk_of(request, draft_id), typed, refusal_sentence(refusal), 422)


def _done(request: HttpRequest, desk: Desk, typed: dict[str, Any]) -> HttpResponse:
    act, draft_id, moment, by = request.POST.get("act", ""), desk.draft.pk, request.moment, by_of(request)
    if act == "note":
        add_note(draft_id, typed["place"], typed["note"], moment, by)
        messages.success(request, gettext("The note is kept."))
    elif act == "withdraw":
        withdraw_review(draft_id, moment, by)
        messages.success(request, gettext("The request is taken back. The draft stays as it is."))
    elif act == "publish":
        edition = publish_draft(draft_id, publish, moment, by)
        messages.success(request, gettext("Published. Whoever opens the course now reads this edition."))
        if edition.change in ("material", "legal"):
            return redirect("office-course-holders", edition.course_key)
        return redirect("office-course", edition.course_key)
    elif act == "ask":
        if desk.problems:
            raise Refusal("edition-broken", {"problems": [one.sentence for one in desk.problems]})
        ask_review(draft_id, typed["change"], typed["says"], moment, by)
        messages.success(request, gettext("A second person can read and publish it now."))
    return redirect("office-course-review", draft_id)


def _page(
    request: HttpRequest, desk: Desk, typed: dict[str, Any], refused: str = "", status: int = 200
) -> HttpResponse:
    notes = list(desk.draft.notes.all())
    names = actor_names([note.actor for note in notes])
    changed = changed_places(desk)
    context = {
        **desk.context(),
        "typed": typed,
        "refused": refused,
        "problems": desk.problems,
        "changed": changed,
        "classes": [(key, *CHANGES[key]) for key in CHANGE_CLASSES],
        "change_word": CHANGES[desk.draft.change][0] if desk.draft.change else "",
        "notes": [{"note": note, "who": names.get(note.actor, "")} for note in notes],
        "is_mine": desk.draft.asked_by == by_of(request),
        "lang_says": [{"lang": lang, "text": typed["says"][lang]} for lang in LANGUAGES],
        "places": sorted({(one.place.key or one.place.kind) for one in changed}),
        "minutes": desk.minutes,
        "stale": [gap for gap in desk.gaps if gap.stale],
    }
    return render(request, "office/courses/review.html", context, status=status)
