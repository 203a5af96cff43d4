"""What this database is: a demo's or an institution's. The two never mix."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Installation, Notice, Person

#: How long the crowd of a new demo waits for its messages.
CROWD_WAITS = timedelta(seconds=90)


def is_demo() -> bool:
    """Whether this database was marked as a demo's."""
    return Installation.objects.filter(is_demo=True).exists()


@transaction.atomic
def mark_demo(moment: Moment) -> bool:
    """Marks an empty database as a demo's; false where it was marked before. Refuses with `not-a-demo`."""
    if is_demo():
        return False
    if Installation.objects.exists() or Person.objects.exists():
        raise Refusal("not-a-demo")
    Installation.objects.create(is_demo=True, made_at=moment.at)
    return True


@transaction.atomic
def offer_at_the_door(people: list[dict]) -> None:
    """Lists the demo's people, `{"key", "person_id"}` each, whom a visitor may sign in as."""
    Installation.objects.filter(is_demo=True).update(demo_people=people)


def write_to_first(person_ids: Sequence[str], moment: Moment) -> int:
    """Puts off every planned message to anybody else, so that those at the demo's door find theirs at once."""
    others = Notice.objects.filter(state="planned", retry_at=None).exclude(person_id__in=person_ids)
    return others.update(retry_at=moment.at + CROWD_WAITS)
