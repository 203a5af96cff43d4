"""Who an officer at the command line is: the password asked for, and never taken from the arguments."""

import os
import sys
from pathlib import Path

import typer

from upstander.actions.officers import analyst_by_password, officer_by_password
from upstander.core.days import Moment
from upstander.core.errors import Refusal


def proved_officer(named: str, password_file: Path | None, moment: Moment) -> str:
    """The person_id of the officer named with `--as`, after their password; raises Refusal `officer-not-proved`."""
    return officer_by_password(named, _password(password_file), moment)


def proved_analyst(named: str, password_file: Path | None, moment: Moment) -> str:
    """The person_id of the analyst named with `--as`, after their password; raises Refusal `analyst-not-proved`."""
    return analyst_by_password(named, _password(password_file), moment)


def _password(file: Path | None) -> str:
    """From the file named, the setting, the terminal, or else the first line of stdin; never from the arguments."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as problem:
            raise Refusal("file-missing", {"file": str(file), "because": str(problem)}) from problem
    if given := os.environ.get("UPSTANDER_OFFICER_PASSWORD"):
        return given
    if sys.stdin.isatty():
        return typer.prompt("Password", hide_input=True, err=True)
    return sys.stdin.readline().rstrip("\r\n")
