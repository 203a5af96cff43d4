"""Giving a role to a person, and taking it back; every time with a line in the audit."""

from django.db import transaction

from upstander.core.access import CUSTODIAN, DEPARTMENT, OFFICER, ROLES
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import AuditLine, Person, Programme, RoleGrant, Unit


def _check(person_id: str, role: str, programme: str | None, unit: str | None) -> None:
    if role not in ROLES:
        raise Refusal("no-such-role", {"role": role, "roles": list(ROLES)})
    if (programme and role not in {OFFICER, CUSTODIAN}) or (unit and role != DEPARTMENT):
        raise Refusal("role-reaches-otherwise", {"role": role})
    if not Person.objects.filter(pk=person_id).exists():
        raise Refusal("no-such-person", {"person_id": person_id})
    if programme and not Programme.objects.filter(pk=programme).exists():
        raise Refusal("no-such-programme", {"programme": programme})
    if unit and not Unit.objects.filter(pk=unit).exists():
        raise Refusal("no-such-unit", {"unit_id": unit})


def _audit(verb: str, grant: RoleGrant, moment: Moment, by: str) -> None:
    reach = grant.programme_id or grant.unit_id or "all"
    AuditLine.objects.create(
        at=moment.at,
        actor=by,
        verb=verb,
        subject=f"person:{grant.person_id}",
        data={"role": grant.role, "reach": reach},
    )


@transaction.atomic
def give(
    person_id: str, role: str, moment: Moment, by: str, programme: str | None = None, unit: str | None = None
) -> bool:
    """Grants `officer` or `custodian` (of a programme, or of all), `department` (of a unit with those below, or of
    all), `author` or `analyst` (which have no reach).

    True if it is new; the same grant again changes nothing. Refusals: no-such-role, role-reaches-otherwise,
    no-such-person, no-such-programme, no-such-unit.
    """
    _check(person_id, role, programme, unit)
    Person.objects.select_for_update().get(pk=person_id)
    if RoleGrant.objects.filter(
        person_id=person_id, role=role, programme_id=programme, unit_id=unit, ended_at=None
    ).exists():
        return False
    grant = RoleGrant.objects.create(
        person_id=person_id, role=role, programme_id=programme, unit_id=unit, granted_at=moment.at, granted_by=by
    )
    _audit("grant-role", grant, moment, by)
    return True


@transaction.atomic
def end(
    person_id: str, role: str, moment: Moment, by: str, programme: str | None = None, unit: str | None = None
) -> bool:
    """Ends that grant (the record stays); false if there is none in force. Refusals as for `give`."""
    _check(person_id, role, programme, unit)
    grants = RoleGrant.objects.select_for_update().filter(
        person_id=person_id, role=role, programme_id=programme, unit_id=unit, ended_at=None
    )
    ended = list(grants)
    for grant in ended:
        grant.ended_at = moment.at
        grant.save(update_fields=["ended_at"])
        _audit("end-role", grant, moment, by)
    return bool(ended)
