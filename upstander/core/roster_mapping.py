"""The mapping file: what a source calls our columns and values; and the header of a file read through it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from upstander.core.errors import Refusal
from upstander.core.roster_rows import COLUMNS, Column

UNIT_COLUMNS = ("unit_id", "parent_id", "name", "area", "administrator_ids")


@dataclass(frozen=True, slots=True)
class Names:
    """For one file: their column -> ours, and for each of our columns their value -> ours."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterMapping:
    people: Names = field(default_factory=Names)
    units: Names = field(default_factory=Names)


def parse_mapping(text: str) -> RosterMapping:
    """Reads a mapping file: `[columns]`, `[values.COLUMN]` for people, `[units.columns]`, `[units.values.COLUMN]`.

    Refuses with `mapping-not-toml` or `mapping-invalid`, naming the place.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Refusal("mapping-not-toml", {"because": str(problem)}) from problem
    units = found.pop("units", {})
    if not isinstance(units, dict):
        raise Refusal("mapping-invalid", {"place": "units", "wanted": "a table"})
    return RosterMapping(_names(found, COLUMNS, ""), _names(units, UNIT_COLUMNS, "units."))


def _names(tables: dict, known: Sequence[str], prefix: str) -> Names:
    for name in tables:
        if name not in {"columns", "values"}:
            raise Refusal("mapping-invalid", {"place": prefix + name, "wanted": "[columns] or [values.COLUMN]"})
    columns = _texts(tables.get("columns", {}), f"{prefix}columns")
    values = tables.get("values", {})
    if not isinstance(values, dict):
        raise Refusal("mapping-invalid", {"place": f"{prefix}values", "wanted": "a table for each column"})
    for place, name in [("columns", one) for one in columns.values()] + [("values", one) for one in values]:
        if name not in known:
            wanted = "one of our columns: " + ", ".join(known)
            raise Refusal("mapping-invalid", {"place": f"{prefix}{place}: {name}", "wanted": wanted})
    ours = list(columns.values())
    for name in ours:
        if ours.count(name) > 1:
            wanted = "one column of theirs for each of ours"
            raise Refusal("mapping-invalid", {"place": f"{prefix}columns: {name}", "wanted": wanted})
    return Names(columns, {name: _texts(table, f"{prefix}values.{name}") for name, table in values.items()})


def _texts(table: object, place: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise Refusal("mapping-invalid", {"place": place, "wanted": 'lines of "theirs" = "ours"'})
    return {key.strip(): value.strip() for key, value in table.items()}


def columns_of(
    header: Sequence[str], names: Names, known: Sequence[str], required: Sequence[str], file: str
) -> list[Column]:
    """The columns of a header through the mapping; unknown ones are kept with `ours` empty.

    Refuses with `header-missing-columns` (what is missing, what there is) or `header-duplicate` where two columns
    would both be one of ours.
    """
    by_fold = {name.casefold(): name for name in known}
    theirs = {name.casefold(): ours for name, ours in names.columns.items()}
    columns = []
    for index, name in enumerate(header):
        ours = theirs.get(name.casefold()) or by_fold.get(name.casefold(), "")
        if ours and any(column.ours == ours for column in columns):
            raise Refusal("header-duplicate", {"file": file, "column": ours})
        columns.append(Column(index, name, ours, names.values.get(ours, {})))
    missing = [name for name in required if all(column.ours != name for column in columns)]
    if missing:
        raise Refusal(
            "header-missing-columns", {"file": file, "missing": ", ".join(missing), "found": ", ".join(header)[:500]}
        )
    return columns
