"""My training: every duty with its state, date, reason and button (rows A05, B02, B05, B11, B12, C01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upstander.actions import standing as standing_action
from upstander.actions.cases import look_again
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Case, Person
from upstander.queries.arrangements import ahead_of
from upstander.queries.cases import resting_by_programme, unsettled_of
from upstander.queries.facts import facts_of
from upstander.queries.naming import unit_names
from upstander.queries.page_questions import unread
from upstander.queries.plan import duties_of, has_cases, own_record
from upstander.queries.programmes import all_published, published
from upstander.web.arrangement_view import arrangement_view
from upstander.web.guard import signed_in
from upstander.web.in_person_view import own_dates
from upstander.web.learner.freshness import freshened
from upstander.web.learner.plan_duty import (
    Duty,
    Own,
    duty_of,
    fill_one_button,
    options_of,
)
from upstander.web.learner.plan_post import letters_back
from upstander.words import plan as plan_words
from upstander.words.calendar import CONTENT_TYPE, Entry, calendar_text
from upstander.words.calendar_titles import last_day

_EMPLOYED = frozenset({"faculty", "staff", "postdoc"})


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer before everything else."""

    answer: str
    lede: str


def _person(request: HttpRequest) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


def _language() -> str:
    return get_language() or "en"


def requests_of(request: HttpRequest, person: Person) -> list[Case]:
    """The reader's unsettled requests, looked at again first where there are any."""
    cases = unsettled_of(person.pk)
    return unsettled_of(person.pk) if cases and look_again(request.moment, [person.pk]) else cases


def duties_for(request: HttpRequest, person: Person, facts: PersonFacts, cases: Iterable[Case] = ()) -> list[Duty]:
    """Every duty of the reader in the order of the page, with its reasons in their order."""
    programmes = {programme.key: programme for programme in freshened(request, person.pk)}
    standings = duties_of(person.pk, list(programmes.values()), request.moment.day)
    units = unit_names(reason for standing in standings for reason in standing.reasons)
    own = Own(own_record(person.pk), facts, units, resting_by_programme(cases))
    duties = [
        duty_of(standing, programmes[standing.programme_id], own, request.moment.day, _language())
        for standing in standings
    ]
    return sorted(duties, key=lambda duty: duty.sort_key)


def headline(duties: list[Duty], today: date, employed: bool) -> Headline:
    """One sentence that answers, and one or two that say how much and how long."""
    to_do = [duty for duty in duties if duty.actionable]
    if not to_do:
        opening = [duty.standing.opens_on for duty in duties if duty.standing.state == "scheduled"]
        states = [duty.standing.state for duty in duties]
        rest = plan_words.at_rest_sentence() if duties else ""
        return Headline(plan_words.headline_at_rest(states, min(filter(None, opening), default=None), today), rest)
    due = min((duty.standing.due_on for duty in to_do if duty.standing.due_on), default=None)
    said = [plan_words.time_sentence(due, today, len(to_do))]
    if len(to_do) == 1 and not to_do[0].programme.parts:
        said.append(plan_words.choice_sentence(to_do[0].programme.need, [o.course.minutes for o in to_do[0].options]))
    if employed:
        said.append(plan_words.working_hours_sentence())
    return Headline(plan_words.headline_to_do(len(to_do), due, today), " ".join(filter(None, said)))


def _employed(facts: PersonFacts, today: date) -> bool:
    return any(
        appointment.category in _EMPLOYED and (appointment.ends_on is None or appointment.ends_on >= today)
        for appointment in facts.appointments
    )


@signed_in
@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """Every duty of the reader, the most pressing first; what is not asked of them, with why."""
    if request.user.person is None:
        return render(request, "learner/no_person.html", {"section": "my-training"})
    person, today = _person(request), request.moment.day
    facts = facts_of(person.pk)
    has_asked = has_cases(person.pk)
    cases = requests_of(request, person) if has_asked else []
    duties = duties_for(request, person, facts, cases)
    fill_one_button(duties)
    arranged, helps = ahead_of(person.pk, request.moment.at)
    asked = [duty for duty in duties if not duty.is_not_asked]
    for duty in asked[:1] or duties:
        duty.opened = True
    context = {
        "section": "my-training",
        "headline": headline(duties, today, _employed(facts, today)),
        "duties": asked or duties,
        "not_asked": [duty for duty in duties if duty.is_not_asked] if asked else [],
        "requests": len(cases),
        "answered": unread(person.pk) if has_asked else [],
        "letters_back": letters_back(person),
        "seats": own_dates(person.pk, request.moment.at),
        "arranged": [arrangement_view(one) for one in arranged],
        "helps": helps,
        "today": today,
    }
    return render(request, "learner/plan.html", context)


def _published(key: str) -> Programme:
    try:
        return published(key)
    except Refusal as refusal:
        raise Http404 from refusal


@signed_in
@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """The options side by side: for whom, how long, in which languages, about what, in which form (row B03)."""
    person, programme = _person(request), _published(key)
    facts = facts_of(person.pk)
    options = options_of(programme, own_record(person.pk), facts, request.moment.day, _language())
    context = {"section": "my-training", "programme": programme, "options": options}
    return render(request, "learner/compare.html", context)


@signed_in
@require_safe
def due_date(request: HttpRequest, key: str) -> HttpResponse:
    """The reader's due date as a calendar file; 404 where they have none."""
    person, programme = _person(request), _published(key)
    standing_action.refresh(person.pk, request.moment)
    mine = [s for s in duties_of(person.pk, [programme], request.moment.day) if s.due_on]
    if not mine:
        raise Http404
    title = programme.title.get(_language()) or programme.title["en"]
    uid = f"{key}-{mine[0].cycle}-{person.pk}@upstander"
    address = f"{settings.BASE_URL}/my-training/"
    entry = Entry(uid=uid, title=last_day(title), stamped_at=request.moment.at, on=mine[0].due_on, address=address)
    return HttpResponse(
        calendar_text(entry),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="training-due.ics"'},
    )


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course that a published programme offers, once, under its programme."""
    lang = _language()
    shelves = []
    for programme in all_published():
        cards = [(option, catalogue.card_of(option.course_key, lang)) for option in programme.options]
        shelves.append({"programme": programme, "cards": [(option, card) for option, card in cards if card]})
    return render(request, "learner/courses.html", {"section": "courses", "shelves": shelves})
