"""Courses opened for somebody of whom nothing is asked: granted from their request, ended later (row B20)."""

from django.db import transaction

from upstander.actions.cases import read_again, tell_adjusted
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.requests import SETTLED, UNSETTLED, VOLUNTARY_ACCESS
from upstander.models import AuditLine, Case, CourseAccess
from upstander.queries.course_access import access_now

ACCESS = "access"


@transaction.atomic
def grant_access(case: Case, moment: Moment, by: str) -> CourseAccess:
    """Opens the courses of the case's programme to its person and settles the case.

    Once ended, it can be granted again from the same case. Refusals: not-yourself, access-not-asked (the case asks for
    something else), access-granted-already, move-not-open {move, state} where it was declined or taken back.
    """
    lock_person(case.person_id)
    if case.kind != VOLUNTARY_ACCESS or case.programme_id is None:
        raise Refusal("access-not-asked")
    if by == f"person:{case.person_id}":
        raise Refusal("not-yourself", {"case": str(case.pk)})
    if access_now(case.person_id, case.programme_id):
        raise Refusal("access-granted-already")
    case = read_again(case, "granted", UNSETTLED | {SETTLED})
    access = CourseAccess.objects.create(
        person_id=case.person_id, programme_id=case.programme_id, case=case, granted_at=moment.at, granted_by=by
    )
    tell_adjusted(case, "adjusted", moment, by, {"kind": ACCESS})
    _audit(access, "access-granted", moment, by)
    return access


@transaction.atomic
def end_access(access: CourseAccess, moment: Moment, by: str) -> None:
    """Closes them again; what the person has completed stays open to them.

    Refusals: not-yourself, access-ended.
    """
    lock_person(access.person_id)
    if by == f"person:{access.person_id}":
        raise Refusal("not-yourself", {"programme": access.programme_id})
    ended = CourseAccess.objects.filter(pk=access.pk, ended_at=None).update(ended_at=moment.at, ended_by=by)
    if not ended:
        raise Refusal("access-ended")
    if access.case is not None:
        tell_adjusted(access.case, "adjustment-ended", moment, by, {"kind": ACCESS})
    _audit(access, "access-ended", moment, by)


def _audit(access: CourseAccess, verb: str, moment: Moment, by: str) -> None:
    AuditLine.objects.create(
        at=moment.at, actor=by, verb=verb, subject=f"access:{access.pk}", data={"programme": access.programme_id}
    )
