"""Rosters, pure: units and their areas, documents of people and the facts in them, differences, and the brake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from upstander.core.facts import Appointment, Leave, PersonFacts


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place of a file: where, what stands there, and a permanent code with its data.

    `file` is `people`, `units` or `completions`; `column` is the name in the file's own header, "" for the whole row.
    """

    file: str
    line: int
    column: str
    value: str
    code: str
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the unit file has it."""

    unit_id: str
    name: str
    parent_id: str = ""
    area: str = ""
    administrator_ids: tuple[str, ...] = ()

    def document(self) -> dict:
        """What `UnitRecord.document` holds."""
        return {
            "parent_id": self.parent_id or None,
            "name": self.name,
            "area": self.area,
            "administrator_ids": list(self.administrator_ids),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: its area (its own, else the nearest above) and its line, from itself up to the top."""

    area: str | None
    line: tuple[str, ...]


def unit_cycle(unit_id: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The units met twice when climbing from `unit_id`: () where the climb ends at a top."""
    seen: list[str] = []
    while unit_id and unit_id not in seen:
        seen.append(unit_id)
        unit_id = parents.get(unit_id, "")
    return tuple(seen[seen.index(unit_id) :]) if unit_id else ()


def places(units: Mapping[str, UnitRow]) -> dict[str, Place]:
    """The place of every unit; a parent that is not on file ends the line, a circle is cut where it closes."""
    found: dict[str, Place] = {}
    for start in units:
        climb: list[str] = []
        unit_id = start
        while unit_id in units and unit_id not in found and unit_id not in climb:
            climb.append(unit_id)
            unit_id = units[unit_id].parent_id
        above = found.get(unit_id, Place(None, ()))
        for unit_id in reversed(climb):
            above = found[unit_id] = Place(units[unit_id].area or above.area, (unit_id, *above.line))
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_NOWHERE = Place(None, ())


def appointment_from_document(row: Mapping, units: Mapping[str, Place]) -> Appointment:
    """One appointment of a document with its unit's place resolved."""
    get = row.get
    place = units.get(get("unit_id", ""), _NOWHERE)
    return Appointment(
        appointment_id=row["appointment_id"],
        category=row["category"],
        unit_id=get("unit_id", ""),
        area=place.area,
        unit_line=place.line,
        paid=get("paid"),
        benefits_eligible=get("benefits_eligible"),
        student_year=get("student_year"),
        graduates_on=_day(get("graduates_on")),
        supervises=get("supervises"),
        confidential_role=get("confidential_role"),
        title=get("title", ""),
        work_state=get("work_state", ""),
        work_country=get("work_country", ""),
        starts_on=_day(get("starts_on")),
        ends_on=_day(get("ends_on")),
        leaves=tuple(
            Leave(leave["kind"], date.fromisoformat(leave["from_on"]), _day(leave.get("to_on")))
            for leave in get("leaves", ())
        ),
    )


def facts_from_document(document: Mapping, units: Mapping[str, Place], vanished_on: date | None = None) -> PersonFacts:
    """What a roster document says of a person, as facts; completions and adjustments are the caller's to add.

    `document` is {"person": {...}, "appointments": [...]} as `RosterRecord` keeps it: columns of people.csv, blanks
    left out, dates as ISO text, each appointment with `leaves` [{"kind","from_on","to_on"}]; `units` is `places(...)`.
    """
    person = document["person"]
    return PersonFacts(
        person_id=person["person_id"],
        onboarded_on=_day(person.get("onboarded_on")),
        onboarded_as=person.get("onboarded_as", ""),
        appointments=tuple(appointment_from_document(row, units) for row in document["appointments"]),
        vanished_on=vanished_on,
    )


def with_ended(before: Mapping | None, after: dict, day: date, elsewhere: frozenset[str] = frozenset()) -> dict:
    """The new document with the appointments that had ended and that the file no longer names.

    They stay on record, since they say since when somebody has been here: a renewal never moves a due date.
    `elsewhere` are appointments that the file gives to other people.
    """
    named = {row["appointment_id"] for row in after["appointments"]} | elsewhere
    kept = [
        row
        for row in (before["appointments"] if before else ())
        if row["appointment_id"] not in named and row.get("ends_on") and row["ends_on"] < day.isoformat()
    ]
    if not kept:
        return after
    return {**after, "appointments": sorted([*after["appointments"], *kept], key=lambda row: row["appointment_id"])}


def moved_places(before: Mapping[str, Place], after: Mapping[str, Place]) -> frozenset[str]:
    """The units that stand elsewhere, or in another area, than before: what their people owe may change."""
    return frozenset(unit_id for unit_id, place in after.items() if before.get(unit_id, place) != place)


def difference(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, str]:
    """How each person of two rosters fares: `appear`, `change`, `disappear` or `unchanged`."""
    kinds = {person: "disappear" for person in before if person not in after}
    for person, document in after.items():
        if person not in before:
            kinds[person] = "appear"
        else:
            kinds[person] = "unchanged" if before[person] == document else "change"
    return kinds


@dataclass(frozen=True, slots=True)
class Brake:
    """How much may change at once, in percent; exactly so much is still let through."""

    people_gone_percent: float = 5
    duties_changed_percent: float = 10


def implausible(brake: Brake, *, people_before: int, people_gone: int, duties: int, duties_changed: int) -> list[dict]:
    """Why a change must wait for an officer: [] or one entry a limit passed, {"limit","percent","of","count"}.

    `duties` counts what people known before owed before or would owe after; people who appear change no duty that
    there was. The caller asks only where an earlier roster was applied.
    """
    checks: Iterable[tuple[str, float, int, int]] = (
        ("people-gone", brake.people_gone_percent, people_before, people_gone),
        ("duties-changed", brake.duties_changed_percent, duties, duties_changed),
    )
    return [
        {"limit": name, "percent": limit, "of": whole, "count": count}
        for name, limit, whole, count in checks
        if count and count * 100 > limit * whole
    ]
