"""The verb `rehearse`: a programme's days played over the present roster, without writing or sending anything."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import IO, Annotated

import typer

from upstander.actions.rehearsal import Asked, asked, count_people, figures, others_told, play_all
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.core.rehearsal_figures import Tally, assignments, conflicts
from upstander.core.rehearsal_player import Played
from upstander.jobs import clock, sending
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of
from upstander.jobs.cli.programme import read_text
from upstander.queries.programmes import published
from upstander.queries.rehearsing import roster_day, version_of


def rehearse(
    key: Annotated[str, typer.Argument(help="The programme's key.")],
    from_on: Annotated[date, typer.Option("--from", parser=day_of, metavar="DAY", help="The first day to play.")],
    to_on: Annotated[date, typer.Option("--to", parser=day_of, metavar="DAY", help="The last day to play.")],
    version: Annotated[int | None, typer.Option(help="This version, a draft too; else the published one.")] = None,
    file: Annotated[Path | None, typer.Option(help="The rules of this programme file instead.")] = None,
    share: Annotated[float, typer.Option(help="The share (0 to 1) of those who owe that finishes in its window.")] = 0,
    seed: Annotated[str, typer.Option(help="Another seed has other people finish, on other days.")] = "1",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Play a period over the present roster. Example: upstander rehearse page-b --from 2027-01-13 --to 2027-02-17"""
    if version is not None and file is not None:
        raise typer.BadParameter("give --version or --file, not both", param_hint="--file")
    moment = clock.now()
    rules = _rules(key, version, file)
    what = asked(rules, from_on, to_on, share, seed, hours_matter=not sending.keeps_in_mailbox())
    tally, others = Tally(what.shown), others_told(what, moment)
    _say_of_roster(what)
    with _Lists(what) as lists:
        for played in output.progress(
            others.passing(play_all(what, moment)), "people rehearsed", count_people(what, moment)
        ):
            tally.add(played)
            lists.take(played)
        others.count_into(tally.add_letter)
        if as_json:
            lists.emit(figures(what, tally, moment))
            return
    _show(what, tally)


def _say_of_roster(what: Asked) -> None:
    since_on = roster_day()
    if since_on and what.shown.first < since_on:
        output.say(f"The roster begins on {since_on}; the days before it are played over the present roster.")


def _rules(key: str, version: int | None, file: Path | None) -> Programme:
    """The rules asked for. Refusals: no-such-programme, no-such-version, file-unreadable, rules-unreadable."""
    try:
        rules = parse_programme(read_text(file)) if file else version_of(key, version) if version else published(key)
    except Refusal as refusal:
        if refusal.code not in {"programme-invalid", "programme-unreadable"}:
            raise
        for problem in refusal.data.get("problems", ()):
            output.say(f"{problem['path']}: {problem['message']}")
        because = refusal.data.get("message", "its problems stand above")
        raise Refusal("rules-unreadable", {"because": because}) from refusal
    if rules.key != key:
        raise Refusal("other-programme-in-file", {"programme": key, "file": str(file), "key": rules.key})
    return rules


class _Lists:
    """The lists of people, kept in a file while they grow, so that memory does not."""

    def __init__(self, what: Asked) -> None:
        self.shown = what.shown
        self.files: dict[str, IO[str]] = {}

    def __enter__(self) -> "_Lists":
        for name in ("without_address", "conflicts", "assigned"):
            self.files[name] = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.files.values():
            file.close()

    def take(self, played: Played) -> None:
        """Keeps what the lists say of one person."""
        if played.nowhere_on is not None:
            self._keep("without_address", played.player.facts.person_id)
        for conflict in conflicts(played, self.shown):
            self._keep("conflicts", conflict)
        for assignment in assignments(played, self.shown):
            self._keep("assigned", assignment.as_json())

    def _keep(self, name: str, thing: object) -> None:
        self.files[name].write(json.dumps(thing, ensure_ascii=False) + "\n")

    def emit(self, counted: dict) -> None:
        """Writes the one object, the lists last."""
        typer.echo(json.dumps(counted, ensure_ascii=False)[:-1], nl=False)
        for name, file in self.files.items():
            typer.echo(f', "{name}": [', nl=False)
            file.seek(0)
            for place, line in enumerate(file):
                typer.echo((", " if place else "") + line.rstrip("\n"), nl=False)
            typer.echo("]", nl=False)
        typer.echo("}")


def _show(what: Asked, tally: Tally) -> None:
    """The figures as a person reads them: the days on which something changes or goes, and what to mend before."""
    as_if = f"as if {what.share:.0%} of those who owe finished in time" if what.share else "as if nobody finished"
    output.show(
        f"{what.rules.key} version {what.rules.version}, {what.shown.first} to {what.shown.last}, "
        f"{tally.people} people, {as_if}. Nothing was written or sent."
    )
    output.show(f"{'day':<12}{'notices':>9}  by kind; people by state")
    before: dict = {}
    for day in tally.days():
        if day["notices"] or day["states"] != before:
            count = sum(day["notices"].values())
            output.show(f"{day['day']:<12}{count:>9}  {_listed(day['notices'])}; {_listed(day['states'])}")
        before = day["states"]
    for peak in tally.peaks():
        output.show(
            f"Peak: {peak['day']}, {peak['notices']} notices, {peak['of_unit']} of them to {peak['unit'] or '-'}."
        )
    for key, count in sorted(tally.together.items()):
        output.show(f"Letters that go together with {key}: {count}.")
    output.show(f"People without an address who would be written to: {tally.no_address}.")
    output.show(f"Exceptions that contradict each other: {tally.conflicts}.")
    for owner, codes in tally.unknown_by_owner().items():
        output.show(f"Facts that are missing, to be mended by the {owner}: {_listed(codes)}.")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "-"
