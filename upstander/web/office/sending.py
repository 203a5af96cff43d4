"""Opening a programme's sending: first what would go, then the button that lets it go."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.freshness import bring_up_to_date
from upstander.actions.opening import close_sending, open_sending, plan_what_waits
from upstander.core.programme import Programme as Rules
from upstander.models import Programme
from upstander.notices.registry import called as kind_word
from upstander.queries.doors.officers import programme_for_officer
from upstander.queries.roles import roles_of
from upstander.queries.waiting_notices import waiting_notices
from upstander.web.guard import signed_in
from upstander.web.people import in_words


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """The effect before the act: how many messages of which kind would go; POST opens or closes."""
    roles = roles_of(request.user)
    rules = programme_for_officer(roles, key)
    if request.method == "POST":
        _act(request, rules, by=f"person:{roles.person_id}")
        return redirect("office-programme", key=key)
    waiting = bring_up_to_date(request.moment)
    would_go = waiting_notices(rules, request.moment.day)
    return render(
        request,
        "office/sending.html",
        {
            "section": "office",
            "rules": rules,
            "title": in_words(rules.title),
            "record": Programme.objects.get(pk=key),
            "kinds": [(kind_word(kind), people) for kind, people in would_go.by_kind.items()],
            "would_go": would_go,
            "waiting": waiting,
        },
    )


def _act(request: HttpRequest, rules: Rules, by: str) -> None:
    if request.POST.get("act") == "close":
        if close_sending(rules.key, request.moment, by):
            messages.success(request, gettext("Sending is closed. Nothing more of this programme goes out."))
    elif open_sending(rules.key, request.moment, by):
        bring_up_to_date(request.moment)
        plan_what_waits(rules, request.moment, hours_matter=settings.SMTP is not None or not settings.DEMO)
        said = gettext("Sending is open. Messages go out within minutes, in the reader’s working hours.")
        messages.success(request, said)
