"""What changed: every change of the reader's own standing in one programme, with what brought it about (row C03)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.actions.standing import refresh
from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.queries.doors.learner import person_of
from upstander.queries.history import Trace, traces
from upstander.queries.programmes import published
from upstander.queries.standings import history_of
from upstander.web.guard import signed_in
from upstander.words.trace import own_cause_sentence, told


@signed_in
@require_safe
def changes(request: HttpRequest, key: str) -> HttpResponse:
    """The newest change first; nobody but the reader is named."""
    person = person_of(request.user)
    try:
        rules = published(key)
    except Refusal as refusal:
        raise Http404 from refusal
    refresh(person.pk, request.moment)
    found = traces(reversed(history_of(person.pk, key)), person.pk, key)
    courses = _titles(found)
    lines = [told(trace.change, trace.cause, lambda cause: own_cause_sentence(cause, courses)) for trace in found]
    context = {"section": "my-training", "programme": rules, "lines": lines}
    return render(request, "learner/trace.html", context)


def _titles(found: list[Trace]) -> dict[str, str]:
    keys = {trace.cause.facts.get("course", "") for trace in found} - {""}
    return {key: catalogue.title_of(key, get_language() or "en") for key in keys}
