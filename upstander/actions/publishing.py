"""Publishing a version: its checks, its effect on people, the brake, and the second officer who lets a held one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from upstander.actions.drafts import locked_draft, note
from upstander.actions.standing import decide_programme
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.people_difference import KINDS, MOVES
from upstander.core.programme import Cycle, NamedCycles, Programme
from upstander.core.programme_check import check
from upstander.core.programme_difference import new_rounds
from upstander.core.programme_file import parse_programme
from upstander.core.roster import Brake, implausible
from upstander.models import Account, ProgrammeVersion
from upstander.models import Programme as ProgrammeRow
from upstander.queries.begun import begun_options
from upstander.queries.drafts import unsigned
from upstander.queries.preview import Progress, difference
from upstander.queries.programmes import published
from upstander.queries.roles import runs_programme

#: An effect has become another one if a count of it is off by more than this share of it, and by more than so many.
MATERIAL_PERCENT = 5
MATERIAL_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of publishing: published, with so many standings changed; or held, for these reasons.

    `effect` is as `effect_of` gives it; `because` one entry a limit passed, {"limit", "percent", "of", "count"}.
    """

    version: ProgrammeVersion
    held: bool
    effect: dict
    because: list[dict] = field(default_factory=list)
    changes: int = 0


def publish(version_id: int, revision: int, moment: Moment, by: str, progress: Progress | None = None) -> Outcome:
    """Publishes a draft and decides everybody again; holds it for a second officer where it changes too much at once.

    A programme's first version is never held. Raises Refusal `not-a-draft`, `draft-changed-meanwhile` {revision},
    `programme-invalid` {problems}, `preset-unsigned` {problems}, `option-begun` {course, people},
    `draft-outdated` {based_on, published}, `newer-version-published` {programme, version}, `cycle-runs-still`
    {cycle, until_on, from_on}.
    """
    version, rules, old = _ready(version_id, revision, moment)
    effect = effect_of(old, rules, moment, progress)
    because = _brake_says(old, effect)
    with transaction.atomic():
        version = _again(version, revision, old)
        version.effect = effect
        if because:
            version.requested_at, version.requested_by = moment.at, by
            version.save()
            note(moment, by, "request-publication", version, {"because": because})
            return Outcome(version, True, effect, because)
        _make_published(version, rules, moment, by)
    return Outcome(version, False, effect, [], _decide_all(rules, moment, progress))


def release(version_id: int, moment: Moment, by: str, progress: Progress | None = None) -> Outcome:
    """Publishes a held version by the word of a second officer of the programme, `by` being "person:ID".

    Refusals as for `publish`, and `not-held` {version_id}, `not-yourself` {person_id}, `not-its-officer` {person_id,
    programme}, `effect-changed` {shown, now}: more, or less, would happen now than was shown; it is shown anew.
    """
    held = ProgrammeVersion.objects.filter(pk=version_id, published_at=None, discarded_at=None).first()
    if held is None or held.requested_at is None:
        raise Refusal("not-held", {"version_id": version_id})
    _second_officer(held, by)
    version, rules, old = _ready(version_id, held.revision, moment)
    effect = effect_of(old, rules, moment, progress)
    _refuse_changed(version, effect)
    with transaction.atomic():
        version = _again(version, held.revision, old)
        if version.requested_at is None:
            raise Refusal("not-held", {"version_id": version_id})
        version.effect, version.released_by = effect, by
        _make_published(version, rules, moment, by)
    return Outcome(version, False, effect, [], _decide_all(rules, moment, progress))


@transaction.atomic
def withdraw_request(version_id: int, moment: Moment, by: str) -> None:
    """Takes a request to publish back; the draft stays. Raises Refusal `not-held` {version_id}, `not-a-draft`."""
    version = locked_draft(version_id)
    if version.requested_at is None:
        raise Refusal("not-held", {"version_id": version_id})
    version.requested_at, version.requested_by, version.effect = None, "", {}
    version.save()
    note(moment, by, "withdraw-publication", version)


def effect_of(old: Programme | None, new: Programme, moment: Moment, progress: Progress | None = None) -> dict:
    """What publishing would do to people, as counts: {"today": ..., "coming": [...]}.

    `today` as of the moment's day; `coming` as of the first day of each named cycle that the new version adds.
    """
    return {
        "today": difference(old, new, moment, progress).as_json(),
        "coming": [
            difference(old, new, Moment(moment.at, day), progress).as_json() for day in new_rounds(old, new, moment.day)
        ],
    }


def _ready(version_id: int, revision: int, moment: Moment) -> tuple[ProgrammeVersion, Programme, Programme | None]:
    """The draft, its rules and those published now, if nothing stands in the way."""
    with transaction.atomic():
        version = locked_draft(version_id, revision)
    return version, *refuse_unready(version, moment)


def refuse_unready(version: ProgrammeVersion, moment: Moment) -> tuple[Programme, Programme | None]:
    """The version's rules and those published now; refuses whatever `publish` does, but for its effect on people."""
    rules = parse_programme(version.document)
    refuse_problems("programme-invalid", check(rules))
    refuse_problems("preset-unsigned", unsigned(rules))
    old = _published_now(version)
    if old:
        begun = begun_options(old, rules, moment.day)
        if begun:
            course, people = next(iter(begun.items()))
            raise Refusal("option-begun", {"course": course, "people": people})
        _refuse_in_running_cycle(old, rules, moment)
    return rules, old


def refuse_problems(code: str, problems: Iterable) -> None:
    """Raises Refusal `code` {problems: [{path, message}]} if there are any."""
    told = [{"path": problem.path, "message": problem.message} for problem in problems]
    if told:
        raise Refusal(code, {"problems": told})


def _published_now(version: ProgrammeVersion) -> Programme | None:
    """The rules that are in force; refuses a draft made from older ones, or numbered below them."""
    siblings = ProgrammeVersion.objects.filter(programme_id=version.programme_id)
    latest = siblings.exclude(published_at=None).order_by("number").last()
    if latest is None:
        return None
    if latest.number > version.number:
        raise Refusal("newer-version-published", {"programme": version.programme_id, "version": version.number})
    if version.based_on is not None and version.based_on != latest.number:
        raise Refusal("draft-outdated", {"based_on": version.based_on, "published": latest.number})
    return published(version.programme_id)


def _refuse_in_running_cycle(old: Programme, new: Programme, moment: Moment) -> None:
    """A version that keeps no window of the cycle that runs would decide what was begun in it by later dates."""
    cycle = old.cycle_on(moment.day)
    if not _opens_in(old, cycle) or new.cycle_on(moment.day).key != cycle.key or _opens_in(new, cycle):
        return
    named = isinstance(new.cycles, NamedCycles) and cycle in new.cycles.periods
    following = new.cycles.after(cycle) if named else None
    if following:
        data = {"cycle": cycle.key, "until_on": cycle.last_on.isoformat(), "from_on": following.first_on.isoformat()}
        raise Refusal("cycle-runs-still", data)


def _opens_in(rules: Programme, cycle: Cycle) -> bool:
    """Whether any group has a window in the cycle."""
    windows = (rules.window_in(group, cycle) for group in rules.groups)
    return any(window and cycle.first_on <= window.opens_on <= cycle.last_on for window in windows)


def _brake_says(old: Programme | None, effect: dict) -> list[dict]:
    if old is None:
        return []
    found: list[dict] = []
    for part in (effect["today"], *effect["coming"]):
        duties = part["duties_before"] + part["gains"]
        found += [{**entry, "day": part["day"]} for entry in too_much(duties, _changed(part))]
    return found


def too_much(duties: int, duties_changed: int) -> list[dict]:
    """What the brake says of so many duties changed among so many: [] or {"limit", "percent", "of", "count"}."""
    limits, name = settings.INSTITUTION.get("roster", {}), "duties_changed_percent"
    brake = Brake(**({name: limits[name]} if name in limits else {}))
    return implausible(brake, people_before=0, people_gone=0, duties=duties, duties_changed=duties_changed)


def _changed(part: dict) -> int:
    return sum(part[kind] for kind in ("gains", "loses", *MOVES))


def _again(version: ProgrammeVersion, revision: int, old: Programme | None) -> ProgrammeVersion:
    """The draft, locked, if it and what is published are still what the effect was worked out for."""
    ProgrammeRow.objects.select_for_update().get(pk=version.programme_id)
    again = locked_draft(version.pk, revision)
    now = _published_now(again)
    if (now.version if now else None) != (old.version if old else None):
        raise Refusal("draft-outdated", {"based_on": old.version if old else 0, "published": now.version if now else 0})
    return again


def _make_published(version: ProgrammeVersion, rules: Programme, moment: Moment, by: str) -> None:
    version.published_at = moment.at
    version.save()
    note(moment, by, "publish-programme", version, {"digest": version.digest})


def _decide_all(rules: Programme, moment: Moment, progress: Progress | None) -> int:
    """Deciding everybody commits chunk by chunk; a run cut short is finished by the night."""
    return decide_programme(rules.key, moment, "programme", f"{rules.key}@{rules.version}")


def _second_officer(version: ProgrammeVersion, by: str) -> None:
    person_id = person_of(by)
    if person_of(version.requested_by) == person_id:
        raise Refusal("not-yourself", {"person_id": person_id})
    if not runs_programme(person_id, version.programme_id):
        raise Refusal("not-its-officer", {"person_id": person_id, "programme": version.programme_id})


def person_of(actor: str) -> str:
    """The id of the person whom an actor's name means: their id, with or without its prefix, or their e-mail."""
    named = actor.removeprefix("person:")
    account = Account.objects.filter(email__iexact=named).first() if "@" in named else None
    return account.person_id or named if account else named


def _refuse_changed(version: ProgrammeVersion, effect: dict) -> None:
    """Refuses a release on the strength of figures that are no longer so; the new ones are kept, to be shown."""
    shown = version.effect
    before, now = [shown.get("today"), *shown.get("coming", [])], [effect["today"], *effect["coming"]]
    if len(before) == len(now) and not any(_differs(*pair) for pair in zip(before, now, strict=True)):
        return
    ProgrammeVersion.objects.filter(pk=version.pk, revision=version.revision).update(effect=effect)
    raise Refusal("effect-changed", {"shown": _told(before), "now": _told(now)})


def _differs(shown: dict | None, now: dict) -> bool:
    if shown is None:
        return True
    for kind in KINDS:
        off = abs(now[kind] - shown.get(kind, 0))
        if off > MATERIAL_PEOPLE and off * 100 > MATERIAL_PERCENT * max(now[kind], shown.get(kind, 0)):
            return True
    return False


def _told(parts: list) -> int:
    return sum(_changed(part) for part in parts if part)
