"""The verbs `mail receive` and `mail read`: what comes back, by a pipe of the mail server or from the mailbox."""

import sys
from typing import Annotated

import typer
from django.db import DatabaseError

from upstander.actions.post import receive as take_in
from upstander.core.errors import Refusal
from upstander.core.post import LONGEST_MESSAGE_BYTES
from upstander.jobs import clock
from upstander.jobs import post as job
from upstander.jobs.cli import output

AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]
#: What a mail server takes for "keep it and try again" (sysexits.h, EX_TEMPFAIL).
TRY_AGAIN = 75
_HEADERS_BYTES = 64 * 1024


def receive(as_json: AsJson = False) -> None:
    """Take in one message from standard input, as a mail server pipes it. Example: upstander mail receive < message"""
    raw = sys.stdin.buffer.read(LONGEST_MESSAGE_BYTES + 1)
    is_whole = len(raw) <= LONGEST_MESSAGE_BYTES
    try:
        came = take_in(raw if is_whole else raw[:_HEADERS_BYTES], clock.now(), is_whole)
    except DatabaseError:
        output.say("upstander: the database does not answer; keep the message and try again.")
        raise typer.Exit(TRY_AGAIN) from None
    if as_json:
        output.emit({"was": came})
        return
    output.show(came)


def read(
    seconds: Annotated[float, typer.Option(help="Stop after this long; the rest is read at the next run.")] = 3600,
    as_json: AsJson = False,
) -> None:
    """Read the mailbox now, as the worker does every five minutes. Example: upstander mail read"""
    tally = job.run(seconds=seconds)
    if "no-mailbox" in tally:
        raise Refusal("no-mailbox")
    if as_json:
        output.emit(tally)
    else:
        output.show(", ".join(f"{count} {what}" for what, count in sorted(tally.items())) or "Nothing lay there.")
    if "mailbox-failed" in tally:
        raise typer.Exit(1)
