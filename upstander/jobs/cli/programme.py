"""The verbs `programme check`, `programme import` and `programme export`."""

import sys
from pathlib import Path
from typing import Annotated, Never

import typer

from upstander.actions.programmes import exported, import_programme
from upstander.core.errors import Refusal
from upstander.core.programme_check import check as problems_in
from upstander.core.programme_file import parse_programme
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.programme_files import problems_of, read_text, say_warnings, warnings_of
from upstander.jobs.cli.programme_outcome import show_outcome
from upstander.jobs.cli.sentences import sentence
from upstander.jobs.cli.ticking import Ticking

File = Annotated[Path, typer.Argument(help="A programme file (TOML).")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]


def check(file: File, as_json: AsJson = False) -> None:
    """Check a programme file and run its examples. Example: upstander programme check page-b.toml"""
    found = []
    try:
        rules = parse_programme(read_text(file))
        problems = [{"path": p.path, "message": p.message} for p in problems_in(rules)]
        found = warnings_of(rules, clock.now().day)
    except Refusal as refusal:
        problems = problems_of(refusal)
        if not problems:
            raise
    if as_json:
        output.emit({"file": str(file), "ok": not problems, "problems": problems, "warnings": found})
    for problem in problems if not as_json else ():
        output.show(f"{file}: {problem['path']}: {problem['message']}")
    if not as_json:
        say_warnings(str(file), found)
    if problems:
        output.say(f"upstander: {file} cannot be published; problems found: {len(problems)}.")
        raise typer.Exit(1)
    output.say(f"{file}: nothing stands in the way of publishing; examples that hold: {len(rules.examples)}.")


def import_(
    file: File,
    draft: Annotated[bool, typer.Option("--draft", help="Keep it as a draft; publish nothing.")] = False,
    officer: Annotated[str, typer.Option("--as", help="Who imports it; kept in the record.")] = "command line",
    into_demo: Annotated[bool, typer.Option("--into-demo", help="Import into the demo's database.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import a programme file and publish it if its checks hold. Example: upstander programme import page-b.toml"""
    try:
        with Ticking() as ticking:
            imported = import_programme(read_text(file), clock.now(), officer, draft, ticking.step)
    except Refusal as refusal:
        _refused(file, refusal, as_json)
    if imported.outcome and imported.held:
        show_outcome(imported.outcome, as_json)
    version = imported.version
    found = warnings_of(parse_programme(version.document), clock.now().day) if imported.is_new else []
    if as_json:
        published = version.published_at is not None
        output.emit(
            {
                "ok": not imported.held, "programme": version.programme_id, "version": version.number,
                "published": published, "new": imported.is_new, "standings_changed": imported.changes,
                "held": imported.held, "warnings": found,
            }
        )  # fmt: skip
    else:
        done = (
            "published" if version.published_at else "held for a second officer" if imported.held else "kept as a draft"
        )
        news = done if imported.is_new else f"already {done}; nothing has changed"
        say_warnings(str(file), found)
        output.say(f"{version.programme_id} version {version.number}: {news}. Standings changed: {imported.changes}.")
    if imported.held:
        raise typer.Exit(1)


def _refused(file: Path, refusal: Refusal, as_json: bool) -> Never:
    problems = problems_of(refusal)
    for problem in problems:
        output.say(f"{file}: {problem['path']}: {problem['message']}")
    if not problems:
        output.say(f"upstander: {sentence(refusal)}")
    output.say(f"upstander: {file} was not imported; nothing has changed.")
    if as_json:
        output.emit({"ok": False, "code": refusal.code, "problems": problems})
    raise typer.Exit(1) from refusal


def export(key: Annotated[str, typer.Argument(help="The programme's key, or KEY@NUMBER for one version.")]) -> None:
    """Print the published programme file. Example: upstander programme export page-b > page-b.toml"""
    key, _, number = key.partition("@")
    if number and not (number.isascii() and number.isdigit()):
        raise Refusal("bad-version", {"said": f"{key}@{number}"})
    sys.stdout.buffer.write(exported(key, int(number[:9]) if number else None).encode())
    sys.stdout.buffer.flush()
