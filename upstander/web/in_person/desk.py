"""The office's desk of trainings in person: what is offered, and every date to come or lately held."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.in_person import change_offer, make_offer, offer_print
from upstander.core.errors import Refusal
from upstander.core.in_person import HELD
from upstander.models import SessionOffer, TrainingSession
from upstander.queries.doors.in_person import offer_for_officer, only_for_session_officers
from upstander.queries.in_person import attendance_of, taken
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person.case_request import asked_for, case_asked
from upstander.web.in_person.counting import what_offer_meets
from upstander.web.in_person.forms import OfferForm, values_of_offer
from upstander.web.in_person_view import DateView, date_view, words_of_offer
from upstander.words.in_person import in_person_refusal

#: How long a date that is over stands on the desk.
_KEPT = timedelta(days=400)
_FIELDS = {"offer-there-already": "key", "language-needed": "languages", "seats-out-of-range": "seats"}


def _dates(at, **of: object) -> list[DateView]:
    rows = TrainingSession.objects.select_related("offer").filter(starts_at__gt=at - _KEPT, **of)
    sessions = sorted(rows, key=lambda one: (one.ends_at <= at, abs(one.starts_at - at)))
    counts = taken(one.pk for one in sessions)
    came = attendance_of(one.pk for one in sessions if one.state == HELD)
    return [date_view(one, counts[one.pk], came=came.get(one.pk)) for one in sessions]


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Every offer and every date, those to come first."""
    only_for_session_officers(roles_of(request.user))
    context = {
        "section": "office",
        "offers": [(one, words_of_offer(one)) for one in SessionOffer.objects.all()],
        "dates": _dates(request.moment.at),
    }
    return render(request, "in_person/desk.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_offer(request: HttpRequest) -> HttpResponse:
    """A new offer; one that answers a request (`case`) is for its group, and goes on to its date."""
    roles = roles_of(request.user)
    only_for_session_officers(roles)
    case = case_asked(roles, request)
    begins = {"minutes": 60, "seats": 20, "languages": ["en", "es"], "is_offered": case is None}
    form = OfferForm(request.POST or None, is_new=True, initial=begins)
    if request.method == "POST" and form.is_valid():
        by = f"person:{roles.person_id}"
        try:
            made = make_offer(form.cleaned_data["key"], form.offered(), request.moment, by)
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, gettext("The training is kept. Give it a date."))
            if case:
                return redirect(f"{reverse('office-in-person-date', args=[made.key])}?case={case.pk}")
            return redirect("office-in-person-offer", key=made.key)
    return render(request, "in_person/offer.html", {"section": "office", "form": form, "request_of": asked_for(case)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """One offer to change, with its dates."""
    roles = roles_of(request.user)
    found = offer_for_officer(roles, key)
    form = OfferForm(request.POST or None, initial=values_of_offer(found, offer_print(found)))
    if request.method == "POST" and form.is_valid():
        by = f"person:{roles.person_id}"
        try:
            change_offer(key, form.offered(), form.cleaned_data["began_with"], request.moment, by)
        except Refusal as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, gettext("The change is kept."))
            return redirect("office-in-person-offer", key=key)
    context = {
        "section": "office",
        "form": form,
        "offer": found,
        "words": words_of_offer(found),
        "counts": what_offer_meets(found, request.moment.day),
        "dates": _dates(request.moment.at, offer=found),
    }
    return render(request, "in_person/offer.html", context)


def _tell(form: OfferForm, refusal: Refusal) -> None:
    """The refusal beside the field that it is about, else above the form."""
    field = _FIELDS.get(refusal.code)
    form.add_error(field if field in form.fields else None, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
