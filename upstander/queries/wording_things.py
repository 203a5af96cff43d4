"""What a letter of each kind can be about, among what an officer may see: for looking at it with real facts.

Nothing that is held in confidence is among it, by whatever relation it hangs together with it: whoever has only that
looks like whoever has nothing. An officer's own requests and arrangements are not theirs to handle, and so not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, Replace

from upstander.core import arrangement_letters as arranging
from upstander.core import session_letters as seating
from upstander.core.arrangements import CANCELLED, PLANNED
from upstander.core.case_letters import ANSWERS, CASE_ANSWERED, FROM_PERSON, TOLD_APART
from upstander.core.days import Moment
from upstander.core.facts import CHANGES_ONLY
from upstander.core.in_person import BOOKED, OPEN
from upstander.core.in_person import CANCELLED as NOT_HELD
from upstander.core.notices import CERTIFICATE
from upstander.core.programme import Programme
from upstander.models import Arrangement, Case, CaseEntry, Completion, Notice, SessionSeat, Standing
from upstander.queries.cases import handled_by
from upstander.queries.messages import shown


@dataclass(frozen=True, slots=True)
class Scope:
    """An officer who looks, the programmes of theirs from which the facts may come, and the moment."""

    viewer: str
    programmes: tuple[Programme, ...]
    moment: Moment

    @property
    def keys(self) -> list[str]:
        return [rules.key for rules in self.programmes]

    @property
    def courses(self) -> set[str]:
        return {course for rules in self.programmes for course in rules.course_keys}


@dataclass(frozen=True, slots=True)
class Source:
    """What a kind of letter is about.

    `field` is the relation of a notice that leads to it, `every` are those that the officer may see, `now` those of
    them from which such a letter would be planned now, the newest first; `readers` are the columns of who gets it.
    """

    field: str
    every: Callable[[Scope], QuerySet]
    now: Callable[[Scope], QuerySet]
    readers: tuple[str, ...] = ("person_id",)


def letters_of(kind: str, scope: Scope) -> QuerySet[Notice]:
    """The letters of this kind that the officer may know of, the newest first; those that did not go are none."""
    found = shown(Notice.objects.filter(kind=kind, about=None, person__vanished_on=None)).exclude(state="not-sent")
    found = found.order_by("-planned_at", "-pk")
    source = SOURCES.get(kind)
    if source is None:
        return found.filter(programme_id__in=scope.keys)
    return found.filter(**{f"{source.field}__in": source.every(scope).order_by().values("pk")})


def readers_in(thing: Model, source: Source) -> list[str]:
    """Who gets a letter about this."""
    return [reader for column in source.readers if (reader := getattr(thing, column))]


def _cases(scope: Scope) -> QuerySet[Case]:
    return handled_by(scope.viewer, scope.keys, scope.courses).filter(confidential=False)


def _answered(scope: Scope) -> QuerySet[Case]:
    """Those in which the office said the last thing, and did not say it in a letter of its own."""
    said = CaseEntry.objects.filter(case=OuterRef("pk"), move__in=ANSWERS | FROM_PERSON).order_by("-at", "-pk")
    found = _cases(scope).alias(
        last=Subquery(said.values("move")[:1]), of=Subquery(said.annotate(of=KT("data__kind")).values("of")[:1])
    )
    told_here = Q(of=None) | ~Q(of__in=TOLD_APART)
    return found.filter(told_here, last__in=ANSWERS).order_by("-opened_at", "-pk")


def _completions(scope: Scope) -> QuerySet[Completion]:
    done = Completion.objects.filter(course_key__in=scope.courses, retracted_at=None, certificate__isnull=False)
    return done.exclude(source=CHANGES_ONLY)


def _beyond_duty(scope: Scope) -> QuerySet[Completion]:
    """Those that settled no duty; a reference is stored with or without its dashes, as the database has it."""
    bare = partial(Replace, text=Value("-"), replacement=Value(""))
    settled = Standing.objects.filter(person_id=OuterRef("person_id")).alias(ref=bare("satisfied_ref"))
    found = _completions(scope).alias(own_ref=bare(Cast("pk", CharField(max_length=40))))
    return found.filter(~Exists(settled.filter(ref=OuterRef("own_ref")))).order_by("-recorded_at", "-pk")


def _seats(scope: Scope) -> QuerySet[SessionSeat]:
    return SessionSeat.objects.select_related("session").exclude(session__case__confidential=True)


def _seats_now(kind: str) -> Callable[[Scope], QuerySet[SessionSeat]]:
    def now(scope: Scope) -> QuerySet[SessionSeat]:
        ahead = Q(session__state=OPEN, session__starts_at__gt=scope.moment.at)
        given = ~Q(changed_by=Concat(Value("person:"), F("person_id")))
        wanted = {
            seating.REMINDER: ahead & Q(state=BOOKED),
            seating.CHANGED: ahead & Q(state__in=seating.HOLDING, session__sequence__gt=0),
            seating.SEAT: ahead & Q(state=BOOKED) & given,
            seating.CALLED_OFF: Q(session__state=NOT_HELD, state__in=seating.HOLDING),
        }[kind]
        return _seats(scope).filter(wanted).order_by("-changed_at", "-pk")

    return now


def _arrangements(scope: Scope) -> QuerySet[Arrangement]:
    found = Arrangement.objects.filter(programme_id__in=scope.keys).exclude(person_id=scope.viewer)
    return found.exclude(case__confidential=True)


def _arrangements_now(kind: str) -> Callable[[Scope], QuerySet[Arrangement]]:
    def now(scope: Scope) -> QuerySet[Arrangement]:
        ahead = Q(state=PLANNED, starts_at__gt=scope.moment.at)
        planned = ahead | Q(state=PLANNED, starts_at=None)
        wanted = {
            arranging.MADE: planned,
            arranging.CHANGED: planned & Q(sequence__gt=0),
            arranging.REMINDER: ahead,
            arranging.CALLED_OFF: Q(state=CANCELLED),
        }[kind]
        return _arrangements(scope).filter(wanted).order_by("-made_at", "-pk")

    return now


_BOTH = ("person_id", "facilitator_id")
#: kind -> what it is about. Kinds about a duty, a draft or others are looked up by themselves.
SOURCES: dict[str, Source] = {
    CASE_ANSWERED: Source("case", _cases, _answered),
    CERTIFICATE: Source("completion", _completions, _beyond_duty),
    **{
        kind: Source("seat", _seats, _seats_now(kind))
        for kind in (seating.REMINDER, seating.CHANGED, seating.SEAT, seating.CALLED_OFF)
    },
    **{
        kind: Source("arrangement", _arrangements, _arrangements_now(kind), _BOTH)
        for kind in (arranging.MADE, arranging.CHANGED, arranging.REMINDER, arranging.CALLED_OFF)
    },
}
