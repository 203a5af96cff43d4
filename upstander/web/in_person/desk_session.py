"""One date of a training at the office's desk: written, opened, called off, and people put in."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.in_person import call_off, change_session, make_session, open_session
from upstander.core.access import Roles
from upstander.core.errors import Refusal
from upstander.core.in_person import DRAFT, HELD, OPEN
from upstander.models import Case, TrainingSession
from upstander.queries.doors.in_person import offer_for_officer, session_for_officer
from upstander.queries.in_person import roster_of, taken
from upstander.queries.roles import roles_of
from upstander.web.exports import csv_file, xlsx_file
from upstander.web.guard import signed_in
from upstander.web.in_person.case_request import asked_for, case_asked, first_values, handled
from upstander.web.in_person.forms import DateForm, values_of_date
from upstander.web.in_person.group import PutInForm, effect_of, refused_lines, seated_words
from upstander.web.in_person_view import date_view, words_of_offer
from upstander.words.in_person import came_by_word, in_person_refusal, seat_word

_FIELDS = {
    "no-such-time": "begins",
    "ends-as-it-begins": "ends",
    "date-past": "day",
    "clash": "facilitators",
    "clash-arranged": "facilitators",
    "room-clash": "place",
    "room-arranged": "place",
    "seats-out-of-range": "seats",
    "seats-taken": "seats",
}


_FILES = {"csv": csv_file, "xlsx": xlsx_file}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_date(request: HttpRequest, key: str) -> HttpResponse:
    """A new date of this offer, kept as a draft; `case` names the request that it answers."""
    roles = roles_of(request.user)
    offer, case = offer_for_officer(roles, key), case_asked(roles, request)
    begins = {"seats": offer.seats, **(first_values(case, offer) if case else {})}
    form = DateForm(request.POST or None, offer=offer, initial=begins)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_session(key, form.dated(), request.moment, f"person:{roles.person_id}", case)
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, _kept(case))
            return redirect("office-in-person-session", session_id=made.pk)
    words = words_of_offer(offer)
    context = {"section": "office", "form": form, "offer": offer, "words": words, "request_of": asked_for(case)}
    return render(request, "in_person/date.html", context)


def _kept(case: Case | None) -> str:
    if case is None:
        return gettext("The date is kept as a draft. Nobody sees it until you open it.")
    return gettext("The date is kept as a draft. Put the group in and open it; whoever asked is told then.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One date; POST `act` save, open, call-off or put-in."""
    roles = roles_of(request.user)
    found, by = session_for_officer(roles, session_id), f"person:{roles.person_id}"
    act = request.POST.get("act", "save") if request.method == "POST" else ""
    if act in ("open", "call-off"):
        return _acted(request, found, act, by)
    info = ZoneInfo(settings.INSTITUTION_ZONE)
    begins, ends = found.starts_at.astimezone(info), found.ends_at.astimezone(info)
    form = DateForm(
        request.POST if act == "save" else None, offer=found.offer, initial=values_of_date(found, begins, ends)
    )
    people, refused = PutInForm(request.POST if act == "put-in" else None), []
    if act == "save" and form.is_valid() and _changed(request, found, form, by):
        return redirect("office-in-person-session", session_id=session_id)
    if act == "put-in" and people.is_valid():
        refused = _put_in(request, found, people, by)
        if not refused:
            return redirect("office-in-person-session", session_id=session_id)
        people = PutInForm(initial={"people": "\n".join(line for line, _ in refused)})
    return render(
        request, "in_person/date.html", {**_context(found, roles), "form": form, "people": people, "refused": refused}
    )


def _context(found: TrainingSession, roles: Roles) -> dict:
    seats = roster_of(found)
    return {
        "section": "office",
        "offer": found.offer,
        "words": words_of_offer(found.offer),
        "date": date_view(found, taken([found.pk])[found.pk]),
        "waiting": sum(seat.state == "waiting" for seat in seats),
        "may_change": found.state in (DRAFT, OPEN),
        "may_open": found.state == DRAFT,
        "may_put_in": found.state in (DRAFT, OPEN, HELD),
        "effect": effect_of(found),
        "request_of": asked_for(handled(roles, found.case)),
    }


def _changed(request: HttpRequest, found: TrainingSession, form: DateForm, by: str) -> bool:
    try:
        change_session(found.pk, form.dated(), form.cleaned_data["began_with"], request.moment, by)
    except Refusal as refusal:
        _tell(form, refusal)
        return False
    messages.success(request, gettext("The change is kept."))
    return True


def _put_in(request: HttpRequest, found: TrainingSession, form: PutInForm, by: str) -> list[tuple[str, str]]:
    try:
        outcome = form.put_in(found, request.moment, by)
    except Refusal as refusal:
        form.add_error("people", in_person_refusal(refusal, settings.INSTITUTION_ZONE))
        return []
    messages.success(request, seated_words(outcome))
    return refused_lines(outcome)


def _acted(request: HttpRequest, found: TrainingSession, act: str, by: str) -> HttpResponse:
    try:
        if act == "open":
            open_session(found.pk, request.moment, by)
            messages.success(request, gettext("People can book it now."))
        else:
            call_off(found.pk, request.moment, by)
            messages.success(request, gettext("The session is called off."))
    except Refusal as refusal:
        messages.error(request, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
    return redirect("office-in-person-session", session_id=found.pk)


def _tell(form: DateForm, refusal: Refusal) -> None:
    """The refusal beside the field that it is about, else above the form."""
    field = _FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, in_person_refusal(refusal, settings.INSTITUTION_ZONE))


@signed_in
@require_safe
def roster_file(request: HttpRequest, session_id: UUID, kind: str) -> HttpResponse:
    """The roster as CSV or XLSX, for the office."""
    found = session_for_officer(roles_of(request.user), session_id)
    if kind not in _FILES:
        raise Http404
    header = (gettext("Person ID"), gettext("Name"), gettext("E-mail address"), gettext("Seat"), gettext("Seen by"))
    rows = [
        (seat.person_id, seat.person.called, seat.person.email, seat_word(seat.state), came_by_word(seat.came_by))
        for seat in roster_of(found)
    ]
    return _FILES[kind](f"roster-{found.offer.key}-{found.starts_at:%Y-%m-%d}", header, rows)
