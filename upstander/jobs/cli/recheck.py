"""The verb `recheck`: stored standings decided again, one by one."""

from typing import Annotated

import typer

from upstander.actions.recheck import A_NIGHT
from upstander.actions.recheck import recheck as run
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.ticking import Ticking
from upstander.models import Recheck


def recheck(
    count: Annotated[int, typer.Option(min=1, help="How many standings, taken at random.")] = A_NIGHT,
    seed: Annotated[str, typer.Option(help="The seed of an earlier recheck takes the same sample again.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Every standing instead of a sample.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Decide stored standings again; status 1 if any comes out otherwise. Example: upstander recheck --count 1000"""
    if len(seed) > 64:
        raise typer.BadParameter("has at most 64 characters", param_hint="--seed")
    with Ticking() as ticking:
        found = run(clock.now(), count, seed, every, lambda done: ticking.step("standings decided again", done))
    if as_json:
        columns = ("day", "at", "seed", "checked", "differing", "differences")
        output.emit({name: getattr(found, name) for name in columns})
    else:
        _show(found)
    if found.differing:
        raise typer.Exit(1)


def _show(found: Recheck) -> None:
    output.show(f"{found.checked} standings decided again (seed {found.seed}); {found.differing} came out otherwise.")
    for difference in found.differences:
        changes = "; ".join(
            f"{name} {difference['stored'][name]} instead of {difference['decided'][name]}"
            if name in difference["stored"]
            else name
            for name in difference["columns"]
        )
        output.show(f"  standing {difference['standing']}, {difference['programme']} {difference['cycle']}: {changes}")
