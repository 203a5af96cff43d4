"""What is asked in confidence, for its custodians; and who they are."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from upstander.core.access import CUSTODIAN, Roles
from upstander.core.requests import ANOTHER_WAY, may_hold
from upstander.models import Case, RoleGrant


def custodians_of(programme: str | None, but: str = "") -> set[str]:
    """Who would hold a request about this programme today: people of the roster with an account, `but` left out."""
    reach = Q(programme=None) | Q(programme_id=programme) if programme else Q(programme=None)
    grants = RoleGrant.objects.filter(reach, role=CUSTODIAN, ended_at=None, person__vanished_on=None)
    return set(grants.exclude(person_id=but).values_list("person_id", flat=True))


def without_custodian(programmes: Iterable[str]) -> list[str]:
    """Of these programmes those for which fewer than two people hold what is asked in confidence.

    One alone cannot hold their own request. Says nothing about whether anything has been asked.
    """
    return [key for key in programmes if len(custodians_of(key)) < 2]


def held_by(roles: Roles) -> QuerySet[Case]:
    """The confidential cases that this custodian holds, their own not among them; Http404 for somebody who is none."""
    if not roles.is_custodian or roles.person_id is None:
        raise Http404
    cases = Case.objects.filter(kind=ANOTHER_WAY)
    if not roles.all_custody:
        cases = cases.filter(programme_id__in=roles.custodian_of)
    return cases.exclude(person_id=roles.person_id).select_related("person")


def case_for_custodian(roles: Roles, case_id: UUID) -> Case:
    """A confidential case that the viewer holds, with its person; Http404 for everybody else."""
    case = Case.objects.select_related("person").filter(pk=case_id, confidential=True).first()
    if case is None or not may_hold(roles, case.programme_id, case.person_id):
        raise Http404
    return case
