"""The roster of a session for whoever leads it, the code that the room shows, and the page where it is typed."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.attendance import close_roster, mark_attendance, recorded_as, sign_in
from upstander.core.errors import Refusal
from upstander.core.in_person import CODE_SECONDS, HELD, OPEN, code_at, may_mark, takes_codes
from upstander.models import TrainingSession
from upstander.queries.doors.in_person import seat_of_session, session_for_leader, session_for_person
from upstander.queries.doors.learner import person_of
from upstander.queries.in_person import facilitators_of, roster_of, taken, times_of_session
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person.counting import what_it_meets
from upstander.web.in_person_view import date_view, words_of_offer
from upstander.words.in_person import in_person_refusal, seat_word

#: So many wrong codes of one person within the time; then they wait a little.
MISSES, WITHIN_SECONDS = 10, 300


def _tell(request: HttpRequest, refusal: Refusal) -> None:
    messages.error(request, in_person_refusal(refusal, settings.INSTITUTION_ZONE))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who has a seat, by name, to mark or to print; POST marks a seat (`seat`, `there`) or closes the roster."""
    roles = roles_of(request.user)
    found = session_for_leader(roles, session_id)
    if request.method == "POST":
        return _marked(request, found, f"person:{roles.person_id}")
    seats, times, at = roster_of(found), times_of_session(found), request.moment.at
    context = {
        "section": "office" if roles.is_officer else "courses",
        "date": date_view(found, taken([found.pk])[found.pk]),
        "leaders": [leader.person.called for leader in facilitators_of(found)],
        "seats": [(seat, seat_word(seat.state), seat.person_id == roles.person_id) for seat in seats],
        "there": sum(seat.state == "attended" for seat in seats),
        "may_mark": may_mark(found.state, times, at),
        "may_close": found.state == OPEN and at >= found.ends_at,
        "shows_codes": takes_codes(found.state, times, at),
        "is_held": found.state == HELD,
        "is_recorded": bool(recorded_as(found.offer)),
        "counts": what_it_meets(found),
        "runs": roles.is_officer,
    }
    return render(request, "in_person/roster.html", context)


def _marked(request: HttpRequest, found: TrainingSession, by: str) -> HttpResponse:
    try:
        if request.POST.get("act") == "close":
            close_roster(found.pk, request.moment, by)
            messages.success(request, gettext("The session is held, and the record follows."))
        else:
            named = request.POST.get("seat", "")
            if not (named.isascii() and named.isdigit()):
                raise Http404
            seat = seat_of_session(found, int(named))
            mark_attendance(seat.pk, request.POST.get("there") == "yes", request.moment, by)
    except Refusal as refusal:
        _tell(request, refusal)
    return redirect("in-person-roster", session_id=found.pk)


@signed_in
@require_safe
def code(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The code of this half minute, large; the page asks again by itself when it changes."""
    found, at = session_for_leader(roles_of(request.user), session_id), request.moment.at
    shows = takes_codes(found.state, times_of_session(found), at)
    context = {
        "section": "courses",
        "date": date_view(found, 0),
        "code": code_at(found.secret, at) if shows else "",
        "seconds": CODE_SECONDS - int(at.timestamp()) % CODE_SECONDS,
        "address": f"{settings.BASE_URL}/in-person/",
        "way_here": _drawn(f"{settings.BASE_URL}/in-person/{found.pk}/here/") if shows else "",
    }
    return render(request, "in_person/code.html", context)


def _drawn(address: str) -> str:
    """The address to be scanned, without the code: a picture that is passed on signs nobody in."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, light="#fff", dark="#000", border=4)
    return mark_safe(drawing)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Where somebody who sits in the room types its code."""
    person = person_of(request.user)
    found, seat = session_for_person(person, session_id)
    typed, problem = request.POST.get("code", ""), ""
    if request.method == "POST":
        problem = _signed_in(request, found, person.pk, typed)
        if not problem:
            return redirect("in-person-here", session_id=session_id)
    context = {
        "section": "courses",
        "typed": typed,
        "problem": problem,
        "date": date_view(found, 0, seat),
        "words": words_of_offer(found.offer),
        "takes_codes": takes_codes(found.state, times_of_session(found), request.moment.at),
        "is_there": seat is not None and seat.state == "attended",
    }
    return render(request, "in_person/here.html", context)


def _signed_in(request: HttpRequest, found: TrainingSession, person_id: str, typed: str) -> str:
    """Takes the code, else says why not; wrong ones are counted, so that nobody finds it by trying."""
    misses = f"session-code-misses:{person_id}"
    try:
        if (cache.get(misses) or 0) >= MISSES:
            raise Refusal("too-many-codes")
        sign_in(found.pk, person_id, typed, request.moment)
    except Refusal as refusal:
        if refusal.code == "wrong-code":
            cache.add(misses, 0, WITHIN_SECONDS)
            cache.incr(misses)
        return in_person_refusal(refusal, settings.INSTITUTION_ZONE)
    messages.success(request, gettext("You are signed in. Enjoy the session."))
    return ""
