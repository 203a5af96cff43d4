"""Another way to the same duty: asked in confidence, arranged by a custodian, on record as any completion (row B15).

Nothing that is written outside the confidential case can be told from what happens to everybody: a duty done another
way is a completion of the course like any other, a date moved is an ordinary decision of the office.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from upstander.actions.adjustments import Planned, Preview, cycle_named, record
from upstander.actions.cases import BY_ITSELF, Wanted, open_case, read_again, subject_of, tell_adjusted
from upstander.actions.codes import new_code
from upstander.actions.completion import CODE_GROUPS, SOURCE
from upstander.actions.done_letters import tell_of_completion
from upstander.actions.learning import role_of
from upstander.actions.locks import lock_person
from upstander.actions.standing import decide_again
from upstander.core.confidence import days_of_record, drawn_instant
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.core.errors import Refusal
from upstander.core.facts import Completion as CompletionFact
from upstander.core.requests import ANOTHER_WAY, UNSETTLED
from upstander.core.what_if import NOT_OWED
from upstander.models import (
    AdjustmentRecord,
    AuditLine,
    Case,
    CaseEntry,
    Certificate,
    Completion,
    Person,
    Standing,
)
from upstander.queries.facts import facts_of
from upstander.queries.programmes import published
from upstander.queries.roles import runs_programme

#: States in which no other way is needed.
NOTHING_LEFT = NOT_OWED | {"satisfied"}


@dataclass(frozen=True, slots=True)
class Course:
    """The course for which the other way stands, as an ordinary completion of it would be recorded."""

    key: str
    edition: str = ""
    minutes: int | None = None


@transaction.atomic
def ask(person_id: str, wanted: Wanted, moment: Moment) -> Case:
    """Opens the request; reminders of the programme rest from this transaction on.

    Refusals: `case-open-already` {case, number} while one about the same programme is unsettled, those of `open_case`.
    """
    lock_person(person_id)
    unsettled = Case.objects.filter(kind=ANOTHER_WAY, person_id=person_id, state__in=UNSETTLED)
    there = unsettled.filter(programme_id=wanted.programme).first()
    if there is not None:
        raise Refusal("case-open-already", {"case": str(there.pk), "number": there.number})
    return open_case(person_id, replace(wanted, kind=ANOTHER_WAY, owner="officer"), moment, f"person:{person_id}")


def foresee(case: Case, course: Course, moment: Moment) -> tuple[Preview, date]:
    """The decision before and after, and the day that others will read; nothing is written.

    Refusals: `nothing-owed` {state}, `no-such-option` {course}, `no-such-cycle`, `no-such-programme`.
    """
    on = _day_of(_instant_of_record(case, course, moment))
    return _foreseen(case, course, on, moment), on


def _foreseen(case: Case, course: Course, on: date, moment: Moment) -> Preview:
    rules, facts = published(case.programme_id or ""), facts_of(case.person_id)
    if course.key not in rules.course_keys:
        raise Refusal("no-such-option", {"course": course.key})
    cycle = cycle_named(rules, facts, case.cycle, moment.day)
    before = decide(rules, facts, moment.day, cycle)
    if before.state in NOTHING_LEFT:
        raise Refusal("nothing-owed", {"state": before.state})
    person = Person.objects.get(pk=case.person_id)
    done = CompletionFact(course.key, on, role_of(person, moment), "foreseen", SOURCE, course.minutes)
    after = decide(rules, replace(facts, completions=(*facts.completions, done)), max(on, moment.day), cycle)
    return Preview(before, after)


@transaction.atomic
def complete(case_id: UUID, course: Course, moment: Moment, by: str) -> date:
    """The duty is done another way: it goes on record by itself, soon; the day on which it does.

    At an instant that is drawn (`core.confidence`), so that day and moment of recording are those of any completion and
    tell of no meeting; at once only where its due date has passed. What is declined, closed or taken back before then
    is not recorded. Refusals: `not-yourself`, `move-not-open`, `completed-already` {course} where it was said before,
    and those of `foresee`.
    """
    case = held(case_id, by)
    if coming(case) is not None:
        raise Refusal("completed-already", {"course": course.key})
    at = _instant_of_record(case, course, moment)
    _foreseen(case, course, _day_of(at), moment)
    said = {"course": course.key, "edition": course.edition, "minutes": course.minutes, "at": at.isoformat()}
    tell_adjusted(case, "completing", moment, by, said)
    if at <= moment.at:
        _record(case, course, moment, by)
    return _day_of(at)


def coming(case: Case) -> date | None:
    """The day on which what is said to be done goes on record; None where nothing was said, or it is settled."""
    if case.state not in UNSETTLED:
        return None
    said = CaseEntry.objects.filter(case=case, move="completing").order_by("at", "pk").last()
    return _day_of(datetime.fromisoformat(said.data["at"])) if said else None


def record_due(moment: Moment) -> int:
    """Records what was said to be done and whose drawn instant has come; how many requests it settled."""
    said = CaseEntry.objects.filter(move="completing", case__kind=ANOTHER_WAY, case__state__in=UNSETTLED)
    come = [entry.pk for entry in said.order_by("at", "pk") if datetime.fromisoformat(entry.data["at"]) <= moment.at]
    return sum(_recorded(entry_id, moment) for entry_id in come)


@transaction.atomic
def _recorded(entry_id: int, moment: Moment) -> bool:
    """Under the person's lock; what has become needless meanwhile settles the request without a record."""
    entry = CaseEntry.objects.select_related("case").get(pk=entry_id)
    lock_person(entry.case.person_id)
    case = Case.objects.select_for_update().get(pk=entry.case_id)
    if case.state not in UNSETTLED:
        return False
    course = Course(entry.data["course"], entry.data["edition"], entry.data["minutes"])
    try:
        with transaction.atomic():
            _record(case, course, moment, entry.actor)
    except Refusal:
        tell_adjusted(case, "not-needed", moment, BY_ITSELF, {})
    return True


def _record(case: Case, course: Course, moment: Moment, by: str) -> None:
    """A completion like any other, with its certificate and confirmation; the lock of its person is the caller's."""
    on = _days_of_record(case, moment)[0]
    _foreseen(case, course, on, moment)
    person = Person.objects.get(pk=case.person_id)
    completion, made = Completion.objects.get_or_create(
        person=person,
        course_key=course.key,
        completed_on=on,
        role=role_of(person, moment),
        source=SOURCE,
        defaults={"edition": course.edition, "recorded_at": moment.at, "minutes": course.minutes},
    )
    if not made:
        raise Refusal("completed-already", {"course": course.key})
    Certificate.objects.create(completion=completion, code=new_code(CODE_GROUPS), made_at=moment.at)
    # the line that every completion has: it names the person, and not who recorded it
    AuditLine.objects.create(
        at=moment.at, actor=f"person:{person.pk}", verb="completion-recorded", subject=f"completion:{completion.pk}"
    )
    changes = decide_again([person.pk], moment, "completion", str(completion.pk))
    tell_of_completion(completion, changes, moment)
    tell_adjusted(case, "completed", moment, by, {"course": course.key, "ref": str(completion.pk)})


@transaction.atomic
def move_date(case_id: UUID, planned: Planned, reason: str, moment: Moment, by: str) -> AdjustmentRecord:
    """Later, or a clock that stands: an ordinary decision of the office, whose reason says nothing of this case.

    It carries the custodian's name only where they are an officer of the programme too, as any decision of theirs
    would. Refusals: `not-yourself`, `move-not-open`, and those of `actions.adjustments.record`.
    """
    case = held(case_id, by)
    custodian = by.removeprefix("person:")
    recorder = by if runs_programme(custodian, planned.programme) else BY_ITSELF
    made = record(planned, reason, moment, recorder)
    days = {name: day.isoformat() for name in ("from_on", "to_on") if (day := getattr(made, name))}
    tell_adjusted(case, "adjusted", moment, by, {"kind": made.kind, "ref": str(made.ref), **days})
    return made


def held(case_id: UUID, by: str) -> Case:
    """The unsettled case under its person's lock. Refusals: `not-yourself`, `move-not-open`."""
    case = Case.objects.get(pk=case_id, kind=ANOTHER_WAY)
    lock_person(case.person_id)
    if by == f"person:{case.person_id}":
        raise Refusal("not-yourself", {"case": str(case.pk)})
    return read_again(case, "completed")


def listed(moment: Moment, by: str) -> None:
    """Writes into the audit that a custodian looked at the list."""
    AuditLine.objects.create(at=moment.at, actor=by, verb="confidence-listed", subject="confidence")


def looked_at(case: Case) -> list[AuditLine]:
    """Who has looked at a confidential case or acted in it, newest first; for custodians only."""
    return list(AuditLine.objects.filter(subject=subject_of(case)).order_by("-at", "-id")[:50])


def _days_of_record(case: Case, moment: Moment) -> list[date]:
    standing = Standing.objects.filter(
        person_id=case.person_id, programme_id=case.programme_id, cycle=case.cycle
    ).first()
    window = (standing.opens_on, standing.due_on) if standing else (None, None)
    return days_of_record(_day_of(case.opened_at), *window, moment.day)


def _instant_of_record(case: Case, course: Course, moment: Moment) -> datetime:
    draw = _draw(f"{case.pk}:{course.key}")
    return drawn_instant(_days_of_record(case, moment), draw, moment.at, ZoneInfo(settings.INSTITUTION_ZONE))


def _day_of(at: datetime) -> date:
    return Moment.of(at, settings.INSTITUTION_ZONE).day


def _draw(text: str) -> int:
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256)[:8], "big")
