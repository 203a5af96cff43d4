"""The verb `grant`: a role for a person."""

import getpass
from typing import Annotated

import typer

from upstander.actions.grants import end as end_grant
from upstander.actions.grants import give
from upstander.jobs import clock
from upstander.jobs.cli import output


def grant(
    person_id: Annotated[str, typer.Argument(help="The person's eight digits.")],
    role: Annotated[str, typer.Argument(help="officer, department, author, custodian or analyst.")],
    programme: Annotated[str | None, typer.Option(help="An officer or custodian of this one only.")] = None,
    unit: Annotated[str | None, typer.Option(help="This unit and those below it; otherwise all.")] = None,
    end: Annotated[bool, typer.Option("--end", help="End that grant instead; its record stays.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Give a person a role, or end it. Example: upstander grant 10000007 department --unit MUS"""
    act = end_grant if end else give
    changed = act(person_id, role, clock.now(), f"cli:{getpass.getuser()}", programme, unit)
    if as_json:
        output.emit({"person_id": person_id, "role": role, "programme": programme, "unit": unit, "changed": changed})
        return
    output.show(_said(changed, end))


def _said(changed: bool, end: bool) -> str:
    if not changed:
        return "No such grant was in force." if end else "That grant was in force already."
    return "The grant has ended." if end else "Granted."
