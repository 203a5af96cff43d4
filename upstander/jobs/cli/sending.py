"""The verbs `sending open`, `sending status` and `sending run`."""

from collections import Counter
from typing import Annotated

import typer
from django.db.models import Count

from upstander.actions.opening import open_sending
from upstander.core.access import OFFICER
from upstander.core.errors import Refusal
from upstander.jobs import clock
from upstander.jobs import sending as job
from upstander.jobs.cli import output
from upstander.models import Notice, Programme
from upstander.queries.messages import shown
from upstander.queries.roles import grants_in_force
from upstander.queries.sent_notices import waiting_notices

AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]


def open_(
    key: Annotated[str, typer.Argument(help="The programme's key.")],
    officer: Annotated[str, typer.Option("--as", help="The officer who answers for it: the person's eight digits.")],
    as_json: AsJson = False,
) -> None:
    """Open a programme's sending; nothing goes out before. Example: upstander sending open page-b --as 10000012"""
    grants = grants_in_force(officer).filter(role=OFFICER)
    if not any(grant.programme_id in (None, key) for grant in grants):
        raise Refusal("not-its-officer", {"person_id": officer, "programme": key})
    opened = open_sending(key, clock.now(), f"person:{officer}")
    if as_json:
        output.emit({"programme": key, "opened": opened})
        return
    output.show("Open: what waits goes out from the next run on." if opened else "It was open.")


def status(as_json: AsJson = False) -> None:
    """Which programmes are open, and what became of their notices. Example: upstander sending status"""
    for line in _status():
        if as_json:
            output.emit(line)
        else:
            output.show(_line(line))


def _status() -> list[dict]:
    counted: dict[str, Counter] = {}
    known = shown(Notice.objects.all()).order_by()
    rows = known.values_list("programme_id", "state", "not_sent_reason").annotate(Count("pk"))
    for programme, state, reason, count in rows:
        counted.setdefault(programme, Counter())[f"{state}: {reason}" if reason else state] += count
    crossed = dict(Notice.objects.filter(crossed=True).order_by().values_list("programme_id").annotate(Count("pk")))
    return [
        {
            "programme": programme.key,
            "open": programme.sending_opened_at is not None,
            "opened_at": programme.sending_opened_at,
            "opened_by": programme.sending_opened_by,
            "notices": dict(sorted(counted.get(programme.key, Counter()).items())),
            "crossed": crossed.get(programme.key, 0),
        }
        for programme in Programme.objects.order_by("key")
    ]


def _line(line: dict) -> str:
    counts = ", ".join(f"{count} {state}" for state, count in line["notices"].items()) or "no notice yet"
    crossed = f"; {line['crossed']} of the sent ones crossed a completion" if line["crossed"] else ""
    return f"{line['programme']}: sending is {'open' if line['open'] else 'closed'}; {counts}{crossed}"


def run(
    seconds: Annotated[float, typer.Option(help="Stop after this long; the rest goes at the next run.")] = 3600,
    as_json: AsJson = False,
) -> None:
    """Send what is planned and may go now. Example: upstander sending run"""
    tally = job.run(seconds=seconds)
    if "no-relay" in tally:
        raise Refusal("no-relay")
    if as_json:
        output.emit(tally)
        return
    output.show(", ".join(f"{count} {what}" for what, count in sorted(tally.items())) or _what_waits())


def _what_waits() -> str:
    waiting = waiting_notices()
    return f"{waiting} wait for their readers' working hours or another try." if waiting else "Nothing waits."
