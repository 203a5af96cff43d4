"""Rows of units.csv: typed, checked against each other, never raising."""

from collections.abc import Mapping, Sequence

from upstander.core import roster_values as values
from upstander.core.roster import Problem, UnitRow, unit_cycle
from upstander.core.roster_rows import Column

_READERS = {
    "unit_id": values.identifier_of(40),
    "parent_id": values.identifier_of(40),
    "name": values.text_of(200),
    "area": values.code_of(40),
}
Lines = Sequence[tuple[int, Sequence[str]]]


def read_units(
    columns: Sequence[Column], rows: Lines, kept: Mapping[str, UnitRow]
) -> tuple[dict[str, UnitRow], list[Problem]]:
    """The good units of a file and the problems of the others.

    `kept` is what is on record: a unit whose row is bad stays as it is there. Bad are rows of the wrong length, a
    repeated unit_id, a parent that is neither in the file nor kept by a bad row, and every row of a circle of parents.
    """
    found: dict[str, tuple[int, UnitRow]] = {}
    problems: list[Problem] = []
    spoiled: set[str] = set()
    for line, cells in rows:
        unit, faults = _row(columns, line, cells)
        if unit.unit_id in found or unit.unit_id in spoiled:
            faults.append(Problem("units", line, _header(columns, "unit_id"), unit.unit_id, "repeats-unit"))
            found.pop(unit.unit_id, None)
        problems += faults
        if faults:
            spoiled |= {unit.unit_id} - {""}
        else:
            found[unit.unit_id] = (line, unit)
    problems += _drop_unplaced(columns, found, spoiled, kept)
    return {unit_id: unit for unit_id, (_, unit) in found.items()}, problems


def _header(columns: Sequence[Column], ours: str) -> str:
    return next((column.header for column in columns if column.ours == ours), ours)


def _row(columns: Sequence[Column], line: int, cells: Sequence[str]) -> tuple[UnitRow, list[Problem]]:
    if len(cells) != len(columns):
        counts = (("wanted", str(len(columns))), ("found", str(len(cells))))
        return UnitRow("", ""), [Problem("units", line, "", "", "ragged", counts)]
    problems: list[Problem] = []
    got: dict = {}
    for column in columns:
        text = cells[column.index].strip()
        text = column.renamed.get(text, text)
        if not text or not column.ours:
            continue
        value, code = _administrators(text) if column.ours == "administrator_ids" else _READERS[column.ours](text)
        if code:
            problems.append(Problem("units", line, column.header, text, code))
        else:
            got[column.ours] = value
    unit_id = got.get("unit_id", "")
    if not unit_id and not problems:
        problems.append(Problem("units", line, _header(columns, "unit_id"), "", "blank"))
    unit = UnitRow(
        unit_id=unit_id,
        name=got.get("name", unit_id),
        parent_id=got.get("parent_id", ""),
        area=got.get("area", ""),
        administrator_ids=got.get("administrator_ids", ()),
    )
    return unit, problems


def _administrators(text: str) -> tuple[object, str]:
    ids = text.split()
    return (tuple(sorted(set(ids))), "") if all(map(values.is_person_id, ids)) else (None, "not-person-ids")


def _drop_unplaced(
    columns: Sequence[Column],
    found: dict[str, tuple[int, UnitRow]],
    spoiled: set[str],
    kept: Mapping[str, UnitRow],
) -> list[Problem]:
    """Takes out of `found` what has no parent or stands in a circle, until nothing more falls."""
    header = _header(columns, "parent_id")
    problems: list[Problem] = []
    while True:
        whole = {unit_id: kept[unit_id] for unit_id in spoiled if unit_id in kept}
        whole |= {unit_id: unit for unit_id, (_, unit) in found.items()}
        parents = {unit_id: unit.parent_id for unit_id, unit in whole.items()}
        fallen = []
        for unit_id, (line, unit) in found.items():
            circle = unit_cycle(unit_id, parents)
            if unit_id in circle:
                path = " > ".join((*circle, circle[0]))
                fallen.append(Problem("units", line, header, unit.parent_id, "unit-circle", (("path", path),)))
            elif unit.parent_id and unit.parent_id not in whole:
                fallen.append(Problem("units", line, header, unit.parent_id, "unknown-parent"))
            else:
                continue
            spoiled.add(unit_id)
        if not fallen:
            return problems
        problems += fallen
        for unit_id in spoiled:
            found.pop(unit_id, None)
