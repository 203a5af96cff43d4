"""Cases as lists and figures: a person's own, the office's queue, and for whom reminders rest."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from django.db.models import Case as Switch
from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from upstander.core.requests import (
    ACCEPTED,
    ASKED,
    CONTENT_QUESTION,
    KINDS,
    LANGUAGE,
    OPEN,
    UNSETTLED,
)
from upstander.models import AdjustmentRecord, Case, CaseEntry

#: Kinds that a person asks for themself and sees among their requests.
OF_PERSON = tuple(key for key, kind in KINDS.items() if kind.of_person)
#: Those of them that officers handle.
OF_OFFICE = tuple(key for key in OF_PERSON if not KINDS[key].confidential)
ANSWERED_WITHIN_DAYS = 90


def resting(person_ids: Collection[str]) -> set[tuple[str, str]]:
    """Of these people those for whom the reminders of a programme rest: (person_id, programme); one query.

    Those who asked for something in confidence are not among them: see `put_off`.
    """
    return _resting(person_ids, confidential=False)


def put_off(person_ids: Collection[str]) -> set[tuple[str, str]]:
    """Of these people those whose reminders of a programme rest in confidence: for the gate and for themselves only.

    Lists, figures, rehearsals and plans read as if there were none; the claim alone puts the message off (row B15).
    """
    return _resting(person_ids, confidential=True)


def _resting(person_ids: Collection[str], confidential: bool) -> set[tuple[str, str]]:
    cases = Case.objects.filter(person_id__in=person_ids, rests_reminders=True, confidential=confidential)
    return set(cases.exclude(programme=None).order_by().values_list("person_id", "programme_id"))


def is_disputed() -> Exists:
    """The condition on standings or notices for whose person and programme reminders rest, as others may know."""
    about = {"person_id": OuterRef("person_id"), "programme_id": OuterRef("programme_id")}
    return Exists(Case.objects.filter(**about, rests_reminders=True, confidential=False).order_by())


def unsettled_of(person_id: str) -> list[Case]:
    """The person's own unsettled requests, oldest first, those in confidence too; one query."""
    cases = Case.objects.filter(person_id=person_id, kind__in=OF_PERSON, state__in=UNSETTLED)
    return list(cases.order_by("opened_at", "id"))


def resting_by_programme(cases: Iterable[Case]) -> dict[str, Case]:
    """Of these cases the one for which the reminders of each programme rest, the first of several."""
    resting_ones = [case for case in cases if case.rests_reminders and case.programme_id]
    return {case.programme_id: case for case in reversed(resting_ones)}


def own_cases(person_id: str) -> QuerySet[Case]:
    """What a person has asked, unsettled ones first, then the newest."""
    settled = Switch(When(state__in=UNSETTLED, then=Value(0)), default=Value(1), output_field=IntegerField())
    cases = Case.objects.filter(person_id=person_id, kind__in=OF_PERSON)
    return cases.annotate(is_settled=settled).order_by("is_settled", "-opened_at", "id")


def thread_of(case: Case, as_person: bool) -> list[CaseEntry]:
    """The steps of a case in their order; the person sees what is for them."""
    entries = CaseEntry.objects.filter(case=case).order_by("at", "id")
    return list(entries.filter(for_person=True) if as_person else entries)


def decline_count(case: Case) -> int:
    """How often the claim of this case has been declined, in this case or in earlier ones about the same fact."""
    return CaseEntry.objects.filter(case__in=about_the_same(case), move="decline").count()


def about_the_same(case: Case) -> list[Case]:
    """Every case of the same person about the same fact in the same programme, this one included."""
    if "fact" not in KINDS[case.kind].fields:
        return [case]
    alike = Case.objects.filter(person_id=case.person_id, programme_id=case.programme_id, kind=case.kind)
    return [one for one in alike.order_by("opened_at", "id") if same_fact(one.asked, case.asked)]


def same_fact(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(one.get(name, "") == other.get(name, "") for name in ("fact", "about"))


def handled_by(person_id: str, programmes: Iterable[str], courses: Iterable[str] = ()) -> QuerySet[Case]:
    """The cases of these programmes, and the questions about these courses, that this officer handles.

    Not their own, none held in confidence.
    """
    mine = Q(programme_id__in=list(programmes)) | Q(kind=CONTENT_QUESTION, asked__course__in=list(courses))
    cases = Case.objects.filter(mine, kind__in=OF_PERSON, confidential=False)
    return cases.exclude(person_id=person_id).select_related("person")


def queue(cases: QuerySet[Case], day: date) -> QuerySet[Case]:
    """Overdue answers first, then by the day promised, then what waits for others, then what is settled."""
    place = Switch(
        When(state=OPEN, answer_by_on__lt=day, then=Value(0)),
        When(state=OPEN, then=Value(1)),
        When(state=ACCEPTED, then=Value(2)),
        When(state=ASKED, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return cases.annotate(place=place).order_by("place", F("answer_by_on").asc(nulls_last=True), "opened_at", "id")


def overdue(day: date) -> Q:
    return Q(state=OPEN, answer_by_on__lt=day)


@dataclass(frozen=True, slots=True)
class Load:
    """What waits, for whom, how long, and how long answers took lately (days; None where there was none)."""

    open: int
    overdue: int
    asked: int
    accepted: int
    opened_lately: int
    settled_lately: int
    oldest_on: date | None
    answer_days: float | None
    ages: tuple[int, ...]


OPENED_IF_OPEN = Switch(When(state=OPEN, then=F("opened_at")), output_field=DateTimeField())
#: The last day (age in days) of each step of ageing; the last step has no end.
AGES = (2, 7, 14)


def load_of(cases: QuerySet[Case], day: date, at: object) -> Load:
    """The figures above the queue, in four queries."""
    bare = cases.order_by()
    counts = dict(bare.values_list("state").annotate(number=Count("pk")))
    waiting = [opened.date() for opened in bare.filter(state=OPEN).values_list("opened_at", flat=True)]
    since = at - timedelta(days=ANSWERED_WITHIN_DAYS)
    settled = list(bare.filter(settled_at__gt=since).values_list("opened_at", "settled_at"))
    ages = [max((day - opened).days, 0) for opened in waiting]
    return Load(
        open=counts.get(OPEN, 0),
        overdue=bare.filter(overdue(day)).count(),
        asked=counts.get(ASKED, 0),
        accepted=counts.get(ACCEPTED, 0),
        opened_lately=bare.filter(opened_at__gt=since).count(),
        settled_lately=len(settled),
        oldest_on=min(waiting, default=None),
        answer_days=median((end - begin).total_seconds() / 86_400 for begin, end in settled) if settled else None,
        ages=tuple(sum(1 for age in ages if low < age <= high) for low, high in _steps()),
    )


def languages_asked(cases: QuerySet[Case]) -> list[tuple[str, int]]:
    """How often each language has been asked for, the most wanted first (row A15); one query."""
    named = cases.filter(kind=LANGUAGE).order_by().values_list("asked__which", flat=True)
    counted = Counter(" ".join(name.split()).capitalize() for name in named if name)
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _steps() -> list[tuple[float, float]]:
    edges = [-1, *AGES, float("inf")]
    return list(pairwise(edges))


def of_age(cases: QuerySet[Case], step: int, at: object) -> QuerySet[Case]:
    """Those of one step of ageing, by number; all where there is no such step."""
    if not 0 <= step <= len(AGES):
        return cases
    low, high = _steps()[step]
    younger = cases.filter(opened_at__gt=at - timedelta(days=high + 1)) if high != float("inf") else cases
    return younger.filter(opened_at__lte=at - timedelta(days=low + 1))


def told_to_units(unit_ids: Collection[str] | None, person_id: str) -> QuerySet[Case]:
    """Unsettled cases of which the administrators of these units (None: of all) are told; never the viewer's own."""
    told = Q(pk=None)
    for key, kind in KINDS.items():
        told |= Q(kind=key, owner__in=kind.told_units)
    cases = Case.objects.filter(told, state__in=UNSETTLED, confidential=False).exclude(unit_id="")
    cases = cases if unit_ids is None else cases.filter(unit_id__in=unit_ids)
    return cases.exclude(person_id=person_id).select_related("person").order_by("opened_at", "id")


def adjustments_of(person_id: str, programme: str) -> list[AdjustmentRecord]:
    """Every adjustment of a person in a programme, those in force first, then the newest."""
    rows = AdjustmentRecord.objects.filter(person_id=person_id, programme_id=programme).select_related("case")
    return sorted(rows, key=lambda row: (row.ended_at is not None, -row.recorded_at.timestamp()))
