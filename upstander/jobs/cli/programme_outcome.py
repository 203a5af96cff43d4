"""What came of publishing a version, told on the command line."""

import typer

from upstander.actions.publishing import Outcome
from upstander.core.people_difference import KINDS
from upstander.jobs.cli import output

#: How each kind of change among people is told.
SAID = {
    "gains": "gain a duty",
    "loses": "lose their duty",
    "later": "get a later date",
    "earlier": "get an earlier date",
    "date-set": "get a date where there was none",
    "date-gone": "have no date any more",
    "regrouped": "come into another group",
    "new-round": "begin a new round",
}


def show_outcome(outcome: Outcome, as_json: bool) -> None:
    """Says what came of publishing; a held one ends with status 1."""
    version = outcome.version
    if as_json:
        output.emit(outcome_json(outcome))
    elif not outcome.held:
        output.say(f"{version.programme_id} version {version.number}: published. Standings changed: {outcome.changes}.")
    if outcome.held and not as_json:
        say_held(outcome)
    if outcome.held:
        raise typer.Exit(1)


def outcome_json(outcome: Outcome) -> dict:
    """What came of publishing as machine output."""
    version = outcome.version
    return {
        "ok": not outcome.held, "programme": version.programme_id, "version": version.number,
        "published": version.published_at is not None, "held": outcome.held, "because": outcome.because,
        "effect": outcome.effect, "standings_changed": outcome.changes,
    }  # fmt: skip


def say_held(outcome: Outcome) -> None:
    """Why a version is held, what it would do, and how it goes on."""
    for entry in outcome.because:
        output.say(
            f"Too much at once: {entry['count']} of {entry['of']} duties would change as of {entry['day']}, more than "
            f"{entry['percent']} %."
        )
    for part in (outcome.effect["today"], *outcome.effect["coming"]):
        told = [f"{part[kind]} people {SAID[kind]}" for kind in KINDS if part[kind]]
        output.say(f"As of {part['day']}: {'; '.join(told) or 'nobody’s duty changes'}.")
    named = f"{outcome.version.programme_id}@{outcome.version.number}"
    output.say(
        f"Held; nothing was published. An officer other than the requester releases it: "
        f"upstander programme release {named} --as OFFICER"
    )
