"""Importing a roster: read, check, show, and only then write (row A05; contracts, "Roster files")."""

import json
from pathlib import Path
from zoneinfo import available_timezones

from babel.localedata import locale_identifiers
from django.conf import settings
from django.db import transaction

from upstander.actions.roster_hold import hold
from upstander.actions.roster_plan import PeopleFile, Planner, stage_people
from upstander.actions.roster_preview import preview_duties
from upstander.actions.roster_report import AS_USUAL, SILENT, Files, Listener, Order, Report
from upstander.actions.roster_staging import Staging
from upstander.actions.roster_units import UnitPlan, plan_units, write_units
from upstander.actions.roster_writing import write_batch
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.roster import Brake, implausible
from upstander.core.roster_mapping import RosterMapping, parse_mapping
from upstander.core.roster_values import Rules
from upstander.models import Appointment, AuditLine, Person, RosterImport, UnitRecord

PEOPLE_IN_A_TRANSACTION = 2_000
#: Into an empty roster, where nobody waits for the lock.
PEOPLE_IN_A_FIRST_TRANSACTION = 5_000
NAMED_IN_A_REPORT = 1_000
ALL_KINDS = ("appear", "change", "return", "touch", "disappear", "moved")


def import_roster(files: Files, moment: Moment, order: Order = AS_USUAL, listener: Listener = SILENT) -> Report:
    """Imports a roster; good rows apply, a bad row leaves its person as they were, implausible change is held.

    Refuses the whole file with the codes of `wires.csv_file`, `core.roster_mapping` and `roster-empty`;
    `roster-import-running` where another import is at work. Killed half way, a rerun finishes the work.
    """
    with Staging(settings.DATA_DIR) as staging:
        try:
            return _import(staging, files, moment, order, listener)
        except Refusal as refusal:
            if not order.dry_run and order.release is None:
                RosterImport.objects.create(
                    started_at=moment.at,
                    state="refused",
                    requested_by=order.requested_by,
                    summary={"refusal": refusal.code, "data": _plain(refusal.data)},
                )
            raise


def _plain(data: dict) -> dict:
    return {key: value if isinstance(value, int | str | list) else str(value) for key, value in data.items()}


def _import(staging: Staging, files: Files, moment: Moment, order: Order, listener: Listener) -> Report:
    mapping = _mapping(files.mapping)
    units = plan_units(files.units, mapping.units)
    people = stage_people(staging, files.people, mapping.people, listener.step)
    if not staging.one("SELECT (SELECT COUNT(*) FROM staged) + (SELECT COUNT(*) FROM stray)"):
        raise Refusal("roster-empty", {"file": people.name})
    staging.report(units.problems)
    planner = _plan(staging, people, units, moment, listener)
    unfinished = _unfinished_units()
    _plan_moved(staging, units.moved(unfinished))
    report = _report(staging, planner, people, units, moment)
    _tell(staging, report, listener)
    braked = order.release is None and RosterImport.objects.filter(state__in=("applied", "released")).exists()
    if braked:
        report.because = _brake_says(report, planner)
    if report.because and not order.dry_run:
        report.held = hold(files, people.digest, units.digest, moment, order.requested_by, report.as_json())
    listener.preview(report)
    if not order.dry_run and not report.because:
        _apply(staging, units, people, moment, order, report, listener)
    return report


def _mapping(path: Path | None) -> RosterMapping:
    if path is None:
        return RosterMapping()
    try:
        return parse_mapping(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise Refusal("file-missing", {"file": str(path), "because": problem.strerror or ""}) from problem
    except UnicodeDecodeError as problem:
        raise Refusal("mapping-not-toml", {"because": str(problem)}) from problem


def _plan(staging: Staging, people: PeopleFile, units: UnitPlan, moment: Moment, listener: Listener) -> Planner:
    rules = Rules(
        day=moment.day,
        unit_ids=units.named,
        languages=frozenset(name.partition("_")[0] for name in locale_identifiers()),
        zones=frozenset(available_timezones()),
    )
    planner = Planner(staging, people, rules, context=" ".join(sorted(units.gone)), step=listener.step)
    planner.run()
    return planner


def _unfinished_units() -> frozenset[str]:
    """Units written by imports that were cut short: whether their people were decided again is not known."""
    rows = UnitRecord.objects.filter(source__state="applying")
    return frozenset(rows.values_list("unit_id", flat=True))


def _plan_moved(staging: Staging, unit_ids: frozenset[str]) -> None:
    """People whose own rows stay but whose unit moved are decided again too."""
    ordered = sorted(unit_ids)
    for start in range(0, len(ordered), 500):
        rows = Appointment.objects.filter(unit_id__in=ordered[start : start + 500])
        for person_id in rows.values_list("person_id", flat=True).distinct().iterator(chunk_size=5000):
            staging.db.execute("UPDATE plan SET kind='moved' WHERE person_id=? AND kind='touch'", (person_id,))
            staging.plan([(person_id, "moved", "", "", "")])


def _report(staging: Staging, planner: Planner, people: PeopleFile, units: UnitPlan, moment: Moment) -> Report:
    kinds = dict(staging.db.execute("SELECT kind, COUNT(*) FROM plan GROUP BY kind").fetchall())
    changed = [one for one, unit in units.after.items() if units.before.get(one) not in (None, unit)]
    tallies = preview_duties(staging, units.places, moment.day)
    report = Report(
        people={
            "appear": kinds.get("appear", 0) + kinds.get("return", 0),
            "return": kinds.get("return", 0),
            "change": kinds.get("change", 0),
            "disappear": kinds.get("disappear", 0),
            "unchanged": planner.unchanged,
        },
        bad_cells=staging.one("SELECT COUNT(*) FROM bad"),
        bad_people=staging.one("SELECT COUNT(*) FROM blocked"),
        kept_on_roster=planner.kept_on_roster,
        unknown_columns=[*people.unknown_columns, *units.unknown_columns],
        units={"appear": len(set(units.after) - set(units.before)), "change": len(changed), "gone": len(units.gone)},
        duties={key: tally.as_json() for key, tally in tallies.items()},
    )
    for kind in ("appear", "return", "change", "disappear"):
        rows = staging.db.execute(
            "SELECT person_id, note FROM plan WHERE kind=? ORDER BY person_id LIMIT ?", (kind, NAMED_IN_A_REPORT)
        )
        report.who[kind] = [{"person_id": one, **({"columns": json.loads(note)} if note else {})} for one, note in rows]
    return report


def _tell(staging: Staging, report: Report, listener: Listener) -> None:
    if report.bad_cells:
        for problem in staging.problems():
            listener.bad(problem)


def _brake_says(report: Report, planner: Planner) -> list[dict]:
    limits = settings.INSTITUTION.get("roster", {})
    duties = report.duties.values()
    return implausible(
        Brake(**{name: limits[name] for name in ("people_gone_percent", "duties_changed_percent") if name in limits}),
        people_before=planner.people_before,
        people_gone=report.people["disappear"],
        duties=sum(one["before"] + one["gained"] for one in duties),
        duties_changed=sum(one["gained"] + one["lost"] + one["moved"] for one in duties),
    )


def _apply(
    staging: Staging, units: UnitPlan, people: PeopleFile, moment: Moment, order: Order, report: Report,
    listener: Listener,
) -> None:  # fmt: skip
    source = RosterImport.objects.create(
        started_at=moment.at,
        state="applying",
        requested_by=order.release.requested_by if order.release else order.requested_by,
        released_by=order.released_by,
        people_digest=people.digest,
        units_digest=units.digest,
    )
    with transaction.atomic():
        write_units(units, source, moment)
    written = 0
    first = not Person.objects.exists()
    size = PEOPLE_IN_A_FIRST_TRANSACTION if first else PEOPLE_IN_A_TRANSACTION
    for batch in staging.planned(size, ALL_KINDS):
        write_batch(batch, source, moment)
        written += len(batch)
        listener.step("people written", written)
    report.applied = True
    with transaction.atomic():
        RosterImport.objects.filter(state="applying").exclude(pk=source.pk).update(state="cut-short")
        source.state, source.applied_at, source.summary = "applied", moment.at, {**report.as_json(), "who": {}}
        source.save()
        AuditLine.objects.create(
            at=moment.at,
            actor=order.released_by or order.requested_by or "command-line",
            verb="import-roster",
            subject=f"roster:{source.pk}",
            data={"people": report.people, "bad_people": report.bad_people},
        )
