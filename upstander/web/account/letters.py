"""Which letters the reader gets: each kind, what it is for, and a button to stop those that may be declined."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from upstander.actions.declining import decline, want_again
from upstander.core.access import Roles
from upstander.core.notices import COMPLETION, DRAFT, OTHERS, TEST_LETTER
from upstander.models import Notice as Row
from upstander.models import Unsubscribed
from upstander.notices.letter import Notice
from upstander.notices.registry import NOTICES, called
from upstander.queries.declining import declined_now
from upstander.queries.doors.learner import held_by, person_of
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.words.wording_kinds import purpose_of, why_always


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of letter: `stopped` since when, where the reader declined it; `why` it cannot be declined."""

    key: str
    called: str
    purpose: str
    why: str
    declinable: bool
    stopped: Unsubscribed | None


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letters_page(request: HttpRequest) -> HttpResponse:
    """The list of kinds; POST stops or starts one."""
    person = person_of(request.user)
    kinds = {notice.kind.key: notice for notice in NOTICES if notice.kind.key != TEST_LETTER}
    if request.method == "POST":
        _act(request, person.pk, kinds)
        return redirect("account-letters")
    stopped = {row.kind: row for row in declined_now().filter(person=person)}
    answers = any(held.supervises for held in held_by(person))
    lines = [_line(one, stopped) for one in kinds.values() if _goes_to(one, roles_of(request.user), answers, person.pk)]
    return render(request, "account/letters.html", {"lines": sorted(lines, key=lambda line: not line.declinable)})


def _act(request: HttpRequest, person_id: str, kinds: dict[str, Notice]) -> None:
    notice = kinds.get(request.POST.get("kind", ""))
    if notice is None or not notice.kind.declinable:
        raise Http404
    if request.POST.get("act") == "start":
        want_again(person_id, notice.kind.key, request.moment)
        messages.success(request, gettext("You get these letters again."))
    else:
        decline(person_id, notice.kind, request.moment)
        messages.success(request, gettext("You get no more of these letters."))


def _goes_to(notice: Notice, roles: Roles, answers: bool, person_id: str) -> bool:
    """Whether letters of this kind can go to somebody like the reader, or one did."""
    if notice.kind.about == DRAFT:
        return roles.is_officer
    if notice.kind.about == OTHERS and not (answers or roles.is_officer or roles.is_administrator):
        return Row.objects.filter(person_id=person_id, kind=notice.kind.key).exists()
    return True


def _line(notice: Notice, stopped: dict[str, Unsubscribed]) -> Line:
    kind = notice.kind
    about = COMPLETION if kind.of_duty and not kind.asks else kind.about
    why = "" if kind.declinable else why_always(about)
    return Line(kind.key, called(kind.key), purpose_of(kind.key), why, kind.declinable, stopped.get(kind.key))
