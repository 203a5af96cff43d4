"""What became of a programme's messages: by kind and outcome, why some did not go, and one sent once more by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from upstander.actions.escalation import NO_READER
from upstander.actions.resending import is_open, send_again
from upstander.core.errors import Refusal
from upstander.models import Standing
from upstander.notices.registry import called
from upstander.queries.doors.messages import message_for_officer
from upstander.queries.doors.officers import programme_for_officer
from upstander.queries.messages import OUTCOMES, Counts, counts_of, messages_of
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.people import in_words
from upstander.words.history import outcome_sentence, outcome_word, why_not_sent

ON_A_PAGE = 50


@signed_in
@require_safe
def messages_page(request: HttpRequest, key: str) -> HttpResponse:
    """Every message of the programme that was planned, newest first; what wants a hand is said above the list."""
    rules = programme_for_officer(roles_of(request.user), key)
    kind, outcome = request.GET.get("kind", ""), request.GET.get("outcome", "")
    counts = counts_of(key)
    found = messages_of(key, kind, outcome if outcome in OUTCOMES else "")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "office",
        "rules": rules,
        "title": in_words(rules.title),
        "page": page,
        "rows": _rows(key, page.object_list),
        "filters": _filters(counts, kind, outcome),
        "asked": "&".join(f"{name}={value}" for name, value in (("kind", kind), ("outcome", outcome)) if value),
        "unknown": counts.by_outcome.get("unknown", 0),
        "failed": counts.by_outcome.get("failed", 0),
        "wanting": next((one for one in ("unknown", "failed") if counts.by_outcome.get(one)), ""),
        "outcome": outcome,
        "reasons": [(why_not_sent(code), number) for code, number in counts.by_reason.items()],
    }
    return render(request, "office/messages.html", context)


@signed_in
@require_POST
def again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Lets a message that failed, or of which nobody knows whether it arrived, go once more."""
    roles = roles_of(request.user)
    message = message_for_officer(roles, message_id)
    try:
        send_again(message.pk, request.moment, f"person:{roles.person_id}")
    except Refusal as refusal:
        messages.error(request, _refused(refusal.code))
        if refusal.code == "address-suppressed":
            return redirect("office-post-release", failing_id=refusal.data["failing"])
    else:
        messages.success(request, gettext("It is planned once more, and decided again before it goes."))
    return redirect(f"{reverse('office-messages', args=[message.programme_id])}?outcome={message.state}")


def _refused(code: str) -> str:
    if code == "sent-again-already":
        return gettext("It was let go once more already.")
    if code == "notice-not-open":
        return gettext("What became of this message is known by now, so it is not sent again.")
    if code == "address-suppressed":
        return gettext("Mail to this address came back too often. Let letters go to it again first.")
    raise Http404


def _rows(key: str, notices: Any) -> list[dict[str, Any]]:
    """Each message with its words and the number of the standing that leads to its person's page."""
    people = {notice.person_id for notice in notices}
    standings = Standing.objects.filter(programme_id=key, person_id__in=people).order_by("cycle")
    pages = dict(standings.values_list("person_id", "pk"))
    return [
        {
            "notice": notice,
            "who": "" if notice.not_sent_reason == NO_READER else notice.person.called,
            "about": notice.about.called if notice.about else "",
            "standing": pages.get(notice.person_id),
            "kind": called(notice.kind),
            "outcome": outcome_word(notice.state),
            "said": outcome_sentence(notice),
            "may_go_again": is_open(notice) and not notice.is_again,
        }
        for notice in notices
    ]


def _filters(counts: Counts, kind: str, outcome: str) -> list[dict[str, Any]]:
    """The two choices above the list, with how many there are of each."""
    kinds = [(one, called(one), number) for one, number in counts.by_kind.items()]
    states = [(one, outcome_word(one), counts.by_outcome[one]) for one in OUTCOMES if one in counts.by_outcome]
    rows = [("kind", gettext("Message"), kinds, kind), ("outcome", gettext("What became of it"), states, outcome)]
    return [{"name": name, "label": label, "choices": found, "value": value} for name, label, found, value in rows]
