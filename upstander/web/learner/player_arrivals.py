"""What a page of the player sends: its key, its mark and the instant of giving; and what is said when it arrives.

With scripts the page sends by `queue.js`, under the header `X-Kept`: the answer is then what came of it and where to
go on, as JSON. Without them a form is posted as any form is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import TypeVar
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from upstander.actions import arrivals
from upstander.actions.arrivals import Sent
from upstander.core.errors import Refusal
from upstander.models import Enrolment
from upstander.web import kept_post

HEADER = "X-Kept"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sending:
    """What the forms of a page carry: the mark of the enrolment, the server's clock in ms, and a new key for each."""

    mark: str
    now: int

    @property
    def key(self) -> str:
        return str(uuid4())


def sending(request: HttpRequest, enrolment: Enrolment | None) -> Sending | None:
    """For the forms of a page; None before the course is begun."""
    if enrolment is None:
        return None
    return Sending(kept_post.mark_of(enrolment.pk), int(request.moment.at.timestamp() * 1000))


def kept_for_reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`signed_in`, where what is posted without a session is not lost.

    A script is told 401 and keeps it on the device; a plain form is kept for the sign-in, and taken up on coming back.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
        if request.user.is_authenticated:
            taken = kept_post.take(request)
            return (
                _told(request, view(request, *args, **parts)) if taken is None else _taken_up(taken, view, args, parts)
            )
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        if request.htmx or request.headers.get(HEADER):
            return JsonResponse({"kept": "not-signed-in"}, status=401)
        return kept_post.keep(request)

    return never_cache(page)


def _taken_up(taken: HttpRequest, view: Callable[..., HttpResponse], args: tuple, parts: dict) -> HttpResponse:
    """What had been posted without a session, now that its reader has signed in."""
    response = view(taken, *args, **parts)
    if getattr(taken, "kept_state", "") == "now":
        messages.info(taken, _("What you chose before you signed in is kept and counted."))
    return response


def _told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """To a script, what came of what it sent; a redirect becomes the address to go on at."""
    if not request.headers.get(HEADER):
        return response
    state = getattr(request, "kept_state", "now")
    if isinstance(response, HttpResponseRedirect):
        return JsonResponse({"kept": state, "to": response.url})
    response[HEADER] = state
    return response


def sent_by(request: HttpRequest, enrolment: Enrolment) -> Sent:
    """The key and the instant of giving of a post; the instant is never in the future, and now where none is given.

    Refuses `other-reader` for a page that was opened in somebody else's course.
    """
    posted = request.POST
    if "mark" in posted and kept_post.marked(posted["mark"]) != str(enrolment.pk):
        raise Refusal("other-reader")
    try:
        key = UUID(posted["key"]) if posted.get("key") else None
        given = int(posted["given"]) if posted.get("given") else None
        at = request.moment.at if given is None else datetime.fromtimestamp(given / 1000, UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise BadRequest("a key or an instant that is none") from problem
    return Sent(key, min(at, request.moment.at))


def arrive(request: HttpRequest, enrolment: Enrolment, act: Callable[[Sent], T], says: bool = True) -> T | None:
    """Does `act` once for this post; says so where it had arrived before, or came too late to count, and gives None.

    Other refusals of `act` go on to the caller.
    """
    try:
        sent = sent_by(request, enrolment)
        arrived = arrivals.once(enrolment, sent, request.moment, lambda: act(sent))
        _say(request, "before" if arrived.before else "now", says)
        return arrived.outcome
    except Refusal as refusal:
        if refusal.code not in {"older-answer", "other-reader"}:
            raise
        _say(request, "older" if refusal.code == "older-answer" else "other", says=True)
        return None


def _say(request: HttpRequest, state: str, says: bool) -> None:
    request.kept_state = state
    if request.headers.get(HEADER) or request.htmx or not says:
        return  # the script says it, beside what it was kept for
    if state == "before":
        messages.info(request, _("That had arrived before. It was counted once, and nothing has changed."))
    elif state == "older":
        messages.info(request, _("You have answered this again since, here or elsewhere. The newer answer stays."))
    elif state == "other":
        messages.info(request, _("That page was somebody else’s, and nothing was changed. This is your own place."))
