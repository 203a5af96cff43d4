"""A programme's days played over the present roster; what goes where is found, and nothing is written or sent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.conf import settings

from upstander.actions.circumstances import Known, circumstances
from upstander.actions.notices import NEWS_DAYS, zone_of
from upstander.actions.rehearsal_others import Others
from upstander.core.days import Moment, Span
from upstander.core.decision import Reason
from upstander.core.earlier_cycle import Recorded
from upstander.core.errors import Refusal
from upstander.core.notices import foreseen, is_address, may_send
from upstander.core.programme import Programme
from upstander.core.recurrence import cycle_of
from upstander.core.rehearsal import Rehearser, period
from upstander.core.rehearsal_figures import Tally
from upstander.core.rehearsal_player import OPEN, Calendar, Message, Played, Player
from upstander.models import Programme as ProgrammeRow
from upstander.queries.rehearsing import Begun, Since, iter_begun, present, roster_day

#: When the nightly work runs, in the institution's zone (the schedule's own hour).
NIGHTLY_AT = time(2, 0)
PROGRESS_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What to rehearse; `share` of those who still owe finish evenly over their window (0: as if nobody did)."""

    rules: Programme
    shown: Span
    share: float = 0.0
    seed: str = "1"
    hours_matter: bool = True


def asked(
    rules: Programme,
    first_on: date,
    last_on: date,
    share: float = 0.0,
    seed: str = "1",
    hours_matter: bool = True,
) -> Asked:
    """A rehearsal that can be played.

    Refusals: rehearsal-backwards, rehearsal-too-long, rehearsal-without-roster, share-out-of-range {share}.
    """
    shown = period(first_on, last_on)
    if not 0 <= share <= 1:
        raise Refusal("share-out-of-range", {"share": share})
    if roster_day() is None:
        raise Refusal("rehearsal-without-roster", {})
    return Asked(rules, shown, share, seed, hours_matter)


def play_all(what: Asked, moment: Moment, ids: Sequence[str] | None = None) -> Iterator[Played]:
    """Each person's days, in the order of their ids; whoever has left the roster before them is not played."""
    calendar = _calendar(what, moment)
    since = Since(_told_until(calendar, moment), calendar.begins_at - timedelta(days=NEWS_DAYS))
    rehearser = Rehearser(what.rules, calendar)
    for begun in iter_begun(what.rules, since, ids):
        if begun.vanished_on is not None and begun.vanished_on <= calendar.first_on:
            continue
        player = _player(begun, calendar)
        if what.share:
            player = rehearser.finishing(player, what.share, what.seed)
            begun = replace(begun, facts=player.facts)
        yield rehearser.play(player, _Gate(what, begun))


def others_told(what: Asked, moment: Moment) -> Others:
    """What finds the letters to whoever is told of other people's overdue duties, as the people pass."""
    calendar = _calendar(what, moment)
    return Others(what.rules, calendar, _told_until(calendar, moment))


def _told_until(calendar: Calendar, moment: Moment) -> date | None:
    """The last day whose notices count where a period is played that has begun already."""
    return calendar.first_on - timedelta(days=1) if calendar.first_on < moment.day else None


def count_people(what: Asked, moment: Moment) -> int:
    """How many will be played."""
    return present(min(moment.day, what.shown.first)).count()


def rehearse(
    what: Asked,
    moment: Moment,
    each: Callable[[Played], None] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Plays everybody and adds up the figures; `each` sees every person played, `progress` how many there were."""
    tally, others = Tally(what.shown), others_told(what, moment)
    for played in others.passing(play_all(what, moment)):
        tally.add(played)
        if each:
            each(played)
        if progress and tally.people % PROGRESS_EVERY == 0:
            progress(tally.people)
    others.count_into(tally.add_letter)
    return tally


def figures(what: Asked, tally: Tally, moment: Moment) -> dict:
    """The figures without names, as they are kept and printed (docs/reference/commands.md)."""
    return {
        "programme": what.rules.key,
        "version": what.rules.version,
        "from": what.shown.first.isoformat(),
        "to": what.shown.last.isoformat(),
        "rehearsed_at": moment.at.isoformat(),
        "people": tally.people,
        "share": what.share,
        "seed": what.seed,
        "working_hours": what.hours_matter,
        "counts": {"without_address": tally.no_address, "conflicts": tally.conflicts},
        "days": list(tally.days()),
        "peaks": tally.peaks(),
        "unknown": tally.unknown_by_owner(),
    }


def _calendar(what: Asked, moment: Moment) -> Calendar:
    """From today on, so that a later first day begins as it will be; a period already begun, from its first day."""
    zone, shown = settings.INSTITUTION_ZONE, what.shown
    first_on = min(moment.day, shown.first)
    begins_at = _midnight(first_on, zone)
    if first_on == moment.day:
        begins_at = max(begins_at, moment.at)
    is_open = ProgrammeRow.objects.filter(pk=what.rules.key, sending_opened_at__isnull=False).exists()
    return Calendar(
        first_on=first_on,
        shown=shown,
        zone=zone,
        night_at=NIGHTLY_AT,
        begins_at=begins_at,
        opened_at=begins_at if is_open else max(begins_at, _midnight(shown.first, zone)),
        closed_days=frozenset(settings.CLOSED_DAYS),
        hours_matter=what.hours_matter,
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _player(begun: Begun, calendar: Calendar) -> Player:
    facts = begun.facts
    start = calendar.night(calendar.first_on)
    messages = [
        Message(
            str(notice.pk), notice.dedupe_key, notice.kind, facts.person_id, notice.programme_id, notice.cycle,
            notice.planned_for_on, max(notice.retry_at or start, start, calendar.opened_at), notice.state,
            notice.claimed_at, OPEN,
        )
        for notice in begun.notices
    ]  # fmt: skip
    news = {ref: at + timedelta(days=NEWS_DAYS) for ref, at in begun.recent.items()}
    asked_of_gate = (is_address(begun.email), begun.vanished_on)
    zone = zone_of(begun.time_zone)
    return Player(facts, zone, bool(begun.email), messages, begun.standings, news, begun.rests, asked_of_gate)


@dataclass(slots=True)
class _Gate:
    """The sender's own questions (`actions.circumstances`, `core.notices.may_send`) about messages not written."""

    what: Asked
    begun: Begun
    person: object = field(init=False)

    def __post_init__(self) -> None:
        self.person = SimpleNamespace(
            pk=self.begun.facts.person_id,
            email=self.begun.email,
            time_zone=self.begun.time_zone,
            vanished_on=self.begun.vanished_on,
        )

    def __call__(
        self, message: Message, standing: Recorded | None, others: Sequence[Message], moment: Moment
    ) -> Reason | None:
        rules = self.what.rules
        place = (message.person_id, message.programme_id, message.cycle)
        row = self._row(message, standing, moment.day) if standing else None
        known = Known(
            rules={rules.key: rules},
            standings={place: row} if row else {},
            others={place: others},
            languages={},
            units={},
            resting={place[:2]} if self.begun.rests else frozenset(),
        )
        about = circumstances(message, self.person, known, rules, moment, self.what.hours_matter)
        return may_send(foreseen(message.kind), standing.state if standing else None, about)

    def _row(self, message: Message, standing: Recorded, day: date) -> object:
        """The standing as it would be stored: where cycles are each person's own, it says whether it is the newest."""
        if not self.what.rules.has_own_cycles:
            return standing
        newest = cycle_of(self.what.rules, self.begun.facts, day).key == message.cycle
        return SimpleNamespace(state=standing.state, opens_on=standing.opens_on, due_on=standing.due_on, ongoing=newest)
