"""The survey at the office: whether it is open, what waits, its tables; the analyst's way in and out (B04, B19)."""

import json
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upstander.actions.survey_keeping import export, exported_again, load_tables
from upstander.core.access import may_take_survey_boxes
from upstander.core.errors import Refusal
from upstander.models import SurveyExport
from upstander.queries.doors.survey import only_for_analysts, only_for_readers
from upstander.queries.roles import roles_of
from upstander.queries.survey import (
    SurveyState,
    box_names,
    boxes_waiting,
    current_key,
    exports_of,
    installed_survey,
    survey_states,
)
from upstander.web.guard import signed_in
from upstander.web.people import in_words, language
from upstander.words.survey import CLOSED, REFUSED, Figure, figures_of

#: A file of tables is some hundred kilobytes; whatever is longer than this is none.
LONGEST_FILE = 8_000_000


@dataclass(frozen=True, slots=True)
class Named:
    """A survey that a programme names: its title, the programmes, and why it is closed."""

    key: str
    title: str
    programmes: tuple[str, ...]
    closed: str


@dataclass(frozen=True, slots=True)
class Round:
    """The answers of one round: what waits, what was handed out, and the tables that came back."""

    name: str
    waiting: int
    exports: tuple[SurveyExport, ...]
    figures: tuple[tuple[SurveyExport, tuple[Figure, ...]], ...]


@signed_in
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """Each survey with its state; each round with its exports and tables."""
    roles = roles_of(request.user)
    only_for_readers(roles)
    context = {
        "section": "office",
        "surveys": [_named(state) for state in survey_states()],
        "rounds": [_round(name) for name in box_names()],
        "key": current_key(),
        "is_analyst": may_take_survey_boxes(roles),
    }
    return render(request, "office/survey.html", context)


def _named(state: SurveyState) -> Named:
    title = state.survey.words[language()]["title"] if state.survey else state.key
    named = tuple(in_words(programme.title) for programme in state.programmes)
    return Named(state.key, title, named, str(CLOSED.get(state.closed, state.closed)))


def _round(name: str) -> Round:
    exports = tuple(exports_of(name))
    figures = []
    for made in exports:
        if made.tables:
            survey = installed_survey(name.partition("/")[0])
            figures.append((made, tuple(figures_of(survey, made.tables, language()))))
    return Round(name, boxes_waiting(name), exports, tuple(figures))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def export_file(request: HttpRequest) -> HttpResponse:
    """A file of sealed boxes, for the analyst alone: the new ones, or an earlier file again."""
    roles = roles_of(request.user)
    only_for_analysts(roles)
    if request.method != "POST":
        return redirect("office-survey")
    name, again, by = request.POST.get("name", ""), request.POST.get("number", ""), f"person:{roles.person_id}"
    try:
        if again.isascii() and again.isdigit():
            number, text = int(again), exported_again(name, int(again), request.moment, by)
        else:
            made, text = export(name, request.moment, by)
            number = made.number
    except Refusal as refusal:
        messages.warning(request, str(REFUSED.get(refusal.code, refusal.code)))
        return redirect("office-survey")
    file = f"{slugify(name.replace('/', '-'))}-{number}.boxes.json"
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )


@signed_in
@require_POST
def tables(request: HttpRequest) -> HttpResponse:
    """Tables that the analyst made elsewhere come back and stand on the page."""
    roles = roles_of(request.user)
    only_for_analysts(roles)
    sent = request.FILES.get("tables")
    try:
        if sent is None or sent.size > LONGEST_FILE:
            raise Refusal("tables-unreadable")
        load_tables(_json(sent.read()), request.moment, f"person:{roles.person_id}")
        messages.success(request, gettext("The tables stand below."))
    except Refusal as refusal:
        messages.warning(request, str(REFUSED.get(refusal.code, refusal.code)))
    return redirect("office-survey")


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise Refusal("tables-unreadable") from problem
