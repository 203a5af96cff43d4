"""The verbs about versions of a programme: `read`, `diff`, `preview`, `drafts`, `publish`, `release`, `next-cycle`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from upstander.actions.next_cycle import draft_next_cycle
from upstander.actions.publishing import publish, release
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.people_difference import KINDS, PeopleDifference, PersonChange
from upstander.core.programme import Programme
from upstander.core.programme_difference import differences
from upstander.core.programme_file import parse_programme
from upstander.delivery import catalogue
from upstander.jobs import clock
from upstander.jobs.cli import output
from upstander.jobs.cli.days import day_of
from upstander.jobs.cli.programme_files import problems_of, read_text
from upstander.jobs.cli.programme_outcome import SAID, show_outcome
from upstander.jobs.cli.proving import proved_officer
from upstander.jobs.cli.ticking import Ticking
from upstander.models import ProgrammeVersion
from upstander.queries.drafts import drafts_of, read_draft
from upstander.queries.preview import Preview, difference, preview
from upstander.queries.programmes import published_version
from upstander.queries.rule_names import unit_names_in
from upstander.words.rules import difference_sentences, rule_sentences
from upstander.words.rules_conditions import Names
from upstander.words.states import state_word

LANGUAGES = ("en", "es")
#: So many people of each kind are named to readers; machine output names more.
NAMED_TO_READERS = 5
What = Annotated[str, typer.Argument(help="A programme file, a key, or KEY@NUMBER.")]
Version = Annotated[str, typer.Argument(help="The draft: KEY@NUMBER, or the key where there is only one.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine output on stdout.")]
Lang = Annotated[str, typer.Option(help="en or es.")]
AsOf = Annotated[date | None, typer.Option("--as-of", parser=day_of, metavar="DAY", help="As of this day; else today.")]


def read(what: What, lang: Lang = "en", as_json: AsJson = False) -> None:
    """Read a programme back as sentences. Example: upstander programme read page-b --lang es"""
    rules = _rules(what)
    said = rule_sentences(rules, _known(lang), _names([rules], lang))
    if as_json:
        output.emit({"programme": rules.key, "version": rules.version, "lang": lang, "parts": dict(said)})
        return
    for part, sentences in said:
        output.show(f"{part}:")
        for sentence in sentences:
            output.show(f"  {sentence}")


def diff(
    old: What,
    new: What,
    lang: Lang = "en",
    as_of: AsOf = None,
    people: Annotated[bool, typer.Option(help="Say also what it does to the people on the roster.")] = True,
    as_json: AsJson = False,
) -> None:
    """Say what differs, in words and in people. Example: upstander programme diff page-b page-b-2.toml"""
    before, after = _rules(old), _rules(new)
    said = difference_sentences(before, after, _known(lang), _names([before, after], lang))
    with Ticking() as ticking:
        found = difference(before, after, _moment(as_of), ticking.step) if people else None
    if as_json:
        parts = [each.as_json() for each in differences(before, after)]
        told = {**found.as_json(), "listed": _listed(found)} if found else None
        output.emit({"differences": parts, "sentences": [each.sentence for each in said], "people": told})
        return
    for each in said:
        output.show(f"{each.part}: {each.sentence}")
    if not said:
        output.show("Both say the same.")
    if found:
        _show_people(found)


def preview_(
    what: What,
    as_of: AsOf = None,
    sample: Annotated[int, typer.Option(min=0, max=100, help="How many people to show.")] = 8,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Count how the roster would stand under a version. Example: upstander programme preview page-b-2.toml"""
    found = preview(_rules(what), _moment(as_of), sample)
    if as_json:
        output.emit({**asdict(found), "sample": [decision.as_json() for _, _, decision in found.sample]})
        return
    _show_preview(found, _known(lang))


def drafts(
    key: Annotated[str, typer.Argument(help="The programme's key; without it, of all.")] = "", as_json: AsJson = False
) -> None:
    """List drafts and what stands in their way. Example: upstander programme drafts page-b"""
    day = clock.now().day
    keys = [key] if key else sorted(set(ProgrammeVersion.objects.values_list("programme_id", flat=True)))
    for version in [version for each in keys for version in drafts_of(each)]:
        view = read_draft(version, day)
        if as_json:
            output.emit(_draft_json(version, len(view.problems), len(view.warnings)))
            continue
        waits = " Waits for a second officer." if version.requested_at else ""
        output.show(
            f"{version.programme_id}@{version.number} ({version.made_because}, revision {version.revision}): "
            f"problems {len(view.problems)}, warnings {len(view.warnings)}.{waits}"
        )
        for problem in view.problems:
            output.show(f"  {problem.path}: {problem.message}")
        for warning in view.warnings:
            output.show(f"  {warning.path}: to be looked at, not in the way: {warning.message}")


def publish_(
    version: Version,
    officer: Annotated[str, typer.Option("--as", help="Who publishes it; kept in the record.")] = "command line",
    as_json: AsJson = False,
) -> None:
    """Publish a draft; above the brake it is held. Example: upstander programme publish page-b@2"""
    row = _draft(version)
    with Ticking() as ticking, _told(version):
        outcome = publish(row.pk, row.revision, clock.now(), officer, ticking.step)
    show_outcome(outcome, as_json)


def release_(
    version: Version,
    officer: Annotated[str, typer.Option("--as", help="The second officer: ID number or e-mail.")],
    password_file: Annotated[Path | None, typer.Option(help="File with that officer's password; else asked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Release a held version as a second officer. Example: upstander programme release page-b@2 --as mei@u.example"""
    row = _draft(version)
    moment = clock.now()
    by = proved_officer(officer, password_file, moment)
    with Ticking() as ticking, _told(version):
        outcome = release(row.pk, moment, f"person:{by}", ticking.step)
    show_outcome(outcome, as_json)


def next_cycle(
    key: Annotated[str, typer.Argument(help="The programme's key.")],
    as_json: AsJson = False,
) -> None:
    """Draft the next cycle with the last one's settings. Example: upstander programme next-cycle page-b"""
    version = draft_next_cycle(key, clock.now(), "command line")
    view = read_draft(version, clock.now().day)
    if as_json:
        output.emit(_draft_json(version, len(view.problems), len(view.warnings)))
        return
    output.show(f"{key}@{version.number} is drafted; problems found: {len(view.problems)}.")


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise typer.BadParameter("must be en or es", param_hint="--lang")
    return lang


def _moment(as_of: date | None) -> Moment:
    return clock.at_noon(as_of) if as_of else clock.now()


def _rules(what: str) -> Programme:
    """The rules of a file, of a key's published version, or of one version."""
    if Path(what).is_file() or what.endswith(".toml"):
        return parse_programme(read_text(Path(what)))
    key, _, number = what.partition("@")
    version = _version(key, number, what) if number else published_version(key)
    return parse_programme(version.document)


def _version(key: str, number: str, said: str) -> ProgrammeVersion:
    if not number.isascii() or not number.isdigit():
        raise Refusal("bad-version", {"said": said})
    version = ProgrammeVersion.objects.filter(programme_id=key, number=int(number[:9])).first()
    if version is None:
        raise Refusal("no-such-version", {"programme": key, "version": number})
    return version


def _draft(said: str) -> ProgrammeVersion:
    """The draft named; a key alone is enough where there is one draft."""
    key, _, number = said.partition("@")
    if number:
        return _version(key, number, said)
    found = drafts_of(key)
    if len(found) != 1:
        named = ", ".join(f"{key}@{version.number}" for version in found)
        raise typer.BadParameter(f"{key} has {len(found)} drafts; name one{': ' + named if named else ''}.")
    return found[0]


def _names(versions: Sequence[Programme], lang: str) -> Names:
    courses = {option.course_key for rules in versions for option in rules.options}
    courses |= {each.course_key for rules in versions for each in rules.equivalencies}
    return Names(units=unit_names_in(versions), courses={key: catalogue.title_of(key, lang) for key in sorted(courses)})


@contextmanager
def _told(version: str) -> Iterator[None]:
    """Names every problem with its place before the refusal itself is told."""
    try:
        yield
    except Refusal as refusal:
        for problem in problems_of(refusal):
            output.say(f"{version}: {problem['path']}: {problem['message']}")
        raise


def _draft_json(version: ProgrammeVersion, problems: int, warnings: int) -> dict:
    return {
        "programme": version.programme_id, "version": version.number, "because": version.made_because,
        "based_on": version.based_on, "revision": version.revision, "held": version.requested_at is not None,
        "problems": problems, "warnings": warnings,
    }  # fmt: skip


def _listed(found: PeopleDifference) -> dict:
    return {kind: [asdict(change) for change in changes] for kind, changes in found.listed.items() if changes}


def _show_people(found: PeopleDifference) -> None:
    output.show(f"As of {found.day.isoformat()}, of {found.people} people on the roster:")
    for kind in KINDS:
        if found.counts[kind]:
            named = ", ".join(_change(change) for change in found.listed[kind][:NAMED_TO_READERS])
            more = found.counts[kind] - len(found.listed[kind][:NAMED_TO_READERS])
            output.show(f"  {found.counts[kind]} {SAID[kind]}: {named}{f' and {more} more' if more else ''}")
    for (before, after), count in sorted(found.states.items()):
        output.show(f"  {count} go from “{state_word(before, 'en')}” to “{state_word(after, 'en')}”.")
    if found.changes_nobody:
        output.show("  nobody’s duty or state changes.")


def _change(change: PersonChange) -> str:
    if change.days is None:
        return change.person_id
    return f"{change.person_id} ({change.from_due_on} to {change.to_due_on}, {change.days:+d} days)"


def _show_preview(found: Preview, lang: str) -> None:
    drawn = "" if found.exact else f", worked out from {found.looked_at} of them drawn by lot"
    output.show(f"{found.of_people} people on the roster{drawn}.")
    for state, count in found.people_by_state.items():
        margin = f" ± {found.margins[state]}" if state in found.margins else ""
        output.show(f"  {state_word(state, lang)}: {count}{margin}")
    for group, count in found.people_by_group.items():
        output.show(f"  in group {group}: {count}")
    if found.matches != "some":
        output.show(f"  This matches {found.matches}.")
    for person_id, name, decision in found.sample:
        due = f", due {decision.due_on}" if decision.due_on else ""
        output.show(f"  {person_id} {name}: {state_word(decision.state, lang)}{due}")
