"""What the sender must know beside the notices: people, standings, the other messages; read once for a batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from upstander.actions.cases import look_again
from upstander.actions.notices import ASKING, zone_of
from upstander.actions.standing import refresh
from upstander.core.days import Moment
from upstander.core.escalation import come, turn_of
from upstander.core.notices import (
    ADDED,
    AGAIN,
    CATCH_UP,
    CONFIRMATION,
    DIGEST,
    OTHERS,
    OVERDUE,
    OVERDUE_OTHERS,
    REMINDER,
    TEST_LETTER,
    Circumstances,
    Kind,
    address_digest,
    overdue_turn,
    reminder_turn,
)
from upstander.core.programme import Programme
from upstander.core.updates import changed_among
from upstander.models import Account, FailingAddress, Notice, NoticeText, Person, Standing
from upstander.models import Programme as ProgrammeRow
from upstander.queries import wording
from upstander.queries.arrangements import arranged_ahead
from upstander.queries.cases import put_off, resting
from upstander.queries.declining import declined
from upstander.queries.naming import unit_names
from upstander.queries.post import SUPPRESSED
from upstander.queries.programmes import all_published
from upstander.queries.readers import still_readers, told_today

_OF_OTHERS = (
    "dedupe_key", "kind", "state", "planned_for_on", "claimed_at", "person_id", "about_id", "programme_id", "cycle",
)  # fmt: skip
#: Who, in which programme, in which cycle.
Place = tuple[str, str | None, str]


def place_of(row: Notice | Standing) -> Place:
    """The duty that a row is about: of a notice about somebody else, that person's."""
    return getattr(row, "about_id", None) or row.person_id, row.programme_id, row.cycle


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a batch of claims reads, under the locks of its people.

    `resting`: the (person, programme) for which a case is open, so that nothing goes that asks; `put_off`: the same,
    and nobody else is told. `suppressed`: the (person, digest of an address) to which mail does not go through.
    `own_words` are the office's; `declined` the (person, kind) that go no more. `readers`: the messages about others
    whose reader may still read them; `told_today`: who has had their letter of the day about others.
    """

    rules: Mapping[str, Programme]
    standings: Mapping[Place, Standing]
    others: Mapping[Place, Sequence[Notice]]
    languages: Mapping[str, str]
    units: Mapping[str, str]
    resting: AbstractSet[tuple[str, str]]
    arranged: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    put_off: AbstractSet[tuple[str, str]] = frozenset()
    suppressed: AbstractSet[tuple[str, str]] = frozenset()
    any_open: bool = True
    own_words: Mapping[wording.Where, NoticeText] = field(default_factory=dict)
    declined: AbstractSet[tuple[str, str]] = frozenset()
    readers: AbstractSet[Notice] = frozenset()
    told_today: AbstractSet[str] = frozenset()


def known_of(
    notices: Sequence[Notice], people: Mapping[str, Person], moment: Moment, kinds: Mapping[str, Kind]
) -> Known:
    """Reads the standings that these notices are about fresh, and what else the gate asks about; constant queries."""
    everybody = sorted({*people, *(notice.about_id for notice in notices if notice.about_id)})
    of_duties = [notice for notice in notices if is_of_a_duty(notice, kinds)]
    if of_duties:
        _bring_up_to_date(of_duties, moment)
        look_again(moment, everybody)
    standings = standings_of(of_duties)
    others: dict[Place, list[Notice]] = defaultdict(list)
    readers = {notice.person_id for notice in notices if notice.kind != OVERDUE_OTHERS}
    about = Notice.objects.filter(person_id__in=readers, about=None).exclude(state="not-sent").order_by()
    for other in about.only(*_OF_OTHERS):
        others[place_of(other)].append(other)
    return Known(
        rules={rules.key: rules for rules in all_published()},
        standings=standings,
        others=others,
        languages=_languages(people),
        units=unit_names(reason for standing in standings.values() for reason in standing.reasons),
        resting=resting(everybody),
        arranged=arranged_ahead(everybody, moment.at),
        put_off=put_off(everybody),
        suppressed=suppressed(list(people)),
        any_open=any_programme_is_open(),
        own_words=wording.in_force({DIGEST, *(notice.kind for notice in notices)}),
        declined=declined(list(people), _declinable(notices, kinds)),
        **_of_readers(notices, standings, moment),
    )


def _of_readers(
    notices: Sequence[Notice], standings: Mapping[Place, Standing], moment: Moment
) -> dict[str, AbstractSet]:
    """What is asked about letters that tell of others; nothing is read where there are none."""
    pairs = [
        (notice, standings[place_of(notice)])
        for notice in notices
        if notice.kind == OVERDUE_OTHERS and place_of(notice) in standings
    ]
    if not pairs:
        return {}
    told = told_today({notice.person_id for notice, _ in pairs}, moment)
    return {"readers": still_readers(pairs, moment.day), "told_today": told}


def _declinable(notices: Sequence[Notice], kinds: Mapping[str, Kind]) -> set[str]:
    """The kinds among these that may be declined at all."""
    return {notice.kind for notice in notices if notice.kind in kinds and kinds[notice.kind].declinable}


def is_of_a_duty(notice: Notice, kinds: Mapping[str, Kind]) -> bool:
    """Whether a standing is read for it: the reader's own, or that of the one person whom it is about."""
    kind = kinds.get(notice.kind)
    return kind is None or kind.of_duty or (kind.about == OTHERS and notice.about_id is not None)


def suppressed(person_ids: Sequence[str]) -> set[tuple[str, str]]:
    """The (person, digest of an address) to which nothing is sent, for mail to it did not go through; one query."""
    failing = FailingAddress.objects.filter(SUPPRESSED, person_id__in=list(person_ids))
    return set(failing.values_list("person_id", "address_digest"))


def any_programme_is_open() -> bool:
    """Whether sending is open for any programme: what belongs to none waits for that."""
    return ProgrammeRow.objects.filter(sending_opened_at__isnull=False).exists()


def standings_of(notices: Sequence[Notice]) -> dict[Place, Standing]:
    """The stored standings that these notices are about; one query."""
    wanted = {place_of(notice) for notice in notices}
    rows = Standing.objects.filter(person_id__in={person for person, _, _ in wanted})
    return {place_of(row): row for row in rows if place_of(row) in wanted}


def _bring_up_to_date(notices: Sequence[Notice], moment: Moment) -> None:
    """Decides again whoever's day has come, or whose standing is not there yet."""
    places = {place_of(notice) for notice in notices}
    among = Standing.objects.filter(person_id__in={person for person, _, _ in places})
    day_has_come = set(among.filter(next_change_on__lte=moment.day).values_list("person_id", flat=True))
    there = set(among.values_list("person_id", "programme_id", "cycle"))
    for person_id in sorted(day_has_come | {place[0] for place in places - there}):
        refresh(person_id, moment)


def _languages(people: Mapping[str, Person]) -> dict[str, str]:
    """The language that each person chose here, else the roster's, else English; always one that we speak."""
    accounts = Account.objects.filter(~Q(language=""), person_id__in=list(people))
    chosen = dict(accounts.values_list("person_id", "language"))
    return {key: _spoken(chosen.get(key, ""), person.preferred_language) for key, person in people.items()}


def _spoken(*names: str) -> str:
    spoken = dict(settings.LANGUAGES)
    codes = (name.strip().lower().replace("_", "-").partition("-")[0] for name in names)
    return next((code for code in codes if code in spoken), "en")


def circumstances(
    notice: Notice, person: Person, known: Known, rules: Programme, moment: Moment, hours_matter: bool
) -> Circumstances:
    """Everything beside the standing's state that `core.notices.may_send` asks about a notice of a duty."""
    standing, whose = known.standings.get(place_of(notice)), place_of(notice)[0]
    others = [other for other in known.others.get(place_of(notice), ()) if not _is_the_same(other, notice)]
    return replace(
        whatever_it_is_about(notice, person, known, moment, hours_matter),
        disputed=(whose, notice.programme_id) in known.resting,
        arranged=_is_arranged(known.arranged.get((whose, notice.programme_id or "")), standing),
        put_off=(whose, notice.programme_id) in known.put_off or _has_read_today(notice, known),
        may_read=notice.kind != OVERDUE_OTHERS or notice in known.readers,
        cycle_current=_is_current(notice, standing, rules, moment),
        superseded=_is_superseded(notice, others, standing, moment),
        due_still=_is_due_still(notice, others, standing, rules, moment),
    )


def _has_read_today(notice: Notice, known: Known) -> bool:
    """Whether its reader has had the one letter of the day about others; one let go again by hand does not wait."""
    return notice.kind == OVERDUE_OTHERS and notice.person_id in known.told_today and not is_again(notice)


def is_again(notice: Notice) -> bool:
    """Whether somebody let it go in the place of one that failed, or of which nobody knows whether it arrived."""
    return notice.dedupe_key.startswith(AGAIN)


def _is_the_same(other: Notice, notice: Notice) -> bool:
    """Whether it is this notice, or one of those in whose place this one goes."""
    return other.pk == notice.pk or (is_again(notice) and _first_key(other) == _first_key(notice))


def _first_key(notice: Notice) -> str:
    """The key of the notice that was planned first, however often one went in its place."""
    key = notice.dedupe_key
    while key.startswith(AGAIN):
        key = key.removeprefix(AGAIN)
    return key


def whatever_it_is_about(
    notice: Notice, person: Person, known: Known, moment: Moment, hours_matter: bool
) -> Circumstances:
    """What the gate asks about every notice: its reader, their address, whether sending is open, the hour."""
    return Circumstances(
        address=person.email,
        at=moment.at,
        zone=zone_of(person.time_zone),
        person_present=person.vanished_on is None,
        sending_open=_is_open(notice, known),
        declined=(person.pk, notice.kind) in known.declined,
        suppressed=bool(known.suppressed) and (person.pk, address_digest(person.email)) in known.suppressed,
        hours_matter=hours_matter,
        closed_days=settings.CLOSED_DAYS,
    )


def _is_open(notice: Notice, known: Known) -> bool:
    """Whether its programme's sending is open; what belongs to none goes with any, a test to its writer always."""
    if notice.programme is not None:
        return notice.programme.sending_opened_at is not None
    return known.any_open or notice.kind == TEST_LETTER


def _is_arranged(starts_at: datetime | None, standing: Standing | None) -> bool:
    """Whether the office has arranged a time to come that is not too late for the duty."""
    if starts_at is None:
        return False
    on = starts_at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date()
    return standing is None or standing.due_on is None or on <= standing.due_on


def _is_current(notice: Notice, standing: Standing | None, rules: Programme, moment: Moment) -> bool:
    """Whether the cycle is the day's, or the one before it with a due date of its own after its end.

    Where cycles are each person's own, it is the one in which the person is.
    """
    current = rules.cycle_on(moment.day)
    if rules.has_own_cycles:
        return standing is not None and standing.ongoing
    if notice.cycle == current.key:
        return True
    before = rules.cycles.before(current)
    if before is None or notice.cycle != before.key or standing is None or standing.due_on is None:
        return False
    return standing.due_on > before.last_on


def _is_superseded(notice: Notice, others: Sequence[Notice], standing: Standing | None, moment: Moment) -> bool:
    """Whether another message about the same cycle says it all: today's, a first letter still to go, a newer one.

    A duty that opened again for what changed in a course is told of anew.
    """
    if notice.kind in {REMINDER, OVERDUE}:
        asking = [other for other in others if other.kind in ASKING]
        return any(
            _day_of(other) == moment.day if other.state != "planned" else _goes_before(other, notice)
            for other in asking
        )
    if notice.kind not in {ADDED, CONFIRMATION}:
        return False
    reopened = notice.kind == ADDED and changed_among(getattr(standing, "reasons", ()))  # a rehearsal begins without
    since = standing.opens_on if reopened and standing else None
    return any(
        other.kind == notice.kind and other.state != "planned" and (since is None or other.planned_for_on >= since)
        for other in others
    )


def _goes_before(other: Notice, notice: Notice) -> bool:
    if other.kind == ADDED:
        return True
    if other.kind != notice.kind:
        return other.kind == OVERDUE
    return (other.planned_for_on, str(other.pk)) > (notice.planned_for_on, str(notice.pk))


def _day_of(notice: Notice) -> date | None:
    """The institution's day on which the notice went, or is thought to have gone."""
    return notice.claimed_at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date() if notice.claimed_at else None


def _is_due_still(
    notice: Notice, others: Sequence[Notice], standing: Standing | None, rules: Programme, moment: Moment
) -> bool:
    """Whether the plan still asks for this notice; a reminder that somebody asked for by hand needs no planned day."""
    if notice.kind in {OVERDUE, OVERDUE_OTHERS}:
        return standing is not None and _is_step_still(notice, standing, rules, moment)
    asked_by_hand = is_again(notice) or notice.dedupe_key.rpartition(":")[2].startswith("asked-")
    if notice.kind != REMINDER or asked_by_hand or standing is None:
        return True
    went = [_day_of(other) for other in others if other.kind in ASKING]
    told_on = max((day for day in went if day), default=None)
    return reminder_turn(rules.reminders, standing.due_on, moment.day, told_on) is not None


def _is_step_still(notice: Notice, standing: Standing, rules: Programme, moment: Moment) -> bool:
    """Whether the step of escalation for which it was planned is the one of today, by the due date as it stands."""
    turn, due_on = notice.dedupe_key.rpartition(":")[2], standing.due_on
    if due_on is None:
        return False
    if notice.kind == OVERDUE:
        planned_on = overdue_turn(rules.plan, due_on, moment.day, None)
        return planned_on is not None and planned_on.isoformat() == turn
    return any(
        turn == turn_of(step, due_on)
        for step in come(rules.escalation, rules.grace_days, due_on, moment.day, CATCH_UP).values()
    )
