"""Units of a roster: what is on record, what a file makes of it, and writing the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from upstander.core.days import Moment
from upstander.core.roster import Place, Problem, UnitRow, moved_places, places
from upstander.core.roster_mapping import UNIT_COLUMNS, Names, columns_of
from upstander.core.roster_units import read_units
from upstander.models import RosterImport, Unit, UnitAdministrator, UnitRecord
from upstander.wires.csv_file import CsvFile


@dataclass(frozen=True)
class UnitPlan:
    """The units on record, those that will be, and which may be named by people's rows."""

    before: Mapping[str, UnitRow]
    after: Mapping[str, UnitRow]
    named: frozenset[str]
    problems: tuple[Problem, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    digest: str = ""

    @property
    def places(self) -> dict[str, Place]:
        return places(self.after)

    @property
    def gone(self) -> frozenset[str]:
        """Units on record that the file no longer has: kept, without administrators, not to be named any more."""
        return frozenset(self.before) - self.named

    def moved(self, unfinished: frozenset[str]) -> frozenset[str]:
        """Units whose people must be decided again; `unfinished` were written by an import that was cut short."""
        after = self.places
        below = {unit_id for unit_id, place in after.items() if unfinished.intersection(place.line)}
        return frozenset(below) | (moved_places(places(self.before), after) & frozenset(self.before))


def units_on_record() -> dict[str, UnitRow]:
    """Every unit as it stands now."""
    administrators: dict[str, list[str]] = {}
    for unit_id, person_id in UnitAdministrator.objects.order_by("person_id").values_list("unit_id", "person_id"):
        administrators.setdefault(unit_id, []).append(person_id)
    return {
        unit_id: UnitRow(unit_id, name, parent_id or "", area, tuple(administrators.get(unit_id, ())))
        for unit_id, name, parent_id, area in Unit.objects.values_list("id", "name", "parent_id", "area")
    }


def plan_units(path: Path | None, names: Names) -> UnitPlan:
    """What the file makes of the units on record; without a file they stay as they are."""
    before = units_on_record()
    if path is None:
        return UnitPlan(before, before, frozenset(before))
    broken: list[Problem] = []
    rows = []
    with CsvFile(path) as file:
        columns = columns_of(file.header, names, UNIT_COLUMNS, ("unit_id",), file.name)
        for line, cells, in_order in file.records():
            if not in_order:
                broken.append(Problem("units", line, "", "", "stray-quote"))
            elif any(cells):
                rows.append((line, cells))
    found, problems = read_units(columns, rows, before)
    faulty = {problem.line for problem in problems}
    spoken_of = {cell.strip() for line, cells in rows if line in faulty for cell in cells}
    named = frozenset(found) | (frozenset(before) if broken else frozenset(before) & spoken_of)
    unknown = tuple(column.header for column in columns if not column.ours)
    after = {**before, **found}
    for unit_id in frozenset(before) - named:
        after[unit_id] = UnitRow(unit_id, before[unit_id].name, before[unit_id].parent_id, before[unit_id].area)
    return UnitPlan(before, after, named, tuple(broken + problems), unknown, file.digest)


def write_units(plan: UnitPlan, source: RosterImport, moment: Moment) -> int:
    """Writes the units that differ, parents first, each with its record; the transaction is the caller's."""
    changed = [unit_id for unit_id, unit in plan.after.items() if plan.before.get(unit_id) != unit]
    depth = {unit_id: len(place.line) for unit_id, place in plan.places.items()}
    changed.sort(key=lambda unit_id: depth[unit_id])
    units = [plan.after[unit_id] for unit_id in changed]
    Unit.objects.bulk_create(
        [Unit(id=one.unit_id, parent_id=one.parent_id or None, name=one.name, area=one.area) for one in units],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["parent", "name", "area"],
        batch_size=1000,
    )
    UnitRecord.objects.bulk_create(
        [
            UnitRecord(unit_id=one, known_at=moment.at, source=source, document=plan.after[one].document())
            for one in changed
        ],
        batch_size=1000,
    )
    _write_administrators(plan, changed)
    return len(changed)


def _write_administrators(plan: UnitPlan, changed: list[str]) -> None:
    for unit_id in changed:
        wanted = plan.after[unit_id].administrator_ids
        if unit_id in plan.before and plan.before[unit_id].administrator_ids == wanted:
            continue
        UnitAdministrator.objects.filter(unit_id=unit_id).exclude(person_id__in=wanted).delete()
        UnitAdministrator.objects.bulk_create(
            [UnitAdministrator(unit_id=unit_id, person_id=person_id) for person_id in wanted], ignore_conflicts=True
        )
