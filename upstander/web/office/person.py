"""One person as an officer sees them: the decision with its reasons, its history, what was sent and completed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.actions.resending import is_open
from upstander.actions.standing import refresh
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Appointment, Completion, Notice, Standing, StandingChange
from upstander.notices.registry import called
from upstander.queries.arrangements import of_person
from upstander.queries.doors.officers import programmes_for_officer, standing_for_officer
from upstander.queries.history import traces
from upstander.queries.messages import besides, shown, with_again
from upstander.queries.roles import roles_of
from upstander.queries.standings import current
from upstander.web.arrangement_view import arrangement_view
from upstander.web.case_view import Beside, beside_of
from upstander.web.guard import signed_in
from upstander.web.naming import naming_of
from upstander.web.people import group_titles, in_words, language, status_word
from upstander.words.history import notice_sentence
from upstander.words.names import category_word
from upstander.words.reasons import Sentence, sentences
from upstander.words.trace import Told, told

LAST_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """One message in words; `again` is its reference where it may be sent once more by hand, else None."""

    words: str
    again: UUID | None


@dataclass(frozen=True, slots=True)
class Duty:
    """One programme's standing of the person, in words."""

    rules: Programme
    title: str
    standing: Standing
    word: str
    group: str
    why: list[Sentence]
    history: list[Told]
    messages: list[Sent]
    beside: Beside


@dataclass(frozen=True, slots=True)
class Done:
    """A course on record and the day it counts from."""

    title: str
    completed_on: date


@signed_in
@require_safe
def person(request: HttpRequest, standing_id: int) -> HttpResponse:
    """What the viewer's programmes ask of this person; never a score, an attempt, an answer or a route."""
    roles = roles_of(request.user)
    asked = standing_for_officer(roles, standing_id)
    who = asked.person
    refresh(who.pk, request.moment)
    runs = {rules.key: rules for rules in programmes_for_officer(roles)}
    standings = Standing.objects.filter(current(list(runs.values()), request.moment.day), person=who)
    duties = [_duty(runs[standing.programme_id], standing) for standing in standings]
    duties.sort(key=lambda duty: duty.rules.key != asked.programme_id)
    return render(
        request,
        "office/person.html",
        {
            "section": "office",
            "who": who,
            "asked": asked,
            "rules": runs[asked.programme_id],
            "may_adjust": who.pk != roles.person_id,
            "duties": duties,
            "besides": _sent(besides(who.pk, runs)[:LAST_MESSAGES]),
            "completions": _completions(who.pk, runs),
            "arranged": [arrangement_view(one) for one in of_person(who.pk, runs)],
            "appointments": [
                (held, category_word(held.category))
                for held in Appointment.objects.filter(person=who).select_related("unit")
            ],
        },
    )


def _duty(rules: Programme, standing: Standing) -> Duty:
    where = {"person_id": standing.person_id, "programme_id": rules.key, "cycle": standing.cycle}
    changes = list(StandingChange.objects.filter(**where).order_by("-at", "-id"))
    letters = with_again(shown(Notice.objects.filter(**where, about=None))).order_by("-planned_at", "-id")
    return Duty(
        rules,
        in_words(rules.title),
        standing,
        status_word(standing.state, standing.reasons),
        group_titles(rules).get(standing.group, ""),
        sentences(standing, language(), naming_of(rules, standing.reasons, language())),
        [told(trace.change, trace.cause) for trace in traces(changes, standing.person_id, rules.key)],
        _sent(letters[:LAST_MESSAGES]),
        beside_of(standing),
    )


def _sent(messages: Iterable[Notice]) -> list[Sent]:
    return [
        Sent(
            notice_sentence(message, called(message.kind)),
            message.pk if is_open(message) and not message.is_again else None,
        )
        for message in messages
    ]


def _completions(person_id: str, runs: dict[str, Programme]) -> list[Done]:
    """Completions of the viewer's programmes' courses: which and when, not how."""
    courses = {course for rules in runs.values() for course in rules.course_keys}
    found = Completion.objects.filter(person_id=person_id, retracted_at=None, course_key__in=courses)
    rows = found.order_by("-completed_on", "id").values_list("course_key", "completed_on")
    return [Done(catalogue.title_of(course, language()), on) for course, on in rows]
