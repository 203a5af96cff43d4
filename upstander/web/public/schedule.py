"""The roll-out schedule of a programme: its groups and their days, the reader's own marked (row B01)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.actions import standing as standing_action
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.models import Standing
from upstander.queries.naming import group_names
from upstander.queries.programmes import published
from upstander.queries.standings import standings_of
from upstander.words.reasons import Naming, sentences
from upstander.words.rules import rule_sentences

#: the reasons that say which group one belongs to, and why that one won
_OF_THE_GROUP = frozenset({"group", "group-first-of-several", "late-joiner", "cycle-window"})


def _own(request: HttpRequest, key: str) -> Standing | None:
    person = getattr(request.user, "person", None)
    if person is None:
        return None
    standing_action.refresh(person.pk, request.moment)
    return next((s for s in standings_of(person.pk, request.moment) if s.programme_id == key), None)


def _when(programme: Programme) -> list[str]:
    """The rules about days, where no group has days of its own."""
    said = dict(rule_sentences(programme, get_language() or "en"))
    return [sentence for part in ("cycle", "window") for sentence in said.get(part, [])]


@require_safe
def schedule(request: HttpRequest, key: str) -> HttpResponse:
    """Every group with its first and last day; signed in, your own, and why it is yours."""
    try:
        programme = published(key)
    except Refusal as refusal:
        raise Http404 from refusal
    own = _own(request, key)
    naming = Naming(groups=group_names(programme, get_language() or "en"))
    why = [s for s in sentences(own, get_language() or "en", naming) if s.code in _OF_THE_GROUP] if own else []
    context = {
        "section": "help",
        "programme": programme,
        "when": _when(programme),
        "own": own,
        "why_group": why,
    }
    return render(request, "public/schedule.html", context)
