"""The reader's own address of dates for their calendar program: made, made anew, ended, each by one press."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from upstander.actions.calendar_feeds import end_feed, make_feed
from upstander.queries.doors.learner import person_of
from upstander.web.guard import signed_in


@signed_in
@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """POST `act` make (also anew: the old address ends) shows the address this once; `act` end ends it."""
    person = person_of(request.user)
    by = f"person:{person.pk}"
    if request.POST.get("act") == "end":
        end_feed(person.pk, request.moment, by)
        messages.success(request, gettext("The address no longer works. Remove it from your calendar program too."))
        return redirect("account")
    token = make_feed(person.pk, request.moment, by)
    address = f"{settings.BASE_URL}/calendar/{token}.ics"
    context = {"address": address, "subscribe": f"webcal://{address.partition('://')[2]}"}
    return render(request, "account/calendar_address.html", context)
