"""The courses: which there are, how they stand; a new one begun, an edition taken away, a file brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstander.actions.course_drafts import start_course, start_draft, start_from_files
from upstander.core.course_translation import document
from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.delivery.publishing import problems_of
from upstander.models import CourseDraft, CourseEdition
from upstander.queries.course_drafts import ended_drafts, files_of_draft, living_drafts
from upstander.queries.course_editions import editions_of, files_of, newest_editions
from upstander.queries.doors.courses import any_draft_for_author, edition_for_author, only_for_authors
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.office.courses.archive import LARGEST_UPLOAD_BYTES, unzipped, zipped
from upstander.web.office.courses.desk import LANGUAGES, by_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.office.courses.uploads import size_of, too_large
from upstander.web.office.workbench.desk import actor_names
from upstander.web.people import in_words, language


@dataclass(frozen=True, slots=True)
class Line:
    """One course in the list: its current edition, or only a draft."""

    key: str
    title: str
    edition: str
    minutes: Mapping[str, int]
    draft: CourseDraft | None


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every course with its edition, languages, minutes and draft."""
    only_for_authors(roles_of(request.user))
    drafts, newest = living_drafts(), newest_editions()
    keys = sorted({*newest, *drafts, *(card.key for card in catalogue.courses(language()))})
    lines = sorted((_line(key, newest.get(key), drafts.get(key)) for key in keys), key=lambda line: line.title.lower())
    return render(request, "office/courses/index.html", {"section": "courses-desk", "lines": lines})


def _line(key: str, edition: CourseEdition | None, draft: CourseDraft | None) -> Line:
    card = catalogue.card_of(key, language())
    if card is None:
        files = files_of_draft(draft) if draft else {}
        return Line(key, _title_in(files) or key, edition.edition if edition else "", {}, draft)
    minutes = {lang: catalogue.edition(key, lang).minutes for lang in card.languages}
    return Line(key, card.title, card.edition, minutes, draft)


def _title_in(files: Mapping[str, str]) -> str:
    return in_words({lang: str(document(files, f"{lang}/course.toml").get("title", "")) for lang in LANGUAGES})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new course: its short name and its title in each language."""
    only_for_authors(roles_of(request.user))
    typed = {name: request.POST.get(name, "").strip() for name in ("key", "en", "es")}
    refused = ""
    if request.method == "POST":
        try:
            draft = start_course(typed["key"], {"en": typed["en"], "es": typed["es"]}, request.moment, by_of(request))
        except Refusal as refusal:
            refused = refusal_sentence(refusal)
        else:
            return redirect("office-course-draft", draft.pk)
    return render(request, "office/courses/new.html", {"section": "courses-desk", "typed": typed, "refused": refused})


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """A course as a ZIP file becomes a draft; its size is looked at before anything of it is read."""
    return _upload(request)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def _upload(request: HttpRequest) -> HttpResponse:
    only_for_authors(roles_of(request.user))
    if too_large(request, LARGEST_UPLOAD_BYTES):
        sentence = gettext("The file is larger than %(limit)s. Nothing of it was taken.")
        return _upload_page(request, sentence % {"limit": size_of(LARGEST_UPLOAD_BYTES)}, "", 413)
    return _uploaded(request)


@csrf_protect
def _uploaded(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload_page(request, "", "")
    key, brought = request.POST.get("key", "").strip(), request.FILES.get("file")
    if brought is None:
        return _upload_page(request, gettext("Choose a file."), key)
    try:
        files = unzipped(brought.file)
        key = key or str(document(files, "course.toml").get("key", ""))
        draft = start_from_files(key, files, request.moment, by_of(request))
    except Refusal as refusal:
        return _upload_page(request, refusal_sentence(refusal), key)
    messages.success(request, gettext("The file is read. It is a draft now; nothing of it is published."))
    return redirect("office-course-draft", draft.pk)


def _upload_page(request: HttpRequest, refused: str, key: str, status: int = 200) -> HttpResponse:
    context = {"section": "courses-desk", "refused": refused, "key": key, "limit": LARGEST_UPLOAD_BYTES}
    return render(request, "office/courses/upload.html", context, status=status)


@signed_in
@require_safe
def course(request: HttpRequest, key: str) -> HttpResponse:
    """One course: its editions, what each changed, its problems, and the button that begins a draft."""
    current = edition_for_author(roles_of(request.user), key)
    editions = list(reversed(editions_of(key)))
    actors = {one.published_by for one in editions} | {one.reviewed_by for one in editions}
    names = actor_names(sorted(actors))
    rows = [
        {
            "edition": one,
            "says": in_words(one.says) if one.says else "",
            "by": names.get(one.published_by, ""),
            "reviewed_by": names.get(one.reviewed_by, "") if one.reviewed_by else "",
        }
        for one in editions
    ]
    context: dict[str, Any] = {"section": "courses-desk", "key": key, "current": current, "rows": rows}
    context |= {"line": _line(key, current, living_drafts().get(key)), "set_aside": ended_drafts(key)}
    context["problems"] = problems_of(key, files_of(current))
    return render(request, "office/courses/course.html", context)


@signed_in
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Begins a draft from the current edition, or opens the one there is."""
    edition_for_author(roles_of(request.user), key)
    try:
        draft = start_draft(key, request.moment, by_of(request))
    except Refusal as refusal:
        if refusal.code != "course-draft-exists":
            raise
        return redirect("office-course-draft", refusal.data["draft"])
    return redirect("office-course-draft", draft.pk)


@signed_in
@require_safe
def edition_file(request: HttpRequest, key: str, edition: str) -> HttpResponse:
    """A published edition as a ZIP file."""
    found = edition_for_author(roles_of(request.user), key, edition)
    return zipped(key, found.edition, files_of(found))


@signed_in
@require_safe
def draft_file(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A draft, living or laid aside, as a ZIP file."""
    draft = any_draft_for_author(roles_of(request.user), draft_id)
    return zipped(draft.course_key, f"{draft.edition}-draft", files_of_draft(draft))
