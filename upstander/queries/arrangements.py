"""What the office has arranged for people: lists, what clashes with what, and the sheets (row A07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from upstander.core.arrangements import CANCELLED, PAPER, PLANNED, sheet_counts
from upstander.core.in_person import Times, same_place
from upstander.models import Arrangement, Attempt, PaperSheet, TrainingSession
from upstander.queries.in_person import clash_of, in_the_room


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands in the way at the same time: an arrangement or a training in person."""

    number: str
    words: dict
    starts_at: datetime


def of_programmes(programmes: Iterable[str]) -> QuerySet[Arrangement]:
    """Every arrangement of these programmes with its people, those to come first."""
    rows = Arrangement.objects.filter(programme_id__in=list(programmes))
    return rows.select_related("person", "facilitator", "witness", "programme")


def of_person(person_id: str, programmes: Iterable[str]) -> list[Arrangement]:
    """What was arranged for one person in these programmes, the newest first."""
    return list(of_programmes(programmes).filter(person_id=person_id).order_by("-made_at"))


def of_case(case_id: UUID) -> list[Arrangement]:
    return list(Arrangement.objects.filter(case_id=case_id).order_by("-made_at"))


def ahead_of(person_id: str, at: datetime) -> tuple[list[Arrangement], bool]:
    """What is planned for the reader and not over yet, the next first; and whether they are asked to help others."""
    planned = Arrangement.objects.filter(Q(ends_at__gt=at) | Q(ends_at=None), state=PLANNED)
    rows = list(planned.filter(Q(person_id=person_id) | Q(facilitator_id=person_id)).select_related("facilitator"))
    own = [one for one in rows if one.person_id == person_id]
    return sorted(own, key=lambda one: (one.starts_at is None, one.starts_at or one.made_at)), len(own) < len(rows)


def arranged_ahead(person_ids: Iterable[str], at: datetime) -> dict[tuple[str, str], datetime]:
    """Of these people the next time that is arranged in each programme: (person_id, programme) -> when; one query."""
    rows = Arrangement.objects.filter(person_id__in=list(person_ids), state=PLANNED, starts_at__gt=at)
    ahead = rows.exclude(programme=None).order_by("-starts_at").values_list("person_id", "programme_id", "starts_at")
    return {(person_id, programme): starts_at for person_id, programme, starts_at in ahead}


def helped_by(person_id: str) -> list[Arrangement]:
    """The arrangements at which this person helps, the last ones first; what was called off is not there."""
    rows = Arrangement.objects.filter(facilitator_id=person_id).exclude(state=CANCELLED)
    return list(rows.select_related("person").order_by("-starts_at", "-made_at")[:50])


def planned_for(person_id: str, programme: str, course_key: str) -> Arrangement | None:
    """What is planned already for this person and course."""
    same = Arrangement.objects.filter(person_id=person_id, programme_id=programme, course_key=course_key)
    return same.filter(state=PLANNED).first()


def clash_at(person_id: str, times: Times, but: UUID | None) -> Clash | None:
    """What this person helps at, is expected at, leads or sits in at the same time; `but` one is left out."""
    other = expected_at(person_id, times, but)
    if other is not None:
        return Clash(other.number, {}, other.starts_at)
    session = clash_of(person_id, times, None)
    return _of_session(session) if session else None


def place_clash(place: str, times: Times, but: UUID | None) -> Clash | None:
    """What is in this place at the same time."""
    other = arranged_in(place, times, but)
    if other is not None:
        return Clash(other.number, {}, other.starts_at)
    session = in_the_room(place, times, None)
    return _of_session(session) if session else None


def expected_at(person_id: str, times: Times, but: UUID | None = None) -> Arrangement | None:
    """The arrangement at which this person is expected or helps at that time; `but` one is left out."""
    theirs = Q(person_id=person_id) | Q(facilitator_id=person_id)
    return _overlapping(times, but).filter(theirs).order_by("starts_at").first()


def arranged_in(place: str, times: Times, but: UUID | None = None) -> Arrangement | None:
    """The arrangement in this place at that time, however it is written; `but` one is left out."""
    rows = _overlapping(times, but).order_by("starts_at")
    return next((one for one in rows if same_place(one.place, place)), None)


def _overlapping(times: Times, but: UUID | None) -> QuerySet[Arrangement]:
    rows = Arrangement.objects.filter(state=PLANNED, starts_at__lt=times.ends_at, ends_at__gt=times.starts_at)
    return rows.exclude(pk=but) if but else rows


def _of_session(session: TrainingSession) -> Clash:
    return Clash("", session.offer.words, session.starts_at)


def open_sheet(arrangement: Arrangement) -> PaperSheet | None:
    """The sheet that counts and is not marked yet; there is one at most."""
    if arrangement.kind != PAPER:
        return None
    waiting = arrangement.sheets.filter(marked_at=None, language=arrangement.language)
    return waiting.order_by("printed_at").first()


def is_void(sheet: PaperSheet) -> bool:
    """Whether it was made before a change of its arrangement, was never counted, and counts no more."""
    on = sheet.arrangement
    return sheet.marked_at is None and not sheet_counts(on.kind, on.language, sheet.language)


def void_numbers(arrangements: Iterable[Arrangement]) -> dict[UUID, list[str]]:
    """The numbers of the void sheets of each of these arrangements, in the order of their making; one query."""
    found: dict[UUID, list[str]] = {}
    sheets = PaperSheet.objects.filter(arrangement__in=list(arrangements), marked_at=None).order_by("printed_at")
    for sheet in filter(is_void, sheets.select_related("arrangement")):
        found.setdefault(sheet.arrangement_id, []).append(sheet.number)
    return found


def sheets_to_key(programmes: Iterable[str]) -> QuerySet[PaperSheet]:
    """The sheets of these programmes that wait for a hand: not marked, not void, not called off; oldest first."""
    rows = PaperSheet.objects.filter(arrangement__programme_id__in=list(programmes), marked_at=None)
    counting = rows.filter(arrangement__kind=PAPER, arrangement__language=F("language"))
    return counting.exclude(arrangement__state=CANCELLED).order_by("printed_at").prefetch_related("keyings")


def earlier_forms(person_id: str, course_key: str) -> list[list[str]]:
    """The items of every form that the person has had in this course, on a screen or on paper."""
    sheets = PaperSheet.objects.filter(arrangement__person_id=person_id, arrangement__course_key=course_key)
    attempts = Attempt.objects.filter(enrolment__person_id=person_id, enrolment__course_key=course_key)
    forms = [*sheets.values_list("form", flat=True), *attempts.order_by().values_list("form", flat=True)]
    return [[row["item"] for row in form] for form in forms]
