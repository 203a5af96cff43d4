"""Letting a message go once more that failed, or of whose fate nobody knows; by hand, one by one, on record (law 4)."""

from uuid import UUID, uuid4

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.notices import AGAIN
from upstander.models import AuditLine, Notice, Person
from upstander.queries.post import failing_of

UNKNOWN, FAILED = "unknown", "failed"
#: The failures after which somebody may have mended what was in the way.
MENDABLE = frozenset({"relay-refused", "relay-unreachable", "not-written"})
#: What the second message shares with the first: to whom it goes and what it is about.
KEPT = (
    "kind", "person_id", "programme_id", "cycle", "about_id", "case_id", "seat_id", "arrangement_id", "completion_id",
)  # fmt: skip


@transaction.atomic
def send_again(notice_id: UUID, moment: Moment, by: str) -> Notice:
    """Plans the same message anew, with a key and tries of its own; it is decided again like any other before it goes.

    The first one stays as it is. Of a letter that carried several, each is planned anew by itself: the letter has no
    duty of its own to decide about. Refusals: `notice-not-open` {state}, `sent-again-already` {notice},
    `address-suppressed` {failing} where nothing goes to the address until an officer releases it.
    """
    lock_person(Notice.objects.values_list("person_id", flat=True).get(pk=notice_id))
    first = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if not is_open(first):
        raise Refusal("notice-not-open", {"state": first.state})
    failing = failing_of(Person.objects.get(pk=first.person_id))
    if failing is not None:
        raise Refusal("address-suppressed", {"failing": failing.pk})
    carried = Notice.objects.select_for_update(of=("self",)).filter(went_with=first, state=first.state)
    meant = list(carried.order_by("pk")) or [first]
    there = Notice.objects.filter(dedupe_key__in=[_key(one) for one in meant])
    known = dict(there.values_list("dedupe_key", "pk"))
    again = [_once_more(one, moment, by) for one in meant if _key(one) not in known]
    if not again:
        raise Refusal("sent-again-already", {"notice": str(known[_key(meant[0])])})
    return again[0]


def is_open(notice: Notice) -> bool:
    """Whether it may be let go once more: its fate is unknown, or it failed for something that can be mended."""
    return notice.state == UNKNOWN or (notice.state == FAILED and notice.not_sent_reason in MENDABLE)


def _key(first: Notice) -> str:
    return f"{AGAIN}{first.dedupe_key}"


def _once_more(first: Notice, moment: Moment, by: str) -> Notice:
    kept = {name: getattr(first, name) for name in KEPT}
    again = Notice.objects.create(
        id=uuid4(), dedupe_key=_key(first), planned_for_on=moment.day, planned_at=moment.at, **kept
    )
    AuditLine.objects.create(
        at=moment.at, actor=by, verb="notice-sent-again", subject=f"notice:{first.pk}", data={"as": str(again.pk)}
    )
    return again
