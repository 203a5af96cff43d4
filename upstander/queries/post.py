"""What came back by mail, as sets and counts: addresses to which nothing goes, and messages that nobody has read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from upstander.core.notices import address_digest
from upstander.core.post import TO_LOOK_AT
from upstander.core.requests import MOVES, OFFICER
from upstander.models import AuditLine, Case, CaseEntry, FailingAddress, MailReport, Notice, Person, Standing, Unit

#: The condition on a failing address that nothing goes to it: no officer has released it since it failed.
SUPPRESSED = Q(suppressed_at__isnull=False, released_at=None)
#: The audit's words about the mailbox: the last one tells how it stands.
MAILBOX, MAILBOX_FAILED, MAILBOX_READ = "mailbox", "mailbox-failed", "mailbox-read"
_OF_OFFICERS = [name for name, move in MOVES.items() if move.by == OFFICER]
_COLUMNS = (
    "pk", "person_id", "person__preferred_name", "person__legal_first_name", "person__legal_last_name",
    "person__email", "address_digest", "reason", "suppressed_at", "unit",
)  # fmt: skip


def failing_of(person: Person) -> FailingAddress | None:
    """The failing address of the person if it is the one on the roster now; one query."""
    rows = FailingAddress.objects.filter(SUPPRESSED, person=person, address_digest=address_digest(person.email))
    return rows.first() if person.email else None


@dataclass(frozen=True, slots=True)
class MailboxTrouble:
    """The mailbox cannot be read: since when, and why (`core.post.MAILBOX_TROUBLES`)."""

    since: datetime
    why: str


def mailbox_trouble() -> MailboxTrouble | None:
    """What keeps the mailbox from being read, as of the last time that it was tried; one query."""
    last = AuditLine.objects.filter(subject=MAILBOX).order_by("pk").last()
    if last is None or last.verb != MAILBOX_FAILED:
        return None
    return MailboxTrouble(datetime.fromisoformat(last.data["since"]), last.data["why"])


@dataclass(frozen=True, slots=True)
class FailingRow:
    """One person whose address on the roster takes no letters: who (preferred, first, last name), where, why."""

    pk: int
    person_id: str
    names: tuple[str, str, str]
    unit: str
    unit_name: str
    address: str
    reason: str
    since: datetime


def failing_rows(among: QuerySet[FailingAddress]) -> list[FailingRow]:
    """Those of these whose address is the roster's now, by name; two queries. A new address has started clean."""
    units = dict(Unit.objects.order_by().values_list("id", "name"))
    of_standing = Standing.objects.filter(person_id=OuterRef("person_id")).exclude(unit_id="").order_by("-id")
    found = among.annotate(unit=Subquery(of_standing.values("unit_id")[:1])).order_by().values_list(*_COLUMNS)
    rows = [
        FailingRow(
            pk, person_id, (preferred, first, last), unit or "", units.get(unit, ""), email, reason, since
        )
        for pk, person_id, preferred, first, last, email, digest, reason, since, unit in found.iterator(5_000)
        if email and address_digest(email) == digest
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.names[2], row.names[1], row.person_id))


def counted_since(since: datetime) -> dict[str, int]:
    """How many messages of each kind came since; one query."""
    rows = MailReport.objects.filter(received_at__gt=since).order_by()
    return dict(rows.values_list("kind").annotate(number=Count("pk")))


def not_looked_at(cases: QuerySet[Case]) -> list[MailReport]:
    """Replies by mail to these cases which wait for an officer: none has made a step in the case since."""
    since = CaseEntry.objects.filter(
        case_id=OuterRef("case_id"), at__gt=OuterRef("received_at"), move__in=_OF_OFFICERS
    ).exclude(actor="upstander")
    held = MailReport.objects.filter(kind__in=TO_LOOK_AT, case__in=cases.order_by().values("pk"))
    return list(held.filter(~Exists(since)).select_related("case").order_by("-received_at")[:200])


def not_sent_since(row: FailingAddress) -> int:
    """How many letters to the person were not sent because of it."""
    stopped = Notice.objects.filter(person_id=row.person_id, not_sent_reason="suppressed-address")
    return stopped.filter(planned_at__gte=row.suppressed_at).count()


def counts_of(values: Iterable[str]) -> dict[str, int]:
    """How often each value stands there, the values in their order."""
    counted: dict[str, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return dict(sorted(counted.items()))
