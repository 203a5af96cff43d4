"""The verbs `history seal` and `history verify`: the record proved night by night."""

from typing import Annotated

import typer

from upstander.actions import seals
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.ticking import Ticking
from upstander.queries.ledger import Fault

AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]
_KINDS = {
    "altered": "rows were changed",
    "missing": "rows are missing",
    "added": "rows were put in",
    "backdated": "rows were put in later under an older date",
}
_SEALS = {"altered": "the seal itself was changed", "missing": "the seal before it is gone or was changed"}


def seal(as_json: AsJson = False) -> None:
    """Seal what the record holds now, if today is not sealed yet. Example: upstander history seal"""
    made = seals.seal(clock.now())
    if as_json:
        output.emit({"day": made.seal.day, "rows": made.rows, "digest": made.seal.digest, "new": made.is_new})
        return
    begun = "Sealed" if made.is_new else "Unchanged"
    output.show(f"{begun}: {made.seal.day.isoformat()}, {made.rows} rows, digest {made.seal.digest}")


def verify(as_json: AsJson = False) -> None:
    """Walk every seal; status 1 if the record is not what was sealed. Example: upstander history verify"""
    with Ticking() as ticking:
        verified = seals.verify(clock.now(), lambda walked: ticking.step("seals walked", walked))
    if as_json:
        output.emit({"seals": verified.seals, "faults": [fault.as_json() for fault in verified.faults]})
    elif verified.first:
        output.show(f"The first night that does not match: {_said(verified.first)}")
        for fault in verified.faults[1:]:
            output.show(f"  also: {_said(fault)}")
    elif verified.seals:
        output.show(f"The record is whole: {verified.seals} nights match their seals.")
    else:
        output.show("No night has been sealed yet.")
    if verified.first:
        raise typer.Exit(1)


def _said(fault: Fault) -> str:
    kinds = _SEALS if fault.table == "seals" else _KINDS
    night = fault.day.isoformat() if fault.day else "since the last seal"
    return f"{night}, {fault.table}: {kinds[fault.kind]}."
