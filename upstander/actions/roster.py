"""Importing a roster: read, check, show, and only then write (row A05; contracts, "Roster files")."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zoneinfo import available_timezones

from babel.localedata import locale_identifiers
from django.conf import settings
from django.db import transaction

from upstander.actions.roster_plan import PeopleFile, Planner, stage_people
from upstander.actions.roster_preview import preview_duties
from upstander.actions.roster_staging import Staging
from upstander.actions.roster_units import UnitPlan, plan_units, write_units
from upstander.actions.roster_writing import write_batch
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.roster import Brake, Problem, implausible
from upstander.core.roster_mapping import RosterMapping, parse_mapping
from upstander.core.roster_values import Rules
from upstander.models import Appointment, AuditLine, Person, RosterImport, UnitRecord

PEOPLE_IN_A_TRANSACTION = 1_000
NAMED_IN_A_REPORT = 1_000


@dataclass(frozen=True)
class Files:
    """The files of one import."""

    people: Path
    units: Path | None = None
    mapping: Path | None = None


@dataclass
class Report:
    """What an import found and did; `as_json` is what the verb prints, without the list of bad rows."""

    applied: bool = False
    held: int | None = None
    because: list[dict] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    who: dict[str, list] = field(default_factory=dict)
    bad_cells: int = 0
    bad_people: int = 0
    kept_on_roster: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    duties: dict[str, dict] = field(default_factory=dict)

    def as_json(self) -> dict:
        return dict(vars(self))


@dataclass(frozen=True)
class Listener:
    """Whom to tell while it goes on: each bad cell in order, the whole report before writing, people written."""

    bad: Callable[[Problem], None] = lambda problem: None
    preview: Callable[[Report], None] = lambda report: None
    written: Callable[[int], None] = lambda count: None


@dataclass(frozen=True)
class Order:
    """How to go about an import: `release` is the held import whose brake an officer has taken off."""

    dry_run: bool = False
    requested_by: str = ""
    release: RosterImport | None = None
    released_by: str = ""


def import_roster(files: Files, moment: Moment, order: Order = Order(), listener: Listener = Listener()) -> Report:
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
    people = stage_people(staging, files.people, mapping.people)
    if not staging.one("SELECT (SELECT COUNT(*) FROM staged) + (SELECT COUNT(*) FROM stray)"):
        raise Refusal("roster-empty", {"file": people.name})
    staging.report(units.problems)
    planner = _plan(staging, people, units, moment)
    unfinished = _unfinished_units()
    _plan_moved(staging, units.moved(unfinished))
    report = _report(staging, planner, people, units, moment)
    _tell(staging, report, listener)
    braked = order.release is None and RosterImport.objects.filter(state__in=("applied", "released")).exists()
    if braked:
        report.because = _brake_says(report, planner)
    if report.because and not order.dry_run:
        report.held = _hold(files, people, units, moment, order, report)
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


def _plan(staging: Staging, people: PeopleFile, units: UnitPlan, moment: Moment) -> Planner:
    rules = Rules(
        day=moment.day,
        unit_ids=units.named,
        languages=frozenset(name.partition("_")[0] for name in locale_identifiers()),
        zones=frozenset(available_timezones()),
    )
    planner = Planner(staging, people, rules, context=" ".join(sorted(units.gone)))
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
        report.who[kind] = [{"person_id": one, **({"columns": note} if note else {})} for one, note in rows]
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


def digest_of(path: Path | None) -> str:
    """SHA-256 of a file, "" for none."""
    if path is None:
        return ""
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def _hold(files: Files, people: PeopleFile, units: UnitPlan, moment: Moment, order: Order, report: Report) -> int:
    """Keeps the files in the data folder until an officer releases them; the same files again are the same hold."""
    again = RosterImport.objects.filter(
        state="held", people_digest=people.digest, units_digest=units.digest, requested_by=order.requested_by
    ).last()
    if again and again.summary.get("mapping_digest", "") == digest_of(files.mapping):
        return again.pk
    held = RosterImport.objects.create(
        started_at=moment.at,
        state="held",
        requested_by=order.requested_by,
        people_digest=people.digest,
        units_digest=units.digest,
        summary={**report.as_json(), "who": {}, "mapping_digest": digest_of(files.mapping)},
    )
    folder = Path(settings.DATA_DIR) / "roster-holds" / str(held.pk)
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    for name, path in (("people.csv", files.people), ("units.csv", files.units), ("mapping.toml", files.mapping)):
        if path:
            shutil.copyfile(path, folder / name)
    held.hold_path = f"roster-holds/{held.pk}"
    held.save(update_fields=["hold_path"])
    return held.pk


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
    for batch in staging.planned(
        PEOPLE_IN_A_TRANSACTION, ("appear", "change", "return", "touch", "disappear", "moved")
    ):
        write_batch(batch, source, moment)
        written += len(batch)
        listener.written(written)
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


def release(
    hold_id: int, officer_id: str, moment: Moment, files: Files | None = None, listener: Listener = Listener()
) -> Report:
    """Applies a held import, its files as they were kept, by the word of an authenticated officer.

    Refuses with `no-such-hold`, `released-by-requester`, `hold-outdated` (a roster was applied since),
    `hold-other-files` (the files named are not the held ones).
    """
    held = RosterImport.objects.filter(pk=hold_id, state="held").first()
    if held is None:
        raise Refusal("no-such-hold", {"hold_id": hold_id})
    if held.requested_by == officer_id:
        raise Refusal("released-by-requester", {"person_id": officer_id})
    if RosterImport.objects.filter(pk__gt=held.pk, state="applied").exists():
        raise Refusal("hold-outdated", {"hold_id": hold_id})
    folder = Path(settings.DATA_DIR) / held.hold_path
    kept = Files(folder / "people.csv", *(path if path.exists() else None for path in _others(folder)))
    if files and (digest_of(files.people), digest_of(files.units)) != (held.people_digest, held.units_digest):
        raise Refusal("hold-other-files", {"hold_id": hold_id})
    report = import_roster(kept, moment, Order(release=held, released_by=officer_id), listener)
    held.state, held.released_by, held.applied_at = "released", officer_id, moment.at
    held.save(update_fields=["state", "released_by", "applied_at"])
    shutil.rmtree(folder, ignore_errors=True)
    return report


def _others(folder: Path) -> tuple[Path, Path]:
    return folder / "units.csv", folder / "mapping.toml"


def people_on_roster() -> int:
    """How many people the roster has now."""
    return Person.objects.filter(vanished_on=None).count()
