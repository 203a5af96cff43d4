"""Arrangements at the office: made from a person's page or a case, changed, called off, held and printed (row A07)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions import arrangements as acts
from upstander.actions.arrangements import For
from upstander.actions.paper import differences, print_sheet
from upstander.core.arrangements import HELD, PAPER, PLANNED, may_print
from upstander.core.decision import SETTLED
from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.models import Arrangement, Case, PaperSheet, Standing
from upstander.queries.arrangements import is_void, of_programmes
from upstander.queries.doors.arrangements import arrangement_for_officer
from upstander.queries.doors.cases import case_of_duty_for_officer
from upstander.queries.doors.officers import programme_for_officer, programmes_for_officer, standing_for_officer
from upstander.queries.roles import roles_of
from upstander.web.arrangement_print import course_file, sheet_file, waiting_sheet
from upstander.web.arrangement_view import arrangement_view
from upstander.web.guard import signed_in
from upstander.web.office.arrangement_form import ArrangementForm, one_person, tell, values_of
from upstander.web.office.arrangement_void import returned
from upstander.web.people import in_words
from upstander.words.arrangements import arrangement_refusal

#: So many that are over stand in the list.
OVER_SHOWN = 60
#: Whoever is in one of these states owes nothing now.
ASKS_NOTHING = SETTLED | {"deferred"}


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is planned in the viewer's programmes, the next first, and what was lately."""
    roles = roles_of(request.user)
    rows = of_programmes(rules.key for rules in programmes_for_officer(roles)).exclude(person_id=roles.person_id)
    planned = sorted(rows.filter(state=PLANNED), key=lambda one: (one.starts_at or one.made_at, one.number))
    over = rows.exclude(state=PLANNED).order_by("-ended_at")[:OVER_SHOWN]
    context = {
        "section": "office",
        "planned": [arrangement_view(one) for one in planned],
        "over": [arrangement_view(one) for one in over],
    }
    return render(request, "office/arrangements.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, standing_id: int) -> HttpResponse:
    """A new arrangement for the person of this standing; `?case=` names the case in which they asked."""
    roles = roles_of(request.user)
    standing = standing_for_officer(roles, standing_id)
    if standing.person_id == roles.person_id:
        raise Http404
    rules = programme_for_officer(roles, standing.programme_id)
    case = case_of_duty_for_officer(roles, request.GET.get("case", ""), standing)
    begins = {"kind": "room", "language": _reads(standing, case)}
    form = ArrangementForm(request.POST or None, rules=rules, initial=begins)
    if request.method == "POST" and form.is_valid():
        whom = For(standing.person_id, standing.programme_id, standing.cycle, case.pk if case else None)
        try:
            made = acts.make(whom, form.arranged(), request.moment, f"person:{roles.person_id}")
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, gettext("It is arranged. The person is told, and sees it under My training."))
            return redirect("office-arrangement", arrangement_id=made.pk)
    context = {"section": "office", "form": form, "who": standing.person, "standing": standing, "case": case}
    context |= {"title": in_words(rules.title), "asks_nothing": standing.state in ASKS_NOTHING}
    return render(request, "office/arrangement_new.html", context)


def _reads(standing: Standing, case: Case | None) -> str:
    chosen = (case.language if case else "") or standing.person.preferred_language
    return "es" if chosen.lower().startswith("es") else "en"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def arrangement(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """One arrangement; POST `act` save, call-off, missed, held or print."""
    roles = roles_of(request.user)
    found = arrangement_for_officer(roles, arrangement_id)
    by, act = f"person:{roles.person_id}", request.POST.get("act", "save")
    rules = programme_for_officer(roles, found.programme_id)
    given = request.POST if request.method == "POST" and act == "save" else None
    form = ArrangementForm(given, rules=rules, course_key=found.course_key, initial=values_of(found))
    if request.method == "POST" and act != "save":
        _acted(request, found, act, by)
        return redirect("office-arrangement", arrangement_id=arrangement_id)
    before = waiting_sheet(found)
    if given and form.is_valid():
        try:
            acts.change(found.pk, form.arranged(), form.cleaned_data["began_with"], request.moment, by)
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _kept(before))
            return redirect("office-arrangement", arrangement_id=arrangement_id)
    return render(request, "office/arrangement.html", _shown(request, found, form))


def _kept(before: PaperSheet | None) -> str:
    after = PaperSheet.objects.select_related("arrangement").get(pk=before.pk) if before else None
    if after is not None and is_void(after):
        if after.arrangement.kind == PAPER:
            said = gettext("The change is kept, and the person is told. Sheet %(number)s is void; make a new one.")
        else:
            said = gettext("The change is kept, and the person is told. Sheet %(number)s is void.")
        return said % {"number": after.number}
    return gettext("The change is kept, and the person is told.")


def _shown(request: HttpRequest, found: Arrangement, form: ArrangementForm) -> dict[str, Any]:
    where = {"person_id": found.person_id, "programme_id": found.programme_id, "cycle": found.cycle}
    standing = Standing.objects.filter(**where).first()
    has_begun = found.starts_at is None or found.starts_at <= request.moment.at
    is_done = found.completion_id is not None
    return {
        "section": "office",
        "form": form,
        "view": arrangement_view(found),
        "who": found.person,
        "standing": standing,
        "is_late": _is_late(found, standing),
        "sheets": _sheet_lines(found),
        "may_change": found.state == PLANNED,
        "is_over": has_begun and found.state in (PLANNED, HELD) and not is_done and found.kind != PAPER,
        "may_miss": has_begun and found.starts_at is not None and found.state == PLANNED,
        "may_print": may_print(found.state, found.kind, is_done),
        "sheet": waiting_sheet(found) if found.kind == PAPER else None,
        "is_paper": found.kind == PAPER,
        "witness": found.facilitator_id or "",
    }


def _is_late(found: Arrangement, standing: Standing | None) -> bool:
    """Whether it is planned for a day after the one by which it is asked."""
    if standing is None or standing.due_on is None or found.starts_at is None or found.state != PLANNED:
        return False
    return acts.day_of(found, standing.due_on) > standing.due_on


def _sheet_lines(found: Arrangement) -> list[dict[str, Any]]:
    """The sheets as the office sees them: keyed by how many, whether two differ, passed, void; no score, no answer."""
    sheets = list(found.sheets.order_by("-printed_at").prefetch_related("keyings"))
    again = returned(sheets)
    return [
        {
            "sheet": sheet,
            "hands": len(sheet.keyings.all()),
            "differs": bool(differences(sheet)),
            "is_void": is_void(sheet),
            "again": again.get(sheet.number),
        }
        for sheet in sheets
    ]


def _acted(request: HttpRequest, found: Arrangement, act: str, by: str) -> None:
    try:
        if act == "call-off":
            acts.call_off(found.pk, request.moment, by)
            messages.success(request, gettext("It is called off, and the person is told."))
        elif act == "missed":
            acts.missed(found.pk, request.moment, by)
            messages.success(request, gettext("Kept. Arrange another time when you have spoken to the person."))
        elif act == "held":
            _held(request, found, by)
        elif act == "print":
            outline = catalogue.edition(found.course_key, found.language).outline
            print_sheet(found.pk, outline, request.moment, by)
            messages.success(request, gettext("The sheet is ready to print."))
    except Refusal as refusal:
        messages.error(request, arrangement_refusal(refusal))


def _held(request: HttpRequest, found: Arrangement, by: str) -> None:
    try:
        witness = one_person(request.POST.get("witness", ""))
    except ValidationError as problem:
        raise Refusal("no-such-witness") from problem
    after = acts.held(found.pk, witness, request.moment, by)
    if after.completion_id:
        messages.success(request, gettext("Kept. The course is on record, taken on that day."))
    else:
        messages.success(
            request,
            gettext("Kept. No course was finished under this person’s account on that day yet; look again later."),
        )


@signed_in
@require_safe
def sheet(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """The sheet that waits for its answers, as a PDF."""
    found = arrangement_for_officer(roles_of(request.user), arrangement_id)
    waiting = waiting_sheet(found)
    if waiting is None:
        raise Http404
    return sheet_file(request, found, waiting)


@signed_in
@require_safe
def course(request: HttpRequest, arrangement_id: UUID) -> HttpResponse:
    """The course on paper, in the language of the arrangement."""
    return course_file(arrangement_for_officer(roles_of(request.user), arrangement_id))
