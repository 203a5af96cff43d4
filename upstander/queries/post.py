"""What came back by mail, as sets and counts: addresses to which nothing goes, and messages that nobody has read."""

from datetime import datetime

from django.db.models import Count, Q

from upstander.core.notices import address_digest
from upstander.models import FailingAddress, MailReport, Person

#: The condition on a failing address that nothing goes to it: no officer has released it since it failed.
SUPPRESSED = Q(suppressed_at__isnull=False, released_at=None)


def failing_of(person: Person) -> FailingAddress | None:
    """The failing address of the person if it is the one on the roster now; one query."""
    rows = FailingAddress.objects.filter(SUPPRESSED, person=person, address_digest=address_digest(person.email))
    return rows.first() if person.email else None


def counted_since(since: datetime) -> dict[str, int]:
    """How many messages of each kind came since; one query."""
    rows = MailReport.objects.filter(received_at__gt=since).order_by()
    return dict(rows.values_list("kind").annotate(number=Count("pk")))
