"""The lock of one person: completing and claiming a notice take the same one (law 4)."""

from collections.abc import Collection, Sequence

from django.db import connection

from upstander.models import Person


def lock_person(person_id: str) -> Person:
    """The person's row, locked until the transaction ends (on SQLite the write lock is already held).

    Call it first thing inside `transaction.atomic()`.
    """
    return Person.objects.select_for_update().get(pk=person_id)


def lock_people(person_ids: Sequence[str]) -> None:
    """Locks many people in the order of their ids, so that two who lock the same people never wait for each other.

    Call it inside `transaction.atomic()`, before reading what will be decided on.
    """
    if not person_ids or not connection.features.has_select_for_update:
        return  # on SQLite the transaction has held the write lock since it began
    between = Person.objects.filter(pk__gte=min(person_ids), pk__lte=max(person_ids))
    rows = between if len(person_ids) > 500 else between.filter(pk__in=person_ids)
    for _ in rows.order_by("pk").select_for_update().values_list("pk", flat=True).iterator():
        pass


def locked_people(person_ids: Collection[str]) -> dict[str, Person]:
    """The people by id, locked in the order of their ids as by `lock_people`, read under the lock; one query."""
    rows = Person.objects.filter(pk__in=list(person_ids)).order_by("pk").select_for_update()
    return {row.pk: row for row in rows}


def lock_places() -> None:
    """Lets one transaction at a time compare the places of arrangements; until it ends, after the locks of people."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('upstander-places'))")
