"""A person's standing on a past day: as it was known that evening, beside what is known of that day now (row C03)."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from upstander.core.replay import end_of_day
from upstander.core.roster_values import FIRST_YEAR
from upstander.models import StandingChange
from upstander.queries.doors.officers import programme_for_officer, standing_for_officer
from upstander.queries.past import Answer, Learnt, answer, learnt_since
from upstander.queries.roles import roles_of
from upstander.queries.standings import stood_then
from upstander.web.guard import signed_in
from upstander.web.naming import naming_of
from upstander.web.people import group_titles, in_words, language, status_word
from upstander.words.reasons import Sentence, sentences
from upstander.words.trace import causes_together


@dataclass(frozen=True, slots=True)
class Side:
    """One answer in words; without a decision `said` tells why there is none."""

    answer: Answer
    said: str = ""
    word: str = ""
    group: str = ""
    why: tuple[Sentence, ...] = ()

    @property
    def decision(self) -> object:
        return self.answer.decision


@dataclass(frozen=True, slots=True)
class Step:
    """Something became known and the day was decided otherwise: when, what, and how it stood from then on."""

    learnt: Learnt
    why: str
    side: Side


@signed_in
@require_safe
def past(request: HttpRequest, standing_id: int) -> HttpResponse:
    """The day asked for in the address; nothing about the person stands there but a number."""
    roles = roles_of(request.user)
    asked = standing_for_officer(roles, standing_id)
    rules = programme_for_officer(roles, asked.programme_id)
    text = request.GET.get("on", "")
    day, problem = _day(text, request.moment.day)
    context = {
        "section": "office",
        "asked": asked,
        "who": asked.person,
        "title": in_words(rules.title),
        "today": request.moment.day,
        "text": text,
        "day": day,
        "problem": problem,
    }
    if day:
        context |= _both(asked.person_id, rules.key, day)
    return render(request, "office/past.html", context)


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day, or what is wrong with the text; neither where none is asked for."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, gettext("Write the day as year, month and day, for example 2027-03-05.")
    if day > today:
        return None, gettext("That day is still to come. Choose today or an earlier day.")
    if day.year < FIRST_YEAR:
        return None, gettext("That day is too long ago. Choose a later one.")
    return day, ""


def _both(person_id: str, key: str, day: date) -> dict:
    since = end_of_day(day, settings.INSTITUTION_ZONE)
    then, now = answer(person_id, key, day, since), answer(person_id, key, day)
    learnt = learnt_since(person_id, key, day, since, then, now)
    cycle = then.decision.cycle if then.decision else ""
    return {
        "then": _side(then),
        "now": _side(now),
        "differs": then.differs(now),
        "only_reasons": then.differs_in_reasons_only(now),
        "steps": [Step(one, causes_together(one.causes), _side(one.after)) for one in learnt],
        "stored": _stored(stood_then(person_id, key, since).get(cycle), then),
    }


def _stored(change: StandingChange | None, then: Answer) -> str:
    """`same`, `otherwise` or `none`: what the history kept of that evening, beside what is decided again now."""
    if change is None or then.decision is None:
        return "none"
    kept, again = change.after, then.decision.as_json()
    same = all(kept.get(name) == again[name] for name in ("state", "group", "opens_on", "due_on"))
    return "same" if same else "otherwise"


def _side(found: Answer) -> Side:
    if found.decision is None or found.rules is None:
        missing = {
            "not-published-then": gettext("No rules of this programme had been published yet."),
            "no-such-person": gettext("The roster had not named this person yet."),
        }
        return Side(found, missing[found.refused])
    reasons = [reason.as_json() for reason in found.decision.reasons]
    standing = SimpleNamespace(reasons=reasons)
    return Side(
        found,
        word=status_word(found.decision.state, reasons),
        group=group_titles(found.rules).get(found.decision.group or "", ""),
        why=tuple(sentences(standing, language(), naming_of(found.rules, standing.reasons, language()))),
    )
