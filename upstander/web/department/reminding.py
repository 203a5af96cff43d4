"""Reminding the people of a department who are open: the effect first, then the button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from upstander.actions.freshness import bring_up_to_date
from upstander.actions.reminding import QUIET_DAYS, effect
from upstander.actions.reminding import remind as send_reminders
from upstander.core.errors import Refusal
from upstander.web.department.view import View, view_of
from upstander.web.guard import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows who would get a reminder and who would not; POST plans them."""
    view = view_of(request, key)
    bring_up_to_date(request.moment)
    if request.method == "POST":
        _act(request, view)
        return redirect(f"{reverse('department-programme', args=[key])}?{view.units_query}")
    context = {
        "section": "department",
        "view": view,
        "effect": effect(key, view.standings, request.moment),
        "quiet_days": QUIET_DAYS,
    }
    return render(request, "department/remind.html", context)


def _act(request: HttpRequest, view: View) -> None:
    try:
        count = send_reminders(view.rules.key, view.cycle.key, view.standings, request.moment, view.by)
    except Refusal as refusal:
        said = {
            "sending-closed": gettext("Nothing was sent: the office has not opened sending for this programme."),
            "too-many-at-once": gettext("Nothing was sent: choose fewer units, so that fewer people are reminded."),
        }
        messages.error(request, said[refusal.code])
        return
    sentence = ngettext("%(count)d reminder is on its way.", "%(count)d reminders are on their way.", count)
    messages.success(request, sentence % {"count": count})
