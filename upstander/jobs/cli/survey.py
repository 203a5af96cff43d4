"""The verbs `survey check`, `load-key`, `export` and `load-tables`: the survey on the machine that asks it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from upstander.actions import survey_keeping
from upstander.core.errors import Refusal
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.proving import proved_analyst
from upstander.queries.survey import checked_survey, survey_folders

Analyst = Annotated[str, typer.Option("--as", help="The analyst who does it: ID number or e-mail.")]
PasswordFile = Annotated[Path | None, typer.Option(help="File with that analyst's password; else asked.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]

PROBLEMS = {
    "words-missing": "has no words for it",
    "words-of-nothing": "has words of something that survey.toml does not name",
    "small-cells": "shows groups of fewer than ten people; the limit goes only up",
    "question-twice": "asks it twice, or without an id",
    "bad-options": "offers fewer than two options, one of them twice, or one that is kept for leaving it out",
    "scale-without-points": "has a scale whose options are no whole numbers",
    "unknown-field": "says more of it than an id and a scale or options; no question asks for words of one's own",
    "bad-crossing": "crosses what is not two of its demographic questions",
    "record-too-long": "asks so much that a record has more bytes than a box",
    "other-key": "names another key than its folder",
}


def check(
    name: Annotated[list[str] | None, typer.Argument(help="Surveys to check; all where none is named.")] = None,
    root: Annotated[Path | None, typer.Option(help="Another folder of surveys.")] = None,
    as_json: AsJson = False,
) -> None:
    """Reads every survey in both languages and reports what is wrong with it. Example: upstander survey check pre-training --json"""  # noqa: E501
    rows = [_row(one, root) for one in name or sorted(survey_folders(root))]
    if not rows:
        raise Refusal("no-such-survey", {"survey": str(root)})
    if as_json:
        output.emit({"surveys": rows})
    else:
        for row in rows:
            _tell(row)
    if any(row["problems"] for row in rows):
        raise typer.Exit(1)


def _row(name: str, root: Path | None) -> dict:
    survey, problems = checked_survey(name, root)
    return {
        "key": name,
        "questions": len(survey.asked),
        "demographics": len(survey.demographics),
        "smallest_cell": survey.smallest_cell,
        "problems": [{"code": p.code, "file": p.file, "about": p.about} for p in problems],
    }


def _tell(row: dict) -> None:
    output.show(f"{row['key']}: {row['questions']} questions and {row['demographics']} about the person")
    for problem in row["problems"]:
        output.show(f"  {problem['file']}: {problem['about']}: {PROBLEMS[problem['code']]} [{problem['code']}]")
    if not row["problems"]:
        output.show("  nothing wrong")


def load_key(
    file: Annotated[Path, typer.Argument(help="The public half, as `survey keys` writes it.")],
    analyst: Analyst,
    password_file: PasswordFile = None,
) -> None:
    """Put the analysing office's public key in force: surveys open with it. Example: upstander survey load-key survey-public.key --as 90000002"""  # noqa: E501
    moment = clock.now()
    text = _read(file)
    key = survey_keeping.load_key(text, moment, f"person:{proved_analyst(analyst, password_file, moment)}")
    output.say(f"answers are sealed to the key {key.fingerprint[:12]} from now on.")


def export(
    name: Annotated[str, typer.Argument(help="The survey and its cycle, such as pre-training/2020-21.")],
    analyst: Analyst,
    out: Annotated[Path, typer.Option(help="Where the sealed answers go; must not exist yet.")],
    again: Annotated[int, typer.Option(help="The file of this export once more.")] = 0,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """Hand the new answers out, sealed and shuffled, and count them. Example: upstander survey export pre-training/2020-21 --as 90000002 --out answers.json"""  # noqa: E501
    moment = clock.now()
    by = f"person:{proved_analyst(analyst, password_file, moment)}"
    if out.exists():
        raise Refusal("file-stands", {"file": str(out)})
    if again:
        number, text = again, survey_keeping.exported_again(name, again, moment, by)
    else:
        made, text = survey_keeping.export(name, moment, by)
        number = made.number
    out.write_text(text, encoding="utf-8")
    boxes = len(json.loads(text)["boxes"])
    if as_json:
        output.emit({"survey": name, "number": number, "answers": boxes, "file": str(out)})
    else:
        output.show(f"export {number} of {name}: {boxes} sealed answers in {out}")


def load_tables(
    file: Annotated[Path, typer.Argument(help="tables.json, as `survey open` writes it.")],
    analyst: Analyst,
    password_file: PasswordFile = None,
) -> None:
    """Show the tables of an export on the office's page. Example: upstander survey load-tables tables.json --as 90000002"""  # noqa: E501
    moment = clock.now()
    try:
        read = json.loads(_read(file))
    except (ValueError, RecursionError) as problem:
        raise Refusal("tables-unreadable") from problem
    made = survey_keeping.load_tables(read, moment, f"person:{proved_analyst(analyst, password_file, moment)}")
    output.say(f"the tables of {made.name}, export {made.number}, stand on the office's page.")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refusal("file-unreadable", {"file": str(file), "problem": str(problem)}) from problem
