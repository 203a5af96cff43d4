"""`upstander completions import`: completions from elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from upstander.actions.completions_import import import_completions
from upstander.core.errors import Refusal
from upstander.jobs.cli import output
from upstander.jobs.cli.bad_rows import BadRows
from upstander.jobs.clock import now


def import_(
    file: Annotated[Path, typer.Argument(help="CSV: person_id, course_key, completed_on, role, source, score")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say everything, write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the report as JSON on stdout")] = False,
    into_demo: Annotated[bool, typer.Option("--into-demo", help="import into the demo")] = False,
) -> None:
    """Imports earlier and outside completions; a repeated row changes nothing, a bad row is told and left out.

    Example: upstander completions import completions.csv --dry-run
    """
    with BadRows({"completions": file.name}, as_json) as bad:
        try:
            report = import_completions(file, now(), dry_run, bad.take)
        except Refusal as refusal:
            if as_json:
                bad.emit({"applied": False, "refused": refusal.code, "where": refusal.data})
            raise
        if as_json:
            bad.emit(report.as_json())
    if not as_json:
        for name in report.unknown_columns:
            output.say(f"Column “{name}” is not known; it is passed over.")
        verb = "would be added" if dry_run else "added"
        output.say(f"{report.rows} rows: {report.new} {verb}, {report.known} on record already, {report.bad} bad.")
    if bad.count:
        raise typer.Exit(1)
