"""Where units stand, read when they are needed and kept until a unit file changes one."""

from collections.abc import Mapping, Set
from datetime import datetime

from django.db import connection
from django.db.models import Max

from upstander.core.roster import Place, UnitRow, places
from upstander.models import Unit, UnitRecord
from upstander.queries.rows import among, fetched


class Places:
    """The places of units, for one run over many people; for one person only that person's units are read."""

    def __init__(self) -> None:
        self._as_of: int | None = None
        self._units: dict[str, UnitRow] = {}
        self._found: dict[str, Place] = {}

    def of(self, unit_ids: Set[str]) -> Mapping[str, Place]:
        """The places of these units, and of others; two queries, one where nothing is new."""
        as_of = UnitRecord.objects.aggregate(last=Max("id"))["last"]
        if as_of != self._as_of:
            self._as_of, self._units, self._found = as_of, {}, {}
        wanted = unit_ids - self._units.keys()
        if wanted:
            self._units |= _with_lines(wanted)
            self._found = places(self._units)
        return self._found


def _with_lines(unit_ids: Set[str]) -> dict[str, UnitRow]:
    """These units and every one above them."""
    table = connection.ops.quote_name(Unit._meta.db_table)
    where, param = among("id", sorted(unit_ids))
    rows = fetched(
        f"WITH RECURSIVE line(id, name, parent_id, area) AS (SELECT id, name, parent_id, area FROM {table}"
        f" WHERE {where} UNION SELECT u.id, u.name, u.parent_id, u.area FROM {table} u"
        " JOIN line ON u.id = line.parent_id) SELECT id, name, parent_id, area FROM line",
        [param],
    )
    return {key: UnitRow(key, name, parent or "", area) for key, name, parent, area in rows}


def places_known_at(known_at: datetime) -> Mapping[str, Place]:
    """The place of every unit by the unit files that were on record before an instant."""
    found = {}
    records = UnitRecord.objects.filter(known_at__lt=known_at).order_by("unit_id", "known_at", "id")
    for key, said in records.values_list("unit_id", "document"):
        found[key] = UnitRow(key, said["name"], said["parent_id"] or "", said["area"])
    return places(found)
