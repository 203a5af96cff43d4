"""The lock of one person: completing and claiming a notice take the same one (law 4)."""

from upstander.models import Person


def lock_person(person_id: str) -> Person:
    """The person's row, locked until the transaction ends (on SQLite the write lock is already held).

    Call it first thing inside `transaction.atomic()`.
    """
    return Person.objects.select_for_update().get(pk=person_id)
