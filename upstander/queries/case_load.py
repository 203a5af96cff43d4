"""How much the office has to answer of each kind, how long it takes, and whether it keeps what it promises."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from upstander.core.days import Moment
from upstander.core.requests import KINDS, MOVES, NONE, OFFICER, OPEN, answer_by
from upstander.core.working_days import working_days_between
from upstander.models import Case
from upstander.queries.cases import ANSWERED_WITHIN_DAYS, OF_OFFICE, OPENED_IF_OPEN

#: The steps by which the office first answers somebody.
ANSWERS = tuple(name for name, move in MOVES.items() if move.by == OFFICER and move.for_person and move.text != NONE)


@dataclass(frozen=True, slots=True)
class KindLoad:
    """What waits of one kind, since when; the working days that are promised; and how the last 90 days went.

    `answer_days` are the working days to the first answer, the middle one of those opened lately (None: no answer
    yet); `kept` and `missed` count those answered by the promised day, and later or not yet.
    """

    kind: str
    open: int
    oldest_on: date | None
    promised_days: int | None
    answer_days: float | None
    kept: int
    missed: int


def load_by_kind(cases: QuerySet[Case], moment: Moment, closed_days: Collection[date] = ()) -> list[KindLoad]:
    """One line a kind of which there is a case, in the order of the kinds; two queries."""
    bare, since = cases.order_by(), moment.at - timedelta(days=ANSWERED_WITHIN_DAYS)
    rows = bare.values_list("kind").annotate(number=Count("pk", filter=Q(state=OPEN)), oldest=Min(OPENED_IF_OPEN))
    answered = Min("entries__at", filter=Q(entries__move__in=(*ANSWERS, "granted", "session-set")))
    lately = bare.filter(opened_at__gt=since).annotate(first=answered)
    took: dict[str, list[int]] = defaultdict(list)
    held: dict[str, list[bool]] = defaultdict(list)
    for kind, owner, state, opened_at, first in lately.values_list("kind", "owner", "state", "opened_at", "first"):
        opened = _day(opened_at)
        if first is not None:
            took[kind].append(max(working_days_between(opened, _day(first), closed_days), 0))
        by = answer_by(kind, owner, opened, closed_days)
        until = _day(first) if first is not None else moment.day if state == OPEN else None
        if by is not None and until is not None and (first is not None or until > by):
            held[kind].append(until <= by)
    found = {
        kind: KindLoad(
            kind=kind,
            open=number,
            oldest_on=oldest and _day(oldest),
            promised_days=min(KINDS[kind].promised.values(), default=None),
            answer_days=median(took[kind]) if took[kind] else None,
            kept=sum(held[kind]),
            missed=len(held[kind]) - sum(held[kind]),
        )
        for kind, number, oldest in rows
    }
    return [found[kind] for kind in OF_OFFICE if kind in found]


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date()
