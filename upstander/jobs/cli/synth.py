"""`upstander synth`: an invented university of any size."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from upstander.core.errors import Refusal
from upstander.core.roster_values import iso_date
from upstander.jobs.cli import output
from upstander.jobs.cli.ticking import Ticking
from upstander.jobs.synthetic import Wish, write_university


def synth(
    people: Annotated[int, typer.Option(help="how many people")],
    out: Annotated[Path, typer.Option(help="folder for the files")],
    seed: Annotated[int, typer.Option(help="the same seed gives the same files")] = 1,
    error_rate: Annotated[float, typer.Option(min=0, max=1, help="share of rows made wrong on purpose")] = 0.0,
    blank_rate: Annotated[float, typer.Option(min=0, max=1, help="share of optional facts left blank")] = 0.01,
    around: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="the day around which it lives")] = "2021-01-15",
    as_json: Annotated[bool, typer.Option("--json", help="what was written, as JSON on stdout")] = False,
) -> None:
    """Writes people.csv, units.csv, completions.csv, errors.csv and ABOUT.md of a plausible university.

    Example: upstander synth --people 20000 --seed 7 --out synthetic
    """
    value, problem_code = iso_date(around)
    if problem_code:
        raise typer.BadParameter("--around wants a day as YYYY-MM-DD.")
    day = date.fromisoformat(str(value))
    try:
        with Ticking() as ticking:
            wish = Wish(people, seed, day, error_rate, blank_rate)
            about = write_university(wish, out, lambda count: ticking.step("people made up", count))
    except OSError as problem:
        refusal = Refusal("folder-not-writable", {"folder": str(out), "because": problem.strerror or ""})
        raise refusal from problem
    if as_json:
        output.emit(about)
    else:
        output.say(f"{about['people']} people, {about['rows']} rows, {about['units']} units written to {out}.")
