"""What brought each change of a person's standing about, by rule, fact or officer (row C03); constant queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Max

from upstander.core.notices import ASKING
from upstander.core.replay import Cause, roster_cause
from upstander.models import (
    AdjustmentRecord,
    AuditLine,
    Completion,
    CourseStart,
    Notice,
    Person,
    ProgrammeVersion,
    RosterImport,
    RosterRecord,
    StandingChange,
    UnitRecord,
)

#: Kinds of an officer's decision that are told by name; an alternative is told as a completion.
_TOLD_BY_NAME = frozenset({"waiver", "extension", "deferral", "equivalency"})


@dataclass(frozen=True, slots=True)
class Dated:
    """Something became known at an instant; `ref` is how a change of a standing refers to it."""

    at: datetime
    ref: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Trace:
    """One change of a standing and what brought it about."""

    change: StandingChange
    cause: Cause


def traces(changes: Iterable[StandingChange], person_id: str, programme: str) -> list[Trace]:
    """Each of these changes of one person's standings in one programme with its cause, in the given order."""
    known = known_of(person_id, programme)
    return [Trace(change, _cause(change, known)) for change in changes]


def _cause(change: StandingChange, known: list[Dated]) -> Cause:
    """What the change refers to; a start, and a completion of an imported file, are found by their instant."""
    ref = f"{change.cause}:{change.cause_ref}"
    referred = [dated for dated in known if dated.ref == ref]
    at_once = [dated for dated in referred if dated.at == change.at]
    if change.cause in ("start", "completion") and not referred:
        at_once = [dated for dated in known if dated.at == change.at and dated.ref.startswith(f"{change.cause}:")]
    for dated in (*at_once, *referred):
        return dated.cause
    if change.cause == "roster":
        return Cause("unit-changed" if change.cause_ref.isdigit() else "roster", {"number": change.cause_ref})
    if change.cause == "programme":
        return Cause("programme", {"version": change.cause_ref.rpartition("@")[2]})
    codes = {
        "completion": "completion",
        "start": "start",
        "day": "day",
        "adjustment": "office",
        "notice": "told",
        "bounce": "told-came-back",
    }
    return Cause(codes.get(change.cause, "unknown"), {"course": "", "officer": ""})


def known_of(
    person_id: str, programme: str, since: datetime | None = None, units: Iterable[str] | None = None
) -> list[Dated]:
    """Everything that became known about one person, and of the rules they are under, from `since` on, oldest first.

    With `units` also what the unit file said of these from then on.
    """
    found = [
        *_of_roster(person_id),
        *_of_units(units or (), since),
        *_of_completions(person_id),
        *_of_starts(person_id),
        *_of_adjustments(person_id, programme),
        *_of_rules(programme),
        *_of_letters(person_id, programme),
    ]
    return sorted((one for one in found if since is None or one.at >= since), key=lambda one: (one.at, one.ref))


def _of_roster(person_id: str) -> list[Dated]:
    columns = ("known_at", "source_id", "present", "document")
    rows = [None, *RosterRecord.objects.filter(person_id=person_id).order_by("known_at", "id").values(*columns)]
    return [
        Dated(row["known_at"], f"roster:{row['source_id']}", roster_cause(before, row, row["source_id"]))
        for before, row in pairwise(rows)
    ]


def _of_units(units: Iterable[str], since: datetime | None) -> list[Dated]:
    ids = sorted(set(units))
    if not ids or since is None:
        return []
    rows = UnitRecord.objects.filter(unit_id__in=ids, known_at__gte=since).values_list("known_at", "source_id")
    return [Dated(at, f"roster:{source}", Cause("unit-changed", {"number": source})) for at, source in rows.distinct()]


def _of_completions(person_id: str) -> list[Dated]:
    found = []
    rows = Completion.objects.filter(person_id=person_id)
    for key, course, at, retracted_at in rows.values_list("id", "course_key", "recorded_at", "retracted_at"):
        found.append(Dated(at, f"completion:{key}", Cause("completion", {"course": course})))
        if retracted_at:
            cause = Cause("completion-retracted", {"course": course})
            found.append(Dated(retracted_at, f"completion:{key}", cause))
    return found


def _of_starts(person_id: str) -> list[Dated]:
    rows = CourseStart.objects.filter(person_id=person_id).values_list("recorded_at", "course_key")
    return [Dated(at, "start:", Cause("start", {"course": course})) for at, course in rows]


def _of_adjustments(person_id: str, programme: str) -> list[Dated]:
    rows = list(AdjustmentRecord.objects.filter(person_id=person_id, programme_id=programme))
    ended_by = _actors([f"adjustment:{row.ref}" for row in rows if row.ended_at])
    names = _names([*(row.recorded_by for row in rows), *ended_by.values()])
    found = []
    for row in rows:
        ref = f"adjustment:{row.ref}"
        by_name = row.kind in _TOLD_BY_NAME
        officer = {"officer": names.get(row.recorded_by, "")}
        cause = Cause(row.kind, officer) if by_name else Cause("completion", {"course": ""})
        found.append(Dated(row.recorded_at, ref, cause))
        if row.ended_at:
            officer = {"officer": names.get(ended_by.get(ref, ""), "")}
            cause = Cause(f"{row.kind}-ended", officer) if by_name else Cause("completion-retracted", {"course": ""})
            found.append(Dated(row.ended_at, ref, cause))
    return found


def _of_letters(person_id: str, programme: str) -> list[Dated]:
    """When messages that asked for it went, and came back: where a least notice is asked for, they move due dates."""
    rows = Notice.objects.filter(person_id=person_id, programme_id=programme, kind__in=ASKING, state="sent")
    found = []
    for key, sent_at, bounced_at in rows.values_list("pk", "sent_at", "bounced_at"):
        if sent_at:
            found.append(Dated(sent_at, f"notice:{key}", Cause("told")))
        if bounced_at:
            found.append(Dated(bounced_at, f"bounce:{key}", Cause("told-came-back")))
    return found


def _actors(subjects: list[str]) -> dict[str, str]:
    """Who ended each adjustment, as the audit says it."""
    if not subjects:
        return {}
    lines = AuditLine.objects.filter(subject__in=subjects, verb__startswith="end-").order_by("at", "id")
    return dict(lines.values_list("subject", "actor"))


def _names(actors: Iterable[str]) -> dict[str, str]:
    """The names of those actors who are people on record."""
    ids = {actor.removeprefix("person:") for actor in actors if actor.startswith("person:")}
    people = Person.objects.filter(pk__in=ids) if ids else ()
    return {f"person:{person.pk}": person.called for person in people}


def _of_rules(programme: str) -> list[Dated]:
    rows = ProgrammeVersion.objects.filter(programme_id=programme).exclude(published_at=None)
    return [
        Dated(at, f"programme:{programme}@{number}", Cause("programme", {"version": number}))
        for number, at in rows.values_list("number", "published_at")
    ]


def roster_said(until: datetime, person_id: str = "") -> datetime | None:
    """When the roster last said something before the instant: of the person, or (blank) of anybody."""
    if person_id:
        records = RosterRecord.objects.filter(person_id=person_id, known_at__lt=until)
        return records.aggregate(last=Max("known_at"))["last"]
    return RosterImport.objects.filter(applied_at__lt=until).aggregate(last=Max("applied_at"))["last"]
