"""Several notices in one letter: a person's of several programmes in a digest, a reader's of several people in one.

Each is decided by itself in the claim; what still holds is carried by one new row, which has the code and the words.
Where the mail system asks to try again later, the letter is taken apart, and everything in it is decided anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from upstander.core.days import Moment
from upstander.core.notices import ASKING, DIGEST, OVERDUE_OTHERS
from upstander.core.programme import Programme
from upstander.models import Notice, Person, Standing

#: So many notices about others are claimed in one transaction. A letter is never divided: of one reader all of them are
#: claimed, however many; of further readers as long as there is room, and theirs go in the next batch.
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Carried:
    """One notice in a letter of several: the person whose duty it is, the duty, its programme's rules."""

    notice: Notice
    person: Person
    standing: Standing
    rules: Programme


def with_companions(ids: Sequence[UUID], waiting: QuerySet[Notice]) -> list[UUID]:
    """The ids, and those of everything that waits now and goes in one letter with one of them; two queries.

    Of a person's own duties that is what asks for another programme's; of others' duties, everything for the reader.
    Left out are ids of letters about others for which there is no room beside those of the readers before them.
    """
    asked = Notice.objects.filter(pk__in=ids, kind__in=(*ASKING, OVERDUE_OTHERS)).order_by()
    own: set[tuple[str, str]] = set()
    of_reader: dict[str, list[UUID]] = defaultdict(list)
    for pk, kind, person_id, programme in asked.values_list("pk", "kind", "person_id", "programme_id"):
        if kind == OVERDUE_OTHERS:
            of_reader[person_id].append(pk)
        else:
            own.add((person_id, programme))
    if not own and not of_reader:
        return list(ids)
    alike = Q(kind__in=ASKING, person_id__in={person for person, _ in own})
    alike |= Q(kind=OVERDUE_OTHERS, person_id__in=of_reader)
    found = waiting.filter(alike).exclude(pk__in=ids).order_by("planned_for_on", "pk")
    companions = []
    for pk, kind, *place in found.values_list("pk", "kind", "person_id", "programme_id"):
        if kind == OVERDUE_OTHERS:
            of_reader[place[0]].append(pk)
        elif tuple(place) not in own:
            companions.append(pk)
    taken, later = _with_room(of_reader)
    return [*(pk for pk in ids if pk not in later), *companions, *(pk for pk in taken if pk not in ids)]


def _with_room(of_reader: dict[str, list[UUID]]) -> tuple[list[UUID], set[UUID]]:
    """What is claimed now of letters about others, reader by reader, and what is left for another time."""
    taken: list[UUID] = []
    later: set[UUID] = set()
    for rows in of_reader.values():
        if taken and len(taken) + len(rows) > AT_ONCE:
            later.update(rows)
        else:
            taken += rows
    return taken, later


def together(going: Iterable[Carried]) -> tuple[list[Carried], list[list[Carried]]]:
    """What goes by itself, and what goes in one letter: several programmes' to one person, everything about others."""
    own: dict[str, list[Carried]] = defaultdict(list)
    others: dict[str, list[Carried]] = defaultdict(list)
    alone: list[Carried] = []
    for each in going:
        if each.notice.kind == OVERDUE_OTHERS:
            others[each.notice.person_id].append(each)
        elif each.notice.kind in ASKING:
            own[each.notice.person_id].append(each)
        else:
            alone.append(each)
    letters = list(others.values())
    for of_person in own.values():
        if len({each.notice.programme_id for each in of_person}) > 1:
            letters.append(of_person)
        else:
            alone += of_person
    return alone, letters


def carrier(letter: Sequence[Carried], moment: Moment) -> Notice:
    """The row of the letter that carries these; it is about no one duty. Not written yet."""
    first = letter[0].notice
    programmes = {each.notice.programme_id for each in letter}
    kind = OVERDUE_OTHERS if first.kind == OVERDUE_OTHERS else DIGEST
    row = Notice(
        kind=kind,
        person_id=first.person_id,
        programme=first.programme if len(programmes) == 1 else None,
        planned_for_on=moment.day,
        planned_at=moment.at,
        state="planned",
    )
    row.dedupe_key = f"{kind}:{first.person_id}:letter:{row.pk}"
    return row


def carry(letter: Sequence[Carried], row: Notice) -> None:
    """Everything in the letter shares the fate of its row: claimed, or failed where it could not be written."""
    for each in letter:
        notice = each.notice
        notice.state, notice.not_sent_reason = row.state, row.not_sent_reason
        notice.claimed_at, notice.retry_at, notice.went_with = row.claimed_at, None, row
        notice.language, notice.address, notice.state_at_dispatch = row.language, row.address, each.standing.state


def carried_by(ids: Collection[UUID]) -> list[Notice]:
    """What these letters carry, locked, also where their claim was given up; the locks of their people are held."""
    carried = Notice.objects.filter(went_with_id__in=list(ids), state__in=("claimed", "unknown"))
    rows = carried.select_for_update(of=("self",))
    return list(rows.order_by("pk"))


def taken_apart(row: Notice) -> None:
    """A letter that could not be handed over yet: what it carried is decided again and goes in another."""
    row.state, row.not_sent_reason, row.retry_at = "not-sent", "taken-apart", None
