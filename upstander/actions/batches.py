"""In which order waiting notices are sent: in small batches, each sender at a place of its own."""

import random
from uuid import UUID

from django.db.models import QuerySet

from upstander.core.notices import OVERDUE_OTHERS
from upstander.models import Notice

#: So many are claimed in one transaction: few enough that nobody waits long for a lock, and that a relay which lets
#: every one of them run into its time limit is through before the claims count as lost.
BATCH = 25
#: So many times as many are looked at as are sent: two senders seldom take the same batch, and wait for its locks.
CHOICE = 10


def batches(waiting: QuerySet[Notice], at_most: int) -> list[list[UUID]]:
    """The ids of up to `at_most` of the oldest in batches in which no person stands twice; one query.

    So the second message to somebody knows of the first. Which of those that wait longest come first is chance, by the
    batch: a sender that took single ones would meet another in every batch of it.
    """
    oldest = waiting.order_by("planned_for_on", "pk").values_list("pk", "person_id", "kind")[: at_most * CHOICE]
    rows = list({(person, kind == OVERDUE_OTHERS or pk): (pk, person) for pk, person, kind in oldest}.values())
    found = _apart(rows)
    random.shuffle(found)
    return _first(found, at_most)


def _apart(rows: list[tuple[UUID, str]]) -> list[list[UUID]]:
    made: list[tuple[list[UUID], set[str]]] = [([], set())]
    for notice_id, person_id in rows:
        ids, people = made[-1]
        if len(ids) == BATCH or person_id in people:
            ids, people = [], set()
            made.append((ids, people))
        ids.append(notice_id)
        people.add(person_id)
    return [ids for ids, _ in made if ids]


def _first(found: list[list[UUID]], at_most: int) -> list[list[UUID]]:
    taken: list[list[UUID]] = []
    for ids in found:
        some = ids[: at_most - sum(map(len, taken))]
        if not some:
            break
        taken.append(some)
    return taken
