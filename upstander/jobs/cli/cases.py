"""The verb `cases`: runs a table of cases against a programme, singly and as one batch."""

import tomllib
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from upstander.core.cases import read_cases, run_cases
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.jobs.cli import output
from upstander.jobs.cli.programme import read_text


def cases(
    file: Annotated[Path, typer.Argument(help="A table of cases (TOML).")],
    programme: Annotated[str, typer.Option(help="A programme file, or the key of one that comes with us.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Run a table of cases against a programme. Example: upstander cases tests/cases/page-b.toml"""
    try:
        table = tomllib.loads(read_text(file))
    except (ValueError, RecursionError) as problem:
        raise Refusal("file-unreadable", {"file": str(file), "problem": str(problem)}) from problem
    rules = load_programme(programme or str(table.get("programme", "")), file.parent)
    rows = read_cases(table.get("cases", []))
    failures = run_cases(rules, rows)
    if as_json:
        told = [{"case": f.name, "part": f.part, "expected": f.expected, "got": f.got, "how": f.how} for f in failures]
        output.emit({"programme": rules.key, "cases": len(rows), "failures": told})
    for failure in failures if not as_json else ():
        output.show(f"{failure.name}: {failure.part} should be {failure.expected}, is {failure.got} ({failure.how})")
    output.say(f"{rules.key}: cases {len(rows)}, failures {len(failures)}.")
    if failures or not rows:
        raise typer.Exit(1)


def load_programme(named: str, beside: Path) -> Programme:
    """A programme by file (also beside the table) or by the key of one that comes with us.

    Raises Refusal `no-such-programme` {programme} and what the file's reading refuses.
    """
    packaged = Path(settings.PACKAGE) / "programmes" / f"{named}.toml"
    for path in (Path(named), beside / named, packaged):
        if named and path.is_file():
            return parse_programme(read_text(path))
    raise Refusal("no-such-programme", {"programme": named or "(none named)"})
