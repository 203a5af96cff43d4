"""The catalogue of trainings in person, one date with the reader's seat, and its calendar file (row A16)."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.session_seats import book, give_up
from upstander.core.access import may_lead_session
from upstander.core.errors import Refusal
from upstander.core.in_person import BOOKED, GIVEN_UP, OPEN, WAITING, takes_codes
from upstander.core.session_feedback import may_answer
from upstander.models import SessionOffer, SessionSeat, TrainingSession
from upstander.queries.doors.in_person import session_for_person
from upstander.queries.doors.learner import person_of
from upstander.queries.in_person import (
    facilitators_of,
    own_seats,
    sessions_led,
    sessions_to_come,
    taken,
    times_of_session,
)
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person.counting import what_it_meets
from upstander.web.in_person_view import DateView, audiences_of, date_view, words_of_offer
from upstander.words.calendar import CANCEL, CONTENT_TYPE, PUBLISH, calendar_text
from upstander.words.in_person import in_person_refusal
from upstander.words.in_person_calendar import seat_entry


@dataclass(frozen=True, slots=True)
class Shelf:
    """One offer with its dates to come."""

    offer: SessionOffer
    words: dict[str, str]
    audiences: list[str]
    dates: list[DateView]


@signed_in
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every training that is offered, its dates with the seats left; above them the reader's own seats."""
    person = person_of(request.user)
    mine = own_seats(person.pk, request.moment.at)
    seats = {seat.session_id: seat for seat in mine}
    dates = list(sessions_to_come(request.moment.at))
    counts = taken([*seats, *(one.pk for one in dates)])
    shelves = [
        Shelf(
            offer,
            words_of_offer(offer),
            audiences_of(offer),
            [date_view(one, counts[one.pk], seats.get(one.pk)) for one in dates if one.offer_id == offer.pk],
        )
        for offer in SessionOffer.objects.filter(is_offered=True)
    ]
    context = {
        "section": "courses",
        "mine": [date_view(seat.session, counts[seat.session_id], seat) for seat in mine],
        "led": [date_view(one, 0) for one in sessions_led(person.pk)],
        "shelves": sorted(shelves, key=lambda shelf: (not shelf.dates, shelf.words["title"])),
    }
    return render(request, "in_person/catalogue.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One date; POST `act` book or give-up."""
    person = person_of(request.user)
    found, seat = session_for_person(person, session_id)
    if request.method == "POST":
        return _acted(request, found, person.pk)
    times = times_of_session(found)
    leaders = facilitators_of(found)
    has_seat = seat is not None and seat.state in (BOOKED, WAITING)
    before = found.state == OPEN and found.starts_at > request.moment.at
    context = {
        "section": "courses",
        "date": date_view(found, taken([found.pk])[found.pk], seat),
        "words": words_of_offer(found.offer),
        "audiences": audiences_of(found.offer),
        "leaders": [leader.person.called for leader in leaders],
        "leads": may_lead_session(roles_of(request.user), [leader.person_id for leader in leaders]),
        "counts": what_it_meets(found),
        "has_seat": has_seat,
        "may_book": before and not has_seat,
        "may_give_up": before and has_seat,
        "may_sign_in": has_seat and takes_codes(found.state, times, request.moment.at),
        "has_file": _has_file(seat),
        "asks_feedback": _asks_feedback(found, seat, request),
    }
    return render(request, "in_person/session.html", context)


def _acted(request: HttpRequest, found: TrainingSession, person_id: str) -> HttpResponse:
    by = f"person:{person_id}"
    try:
        if request.POST.get("act") == "give-up":
            give_up(found.pk, person_id, request.moment, by)
            messages.success(request, gettext("Your seat is free for somebody else. Thank you for saying so."))
        else:
            seat = book(found.pk, person_id, request.moment, by)
            messages.success(request, _said(seat))
    except Refusal as refusal:
        messages.error(request, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
    return redirect("in-person-session", session_id=found.pk)


def _said(seat: SessionSeat) -> str:
    if seat.state == WAITING:
        return gettext("You are on the waiting list. If a seat comes free, it is yours by itself.")
    return gettext("You have a seat. Put it into your calendar with the file on this page.")


def _asks_feedback(found: TrainingSession, seat: SessionSeat | None, request: HttpRequest) -> bool:
    at = request.moment.at
    return seat is not None and may_answer(found.state, seat.state, seat.gave_feedback, found.ends_at, at)


def _has_file(seat: SessionSeat | None) -> bool:
    """Whether there is an entry for the reader's calendar: a seat, or one that they had and gave up."""
    return seat is not None and seat.state in (BOOKED, GIVEN_UP)


@signed_in
@require_safe
def calendar(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The reader's seat as a calendar file; given up or called off, the file takes the entry away again."""
    seat = session_for_person(person_of(request.user), session_id)[1]
    if seat is None or not _has_file(seat):
        raise Http404
    entry = seat_entry(seat, request.moment.at)
    return HttpResponse(
        calendar_text(entry),
        content_type=f"{CONTENT_TYPE}; method={CANCEL if entry.is_cancelled else PUBLISH}",
        headers={"Content-Disposition": 'attachment; filename="training.ics"'},
    )
