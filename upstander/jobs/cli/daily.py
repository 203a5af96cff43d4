"""`upstander daily`: the night's work by hand."""

from datetime import date
from typing import Annotated

import typer

from upstander.core.notices import ADDED, CONFIRMATION, REMINDER
from upstander.jobs import daily as nightly
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of

NOTICE_KINDS = (ADDED, REMINDER, CONFIRMATION)


def daily(
    day: Annotated[
        date | None, typer.Option(parser=day_of, metavar="DAY", help="Act as of this day; else today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Machine output on stdout.")] = False,
) -> None:
    """Does the night's work now: decides what the day changes, plans notices, takes the figures.

    Example: upstander daily --day 2027-02-01
    """
    done = nightly.run(day)
    if as_json:
        output.emit(done)
        return
    planned = sum(count for kinds in done["planned"].values() for kind, count in kinds.items() if kind in NOTICE_KINDS)
    output.show(f"{done['day']}: {done['changes']} standings changed, {planned} notices planned.")
    if "no-relay" in done["sent"]:
        output.show("Nothing is sent: no mail relay is set (UPSTANDER_SMTP_URL).")
    elif done["sent"]:
        output.show("Sending: " + ", ".join(f"{count} {what}" for what, count in sorted(done["sent"].items())) + ".")
    if done["waiting"]:
        output.show(f"{done['waiting']} notices wait for their readers' working hours or another try.")
    if done["proof"]:
        checked = done["proof"]["recheck"]
        output.show(f"{checked['checked']} standings decided again, {checked['differing']} came out otherwise.")
    if done["held"]:
        output.show(f"{done['held']} notices are held: no officer has opened sending (upstander sending open).")
