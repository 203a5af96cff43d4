"""Working out how the items of a course behave, at night, from first attempts; nothing about anybody is kept."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from upstander.core.bank import Item
from upstander.core.days import Moment
from upstander.core.item_figures import item_figures
from upstander.core.suppression import K
from upstander.models import Attempt, ItemFigures

#: The bank of one edition; None where the course is no longer there.
BankOf = Callable[[str, str], Mapping[str, Item] | None]


def refresh(bank_of: BankOf, moment: Moment) -> int:
    """Makes the figures anew of every edition that at least K people have attempted since the last time.

    An item's figure is replaced only when at least K more (or fewer) people stand in it: less would stand out between
    two versions of the same figure. How many figures were made.
    """
    written = 0
    editions = _first_attempts().exclude(edition="").values_list("enrolment__course_key", "edition")
    for course_key, edition in list(editions.order_by().distinct()):
        bank = bank_of(course_key, edition) if _enough_new(course_key, edition) else None
        if bank is not None:
            written += _write(course_key, edition, bank, moment)
    return written


def _first_attempts() -> QuerySet[Attempt]:
    return Attempt.objects.filter(number=1).exclude(submitted_at=None)


def _of_edition(course_key: str, edition: str) -> QuerySet[Attempt]:
    return _first_attempts().filter(enrolment__course_key=course_key, edition=edition)


def _enough_new(course_key: str, edition: str) -> bool:
    """Attempts of the night of the last figures itself are left out: some of them may stand in these already."""
    last = ItemFigures.objects.filter(course_key=course_key, edition=edition).aggregate(on=Max("made_on"))["on"]
    attempts = _of_edition(course_key, edition)
    if last is None:
        return attempts.count() >= 2 * K
    return attempts.filter(submitted_at__date__gt=last).count() >= K


@transaction.atomic
def _write(course_key: str, edition: str, bank: Mapping[str, Item], moment: Moment) -> int:
    known = ItemFigures.objects.filter(course_key=course_key, edition=edition)
    before = dict(known.values_list("item", "counted"))
    found = item_figures(bank, _responses(course_key, edition), K).values()
    changed = [one for one in found if one.item not in before or abs(one.counted - before[one.item]) >= K]
    for figure in changed:
        ItemFigures.objects.update_or_create(
            course_key=course_key,
            edition=edition,
            item=figure.item,
            defaults={
                "counted": figure.counted,
                "facility": figure.facility,
                "discrimination": figure.discrimination,
                "options": dict(figure.parts),
                "made_on": moment.day,
            },
        )
    return len(changed)


def _responses(course_key: str, edition: str) -> Iterator[tuple[list[str], dict[str, Any]]]:
    attempts = _of_edition(course_key, edition).order_by().values_list("form", "answers")
    for form, answers in attempts.iterator(chunk_size=1_000):
        yield [row["item"] for row in form], answers
