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
from upstander.core.escalation import PERSON
from upstander.core.notices import address_digest, foreseen, is_address, may_send
from upstander.core.programme import Programme
from upstander.core.recurrence import cycle_of
from upstander.core.rehearsal import Rehearser, period
from upstander.core.rehearsal_figures import Tally
from upstander.core.rehearsal_player import OPEN, Calendar, Message, Played, Player
from upstander.core.rehearsal_together import asks, together
from upstander.models import Programme as ProgrammeRow
from upstander.queries.programmes import all_published
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
    """Each person's days, in the order of their ids; whoever has left the roster before them is not played.

    Other programmes whose sending is open are played beside it, for what they ask on the same day goes in one letter.
    """
    calendar = _calendar(what, moment)
    recent_from = calendar.begins_at - timedelta(days=NEWS_DAYS)
    since = Since(_told_until(calendar, moment), recent_from, calendar.begins_at)
    beside = [replace(what, rules=rules) for rules in played_beside(what.rules.key)]
    stages = [_Stage(one, Rehearser(one.rules, calendar), calendar) for one in (what, *beside)]
    for begun in iter_begun([stage.what.rules for stage in stages], since, ids):
        if begun[0].vanished_on is not None and begun[0].vanished_on <= calendar.first_on:
            continue
        player = stages[0].player(begun[0])
        played = stages[0].play(player, begun[0])
        if beside:
            _play_beside(played, list(zip(stages[1:], begun[1:], strict=True)))
        yield played


def played_beside(key: str) -> list[Programme]:
    """The other programmes in force whose sending is open: only these write letters that could go with it."""
    is_open = set(ProgrammeRow.objects.filter(sending_opened_at__isnull=False).values_list("pk", flat=True))
    return [rules for rules in all_published() if rules.key in is_open and rules.key != key]


def _play_beside(played: Played, stages: list[tuple["_Stage", Begun]]) -> None:
    """Plays the same person's other programmes where that can matter, and puts together what goes as one letter."""
    asks_now = asks(played.posts)
    for stage, begun in stages:
        if asks_now or stage.tells_others:
            player = stage.player(begun, played.player if stage.what.share else None)
            played.beside[stage.what.rules.key] = stage.play(player, begun)
    if asks_now:
        played.posts = together(played.posts, {key: other.posts for key, other in played.beside.items()})


@dataclass(frozen=True, slots=True)
class _Stage:
    """One programme as it is played: its rehearser serves everybody who is alike."""

    what: Asked
    rehearser: Rehearser
    calendar: Calendar

    @property
    def tells_others(self) -> bool:
        return any(step.to != PERSON for step in self.what.rules.escalation)

    def player(self, begun: Begun, same: Player | None = None) -> Player:
        """The person as they begin, finishing where a share does; `same` is the person as another programme has them,
        whose assumed completions are theirs here too."""
        player = _player(begun, self.calendar)
        if same is not None:
            player = replace(
                player,
                facts=replace(player.facts, completions=same.facts.completions),
                news_until={**same.news_until, **player.news_until},
            )
        if self.what.share:
            player = self.rehearser.finishing(player, self.what.share, self.what.seed)
        return player

    def play(self, player: Player, begun: Begun) -> Played:
        return self.rehearser.play(player, _Gate(self.what, replace(begun, facts=player.facts)))


def others_told(what: Asked, moment: Moment) -> Others:
    """What finds the letters that follow from no duty of their readers': about other people's, and about what is
    booked or arranged."""
    calendar = _calendar(what, moment)
    return Others([what.rules, *played_beside(what.rules.key)], calendar, _told_until(calendar, moment), moment)


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
        "together": dict(sorted(tally.together.items())),
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
    asked_of_gate = (is_address(begun.email), begun.vanished_on, begun.suppressed, begun.arranged)
    zone = zone_of(begun.time_zone)
    return Player(facts, zone, bool(begun.email), messages, begun.standings, news, begun.rests, asked_of_gate)


@dataclass(slots=True)
class _Gate:
    """The sender's own questions (`actions.circumstances`, `core.notices.may_send`) about messages not written."""

    what: Asked
    begun: Begun
    person: object = field(init=False)
    suppressed: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        self.person = SimpleNamespace(
            pk=self.begun.facts.person_id,
            email=self.begun.email,
            time_zone=self.begun.time_zone,
            vanished_on=self.begun.vanished_on,
        )
        if self.begun.suppressed:
            self.suppressed = frozenset({(self.person.pk, address_digest(self.begun.email))})

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
            arranged=self._arranged(place[:2], moment.at) if self.begun.arranged else {},
            suppressed=self.suppressed,
        )
        about = circumstances(message, self.person, known, rules, moment, self.what.hours_matter)
        return may_send(foreseen(message.kind), standing.state if standing else None, about)

    def _arranged(self, place: tuple[str, str], at: datetime) -> dict[tuple[str, str], datetime]:
        """The next arranged time, as of the instant."""
        ahead = [starts_at for starts_at in self.begun.arranged if starts_at > at]
        return {place: ahead[0]} if ahead else {}

    def _row(self, message: Message, standing: Recorded, day: date) -> object:
        """The standing as it would be stored: where cycles are each person's own, it says whether it is the newest."""
        if not self.what.rules.has_own_cycles:
            return standing
        newest = cycle_of(self.what.rules, self.begun.facts, day).key == message.cycle
        return SimpleNamespace(state=standing.state, opens_on=standing.opens_on, due_on=standing.due_on, ongoing=newest)
