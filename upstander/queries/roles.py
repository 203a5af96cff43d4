"""The roles of a signed-in account: from grants and the unit table, read once per request."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from upstander.core.access import ANALYST, AUTHOR, CUSTODIAN, DEPARTMENT, NOBODY, OFFICER, Roles
from upstander.models import Account, Person, RoleGrant, Unit, UnitAdministrator
from upstander.queries.rows import fetched

_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM {table} WHERE id IN ({marks})
    UNION
    SELECT child.id FROM {table} child JOIN below ON child.parent_id = below.id
)
SELECT id FROM below
"""
_HELD = """
SELECT role, programme_id, unit_id FROM {grants} WHERE person_id = %s AND ended_at IS NULL
UNION ALL SELECT %s, NULL, unit_id FROM {administrators} WHERE person_id = %s
"""
_ADMINISTERS = "administers"


def with_units_below(unit_ids: set[str]) -> frozenset[str]:
    """These units and every unit below them, in one query; ids that no unit has are left out."""
    if not unit_ids:
        return frozenset()
    table = connection.ops.quote_name(Unit._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(_BELOW.format(table=table, marks=", ".join(["%s"] * len(unit_ids))), sorted(unit_ids))
        return frozenset(row[0] for row in cursor.fetchall())


def grants_in_force(person_id: str) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(person_id=person_id, ended_at=None)


def runs_programme(person_id: str, programme: str) -> bool:
    """Whether the person is, today, an officer of this programme or of all; somebody who left the roster is not."""
    person = Person.objects.filter(pk=person_id).first()
    return person is not None and is_officer_of(person, programme)


def is_officer_of(person: Person, programme: str) -> bool:
    """The same of a person who has been read; no query where their `grants` were read with them."""
    return person.vanished_on is None and any(
        grant.role == OFFICER and grant.ended_at is None and grant.programme_id in (None, programme)
        for grant in person.grants.all()
    )


def officers_of(programme: str) -> list[str]:
    """Who runs this programme: its officers and those of all programmes, without whoever left the roster."""
    grants = RoleGrant.objects.filter(role=OFFICER, ended_at=None, person__vanished_on=None)
    mine = grants.filter(Q(programme=None) | Q(programme_id=programme)).order_by("person_id")
    return list(mine.values_list("person_id", flat=True).distinct())


class _Held(NamedTuple):
    """One grant in force, or a unit that the person administers by the roster."""

    role: str
    programme_id: str | None
    unit_id: str | None


def _held(person_id: str) -> list[_Held]:
    """Everything from which roles come, in one query."""
    quoted = connection.ops.quote_name
    grants, administrators = quoted(RoleGrant._meta.db_table), quoted(UnitAdministrator._meta.db_table)
    sql = _HELD.format(grants=grants, administrators=administrators)
    return [_Held(*row) for row in fetched(sql, [person_id, _ADMINISTERS, person_id])]


def _read(account: Account) -> Roles:
    person = account.person
    if person is None or person.vanished_on is not None or not account.is_active:
        return NOBODY
    grants = _held(person.pk)
    runs = [grant for grant in grants if grant.role == OFFICER]
    sees = [grant for grant in grants if grant.role == DEPARTMENT]
    keeps = [grant for grant in grants if grant.role == CUSTODIAN]
    units = {grant.unit_id for grant in grants if grant.unit_id and grant.role in (DEPARTMENT, _ADMINISTERS)}
    return Roles(
        person_id=person.pk,
        officer_of=frozenset(grant.programme_id for grant in runs if grant.programme_id),
        all_programmes=any(grant.programme_id is None for grant in runs),
        units=with_units_below(units),
        all_units=any(grant.unit_id is None for grant in sees),
        is_author=any(grant.role == AUTHOR for grant in grants),
        is_analyst=any(grant.role == ANALYST for grant in grants),
        custodian_of=frozenset(grant.programme_id for grant in keeps if grant.programme_id),
        all_custody=any(grant.programme_id is None for grant in keeps),
    )


def roles_of(account: object) -> Roles:
    """The roles of `request.user`; nobody's for an anonymous visitor or somebody who has left the roster.

    Kept on the account object, which lives as long as its request does.
    """
    if not getattr(account, "is_authenticated", False):
        return NOBODY
    kept = getattr(account, "roles_in_this_request", None)
    if kept is None:
        kept = _read(account)
        account.roles_in_this_request = kept
    return kept
