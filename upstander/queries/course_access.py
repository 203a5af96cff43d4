"""Whether somebody may open a course of which nothing is asked of them: one small query, and mostly none (row B20)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast

from upstander.core.access import may_open_course
from upstander.core.cycles import OWN
from upstander.core.programme import Programme
from upstander.models import Completion, CourseAccess, Standing
from upstander.queries.programmes import in_force

_NOT_ASKED = "not-required"


def closed_by(person_id: str, course_key: str, day: date) -> Programme | None:
    """The programme whose course stays closed to this person until they ask for it; None where it stands open.

    Of several programmes that offer a course one that lets them in is enough.
    """
    return next(iter(closed_courses(person_id, [course_key], day).values()), None)


def closed_courses(person_id: str, course_keys: Iterable[str], day: date) -> dict[str, Programme]:
    """Of these courses those that stay closed to this person, each with a programme in which it can be asked for.

    No query where every programme lets everybody in, else one.
    """
    programmes = in_force()
    offering = {key: [rules for rules in programmes if key in rules.course_keys] for key in course_keys}
    asking = {key: rules for key, rules in offering.items() if rules and all(one.access.asked_only for one in rules)}
    if not asking:
        return {}
    known = _known(person_id, {one.key: one for rules in asking.values() for one in rules}, day)
    return {
        key: rules[0] for key, rules in asking.items() if not any(_is_open(one, known) for one in rules)
    }  # fmt: skip


def _known(person_id: str, programmes: dict[str, Programme], day: date) -> set[tuple[str, str]]:
    """What is known in one query: ("asked", programme), ("granted", programme), ("done", course)."""
    now = Q(pk=None)
    for key, rules in programmes.items():
        cycle = rules.cycle_on(day).key
        now |= Q(programme_id=key, ongoing=True) if cycle == OWN else Q(programme_id=key, cycle=cycle)
    asked = Standing.objects.filter(now, person_id=person_id).exclude(state=_NOT_ASKED)
    granted = CourseAccess.objects.filter(person_id=person_id, programme_id__in=programmes, ended_at=None)
    courses = {course for rules in programmes.values() for course in rules.course_keys}
    done = Completion.objects.filter(person_id=person_id, course_key__in=courses, retracted_at=None)
    told = (
        rows.order_by().values_list(Value(word, CharField()), Cast(column, CharField()))
        for rows, word, column in (
            (asked, "asked", "programme_id"),
            (granted, "granted", "programme_id"),
            (done, "done", "course_key"),
        )
    )
    first, *others = told
    return set(first.union(*others))


def _is_open(rules: Programme, known: set[tuple[str, str]]) -> bool:
    return may_open_course(
        rules.access.asked_only,
        is_asked=("asked", rules.key) in known,
        has_completed=any(("done", course) in known for course in rules.course_keys),
        has_asked=("granted", rules.key) in known,
    )


def access_now(person_id: str, programme: str) -> CourseAccess | None:
    """The grant that is in force."""
    return CourseAccess.objects.filter(person_id=person_id, programme_id=programme, ended_at=None).first()
