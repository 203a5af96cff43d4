"""One date of a training at the office's desk: written, opened, called off, and people put in."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.in_person import call_off, change_session, make_session, open_session, people_named
from upstander.actions.session_seats import put_in
from upstander.core.errors import Refusal
from upstander.core.in_person import DRAFT, HELD, OPEN
from upstander.models import TrainingSession
from upstander.queries.doors.in_person import offer_for_officer, session_for_officer
from upstander.queries.in_person import roster_of, taken
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person.forms import DateForm, values_of_date
from upstander.web.in_person_view import date_view, words_of_offer
from upstander.words.in_person import in_person_refusal

_FIELDS = {
    "no-such-time": "begins",
    "ends-as-it-begins": "ends",
    "clash": "facilitators",
    "seats-out-of-range": "seats",
    "seats-taken": "seats",
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_date(request: HttpRequest, key: str) -> HttpResponse:
    """A new date of this offer, kept as a draft."""
    roles = roles_of(request.user)
    offer = offer_for_officer(roles, key)
    form = DateForm(request.POST or None, offer=offer, initial={"seats": offer.seats})
    if request.method == "POST" and form.is_valid():
        try:
            made = make_session(key, form.dated(), request.moment, f"person:{roles.person_id}")
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, gettext("The date is kept as a draft. Nobody sees it until you open it."))
            return redirect("office-in-person-session", session_id=made.pk)
    context = {"section": "office", "form": form, "offer": offer, "words": words_of_offer(offer)}
    return render(request, "in_person/date.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One date; POST `act` save, open, call-off or put-in."""
    roles = roles_of(request.user)
    found, by = session_for_officer(roles, session_id), f"person:{roles.person_id}"
    act, info = request.POST.get("act", "save"), ZoneInfo(settings.INSTITUTION_ZONE)
    begins, ends = found.starts_at.astimezone(info), found.ends_at.astimezone(info)
    given = request.POST if request.method == "POST" and act == "save" else None
    form = DateForm(given, offer=found.offer, initial=values_of_date(found, begins, ends))
    if request.method == "POST" and act != "save":
        return _acted(request, found, act, by)
    if given and form.is_valid():
        try:
            change_session(found.pk, form.dated(), form.cleaned_data["began_with"], request.moment, by)
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, gettext("The change is kept."))
            return redirect("office-in-person-session", session_id=session_id)
    seats = roster_of(found)
    context = {
        "section": "office",
        "form": form,
        "offer": found.offer,
        "words": words_of_offer(found.offer),
        "date": date_view(found, taken([found.pk])[found.pk]),
        "waiting": sum(seat.state == "waiting" for seat in seats),
        "may_change": found.state in (DRAFT, OPEN),
        "may_open": found.state == DRAFT,
        "may_put_in": found.state in (DRAFT, OPEN, HELD),
    }
    return render(request, "in_person/date.html", context)


def _acted(request: HttpRequest, found: TrainingSession, act: str, by: str) -> HttpResponse:
    try:
        if act == "open":
            open_session(found.pk, request.moment, by)
            messages.success(request, gettext("People can book it now."))
        elif act == "call-off":
            call_off(found.pk, request.moment, by)
            messages.success(request, gettext("The session is called off."))
        elif act == "put-in":
            people = people_named(request.POST.get("people", "").splitlines())
            for person_id in people:
                put_in(found.pk, person_id, request.moment, by)
            messages.success(request, gettext("Everybody named has a seat."))
    except Refusal as refusal:
        messages.error(request, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
    return redirect("office-in-person-session", session_id=found.pk)


def _tell(form: DateForm, refusal: Refusal) -> None:
    """The refusal beside the field that it is about, else above the form."""
    field = _FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
