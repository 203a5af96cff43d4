"""Letting a message go once more of which nobody knows whether it arrived; by hand, one by one, on record (law 4)."""

from uuid import UUID, uuid4

from django.db import transaction

from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.notices import AGAIN
from upstander.models import AuditLine, Notice

UNKNOWN = "unknown"
#: What the second message shares with the first: to whom it goes and what it is about.
KEPT = (
    "kind", "person_id", "programme_id", "cycle", "about_id", "case_id", "seat_id", "arrangement_id", "completion_id",
)  # fmt: skip


@transaction.atomic
def send_again(notice_id: UUID, moment: Moment, by: str) -> Notice:
    """Plans the same message anew, with a key of its own; it is decided again like any other before it goes.

    The first one stays as it is. Refusals: `notice-not-unknown` {state}, `sent-again-already` {notice}.
    """
    lock_person(Notice.objects.values_list("person_id", flat=True).get(pk=notice_id))
    first = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    if first.state != UNKNOWN:
        raise Refusal("notice-not-unknown", {"state": first.state})
    key = f"{AGAIN}{first.dedupe_key}"
    there = Notice.objects.filter(dedupe_key=key).first()
    if there is not None:
        raise Refusal("sent-again-already", {"notice": str(there.pk)})
    kept = {name: getattr(first, name) for name in KEPT}
    again = Notice.objects.create(id=uuid4(), dedupe_key=key, planned_for_on=moment.day, planned_at=moment.at, **kept)
    AuditLine.objects.create(
        at=moment.at, actor=by, verb="notice-sent-again", subject=f"notice:{first.pk}", data={"as": str(again.pk)}
    )
    return again
