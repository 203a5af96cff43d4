"""The verb `decide`: what everybody owes on a day, one JSON object a line."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer
from django.conf import settings

from upstander.core.decision import STATES, Decision
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.profile import decide_many
from upstander.core.replay import end_of_day
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of
from upstander.queries.facts import iter_facts
from upstander.queries.history import roster_said
from upstander.queries.programmes import published_version, rules_of
from upstander.words.past import known_sentence


def decide(
    programme: Annotated[str, typer.Option(help="The programme's key.")],
    as_of: Annotated[
        date | None, typer.Option("--as-of", parser=day_of, metavar="DAY", help="Decide as things stand on this day.")
    ] = None,
    known_on: Annotated[
        date | None,
        typer.Option(
            "--known-on", parser=day_of, metavar="DAY", help="Use only what was known by the end of this day."
        ),
    ] = None,
    person: Annotated[list[str] | None, typer.Option("--person", help="Only this person; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, ordered by person_id.")] = False,
) -> None:
    """Decide what everybody owes. Example: upstander decide --programme page-b --as-of 2021-02-17 --json"""
    until = known_at(known_on) if known_on else None
    version = published_version(programme, until)
    rules = rules_of(version)
    day = as_of or known_on or clock.now().day
    if known_on and until:
        output.say(known_sentence(known_on, version.number, version.published_at, roster_said(until), "en"))
    decisions = decide_many(rules, _people(person, until, day), day)
    counts: Counter[str] = Counter()
    for decision in output.progress(decisions, "decided"):
        counts[decision.state] += 1
        if as_json:
            output.emit(decision.as_json())
        elif person:
            output.show(_line(decision))
    if not as_json and not person:
        for state in STATES:
            if counts[state]:
                output.show(f"{counts[state]:>9}  {state}")


def _line(decision: Decision) -> str:
    due = decision.due_on.isoformat() if decision.due_on else "-"
    return f"{decision.person_id}  {decision.state}  due {due}"


def known_at(known_on: date) -> datetime:
    """The instant at which the day ends in the institution's zone: what was recorded before it was known that day."""
    return end_of_day(known_on, settings.INSTITUTION_ZONE)


def _people(asked: list[str] | None, until: datetime | None, day: date) -> Iterator[PersonFacts]:
    """The people asked for, vanished ones too; else everybody who is on the roster on the day."""
    if not asked:
        for facts in iter_facts(None, until):
            if facts.vanished_on is None or facts.vanished_on > day:
                yield facts
        return
    missing = set(asked)
    for facts in iter_facts(asked, until):
        missing.discard(facts.person_id)
        yield facts
    if missing:
        raise Refusal("no-such-person", {"person_id": ", ".join(sorted(missing))})
