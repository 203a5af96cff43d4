"""`upstander roster import`: people and units from files."""

from pathlib import Path
from typing import Annotated

import typer

from upstander.actions.roster import import_roster
from upstander.actions.roster_release import release
from upstander.actions.roster_report import Files, Listener, Order, Report
from upstander.core.errors import Refusal
from upstander.core.roster import Problem
from upstander.core.roster_values import is_person_id
from upstander.jobs.cli import output
from upstander.jobs.cli.bad_rows import BadRows
from upstander.jobs.cli.proving import proved_officer
from upstander.jobs.cli.ticking import Ticking
from upstander.jobs.clock import now

NAMED_TO_READERS = 20
EXAMPLE = "Example: upstander roster import people.csv --units units.csv --dry-run"


def import_(
    people: Annotated[Path | None, typer.Argument(help="people.csv: one row for each appointment")] = None,
    units: Annotated[Path | None, typer.Option(help="units.csv; without it the units stay as they are")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file with the source's own names for columns and values")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say everything, write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the report as JSON on stdout")] = False,
    release_id: Annotated[int | None, typer.Option("--release", help="the held import to release")] = None,
    officer: Annotated[str, typer.Option("--as", help="the officer who releases: ID number or e-mail")] = "",
    password_file: Annotated[Path | None, typer.Option(help="file with that officer's password; else asked")] = None,
    requested_by: Annotated[str, typer.Option(help="ID number of whoever asks for this import")] = "",
    into_demo: Annotated[bool, typer.Option("--into-demo", help="import into the demo")] = False,
) -> None:
    """Imports people, appointments and units; says first who appears, changes and disappears, and what follows.

    Example: upstander roster import people.csv --units units.csv --dry-run
    """
    if people is None and release_id is None:
        raise typer.BadParameter("name the people file. " + EXAMPLE)
    if requested_by and not is_person_id(requested_by):
        raise typer.BadParameter("--requested-by wants an ID number of 8 digits.")
    files = Files(people, units, mapping) if people else None
    with BadRows(_names(people, units), as_json) as bad, Ticking() as ticking:

        def preview(report: Report) -> None:
            ticking.clear()
            if not as_json:
                _show(report, dry_run)

        def take(problem: Problem) -> None:
            ticking.clear()
            bad.take(problem)

        listener = Listener(bad=take, preview=preview, step=ticking.step)
        try:
            if release_id is not None:
                report = _release(release_id, officer, password_file, files, listener)
            elif files:
                report = import_roster(files, now(), Order(dry_run=dry_run, requested_by=requested_by), listener)
        except Refusal as refusal:
            if as_json:
                bad.emit({"applied": False, "held": None, "refused": refusal.code, "where": _plain(refusal.data)})
            raise
        if as_json:
            bad.emit(report.as_json())
    if report.applied and not as_json:
        output.say("Applied.")
    if report.held or report.because or bad.count:
        raise typer.Exit(1)


def _plain(data: dict) -> dict:
    return {key: value if isinstance(value, int | list) else str(value) for key, value in data.items()}


def _names(people: Path | None, units: Path | None) -> dict[str, str]:
    return {"people": people.name if people else "people.csv", "units": units.name if units else "units.csv"}


def _release(hold_id: int, officer: str, password_file: Path | None, files: Files | None, listener: Listener) -> Report:
    if not officer:
        raise typer.BadParameter("--release needs --as OFFICER.")
    moment = now()
    person_id = proved_officer(officer, password_file, moment)
    return release(hold_id, person_id, moment, files, listener)


def _show(report: Report, dry_run: bool) -> None:
    """The preview for a reader, on stderr, before anything is written."""
    for name in report.unknown_columns:
        output.say(f"Column “{name}” is not known; it is kept as it is.")
    people = report.people
    output.say(
        f"People: {people['appear']} appear ({people['return']} of them return), {people['change']} change, "
        f"{people['disappear']} disappear, {people['unchanged']} stay unchanged."
    )
    for kind, title in (("appear", "Appear"), ("return", "Return"), ("change", "Change"), ("disappear", "Disappear")):
        _show_who(title, report.who[kind], people["appear"] - people["return"] if kind == "appear" else people[kind])
    units = report.units
    output.say(f"Units: {units['appear']} appear, {units['change']} change, {units['gone']} no longer in the file.")
    for key, duties in report.duties.items():
        output.say(
            f"Duties in {key}: {duties['before']} now; {duties['new']} come with new people, {duties['gained']} are "
            f"gained, {duties['lost']} lost, {duties['moved']} get another group or date."
        )
    if report.bad_cells:
        output.say(f"{report.bad_cells} faults; {report.bad_people} people stay exactly as they were.")
    if report.kept_on_roster:
        output.say(f"{report.kept_on_roster} people are not in the file, but a bad row may mean them: they stay.")
    for entry in report.because:
        what = "people gone" if entry["limit"] == "people-gone" else "duties changed"
        output.say(f"Too much at once: {entry['count']} of {entry['of']} {what}, more than {entry['percent']} %.")
    if report.held:
        output.say(
            f"Held as {report.held}; nothing was written. An officer other than the requester releases it: "
            f"upstander roster import --release {report.held} --as OFFICER"
        )
    elif dry_run:
        output.say("Dry run: nothing was written.")


def _show_who(title: str, who: list[dict], count: int) -> None:
    if not who:
        return
    named = [
        one["person_id"] + (f" ({', '.join(one['columns'])})" if one.get("columns") else "")
        for one in who[:NAMED_TO_READERS]
    ]
    more = f" and {count - len(named)} more" if count > len(named) else ""
    output.say(f"{title}: {', '.join(named)}{more}.")
