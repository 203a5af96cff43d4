"""The verbs `programme check`, `programme import` and `programme export`."""

from pathlib import Path
from typing import Annotated

import typer

from upstander.actions.programmes import exported, import_programme
from upstander.core.errors import Refusal
from upstander.core.programme_check import check as problems_of
from upstander.core.programme_file import parse_programme
from upstander.jobs import clock
from upstander.jobs.cli import output

File = Annotated[Path, typer.Argument(help="A programme file (TOML).")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]


def check(file: File, as_json: AsJson = False) -> None:
    """Check a programme file and run its examples. Example: upstander programme check page-b.toml"""
    try:
        rules = parse_programme(read_text(file))
        problems = [{"path": p.path, "message": p.message} for p in problems_of(rules)]
    except Refusal as refusal:
        problems = _problems(refusal)
    if as_json:
        output.emit({"file": str(file), "ok": not problems, "problems": problems})
    for problem in problems if not as_json else ():
        output.show(f"{file}: {problem['path']}: {problem['message']}")
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
        imported = import_programme(read_text(file), clock.now(), officer, draft)
    except Refusal as refusal:
        for problem in _problems(refusal):
            output.say(f"{file}: {problem['path']}: {problem['message']}")
        output.say(f"upstander: {file} was not imported; nothing has changed.")
        if as_json:
            output.emit({"ok": False, "code": refusal.code, "problems": _problems(refusal)})
        raise typer.Exit(1) from refusal
    version = imported.version
    if as_json:
        published = version.published_at is not None
        output.emit(
            {
                "ok": True, "programme": version.programme_id, "version": version.number, "published": published,
                "new": imported.is_new, "standings_changed": imported.changes,
            }
        )  # fmt: skip
        return
    done = "published" if version.published_at else "kept as a draft"
    news = done if imported.is_new else f"already {done}; nothing has changed"
    output.say(f"{version.programme_id} version {version.number}: {news}. Standings changed: {imported.changes}.")


def export(key: Annotated[str, typer.Argument(help="The programme's key.")]) -> None:
    """Print the published programme file. Example: upstander programme export page-b > page-b.toml"""
    output.show(exported(key).removesuffix("\n"))


def read_text(file: Path) -> str:
    """The file's text. Raises Refusal `file-unreadable` {file, problem}."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refusal("file-unreadable", {"file": str(file), "problem": str(problem)}) from problem


def _problems(refusal: Refusal) -> list[dict[str, str]]:
    if refusal.code == "programme-invalid":
        return refusal.data["problems"]
    if refusal.code == "programme-unreadable":
        return [{"path": "file", "message": refusal.data["message"]}]
    if refusal.code in {"version-exists", "newer-version-published"}:
        number = refusal.data["version"]
        said = {
            "version-exists": f"version {number} is published with other text; give a changed programme a new number",
            "newer-version-published": f"a version above {number} is published already",
        }
        return [{"path": "version", "message": said[refusal.code]}]
    if refusal.code == "file-unreadable":
        return [{"path": "file", "message": f"cannot be read: {refusal.data['problem']}"}]
    raise refusal
