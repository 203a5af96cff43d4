"""What every request carries: its moment (the only clock of the web floor), and one look at the current editions."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from upstander.core.days import Moment
from upstander.queries.in_force import one_look


def moment(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Puts `request.moment` (instant and the institution's civil day) on every request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.moment = Moment.of(timezone.now(), settings.INSTITUTION_ZONE)
        with one_look():
            return get_response(request)

    return middleware
