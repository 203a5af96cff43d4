"""Who must: each appointment judged by its own facts, then the person by all of them."""

from dataclasses import dataclass
from datetime import date

from upstander.core.conditions import Answer, Asked, Verdict, distance
from upstander.core.days import ONE_DAY
from upstander.core.decision import Reason
from upstander.core.facts import Appointment, PersonFacts
from upstander.core.programme import Cycle, Group, Programme

BEFORE_ALL = date.min
SURELY = (Verdict.YES,)
POSSIBLY = (Verdict.YES, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Judged:
    """One appointment with its verdict, the group that its own facts find, and why.

    `claims`: the groups of the best rank that match it; where there are several, it has no group.
    """

    appointment: Appointment
    verdict: Verdict
    reasons: tuple[Reason, ...]
    claims: tuple[Group, ...] = ()

    @property
    def group(self) -> Group | None:
        return self.claims[0] if len(self.claims) == 1 else None


@dataclass(frozen=True, slots=True)
class Audience:
    """A person's current and coming appointments, judged and sorted by verdict; misses nearest first."""

    yes: tuple[Judged, ...]
    unknown: tuple[Judged, ...]
    no: tuple[Judged, ...]

    @property
    def is_out(self) -> bool:
        return not self.yes and not self.unknown


def held_on(facts: PersonFacts, day: date) -> tuple[Appointment, ...]:
    """Current and coming appointments: those that have not ended before the day, in the order of their ids."""
    held = (a for a in facts.appointments if a.ends_on is None or a.ends_on >= day)
    return tuple(sorted(held, key=lambda a: a.appointment_id))


def in_audience(programme: Programme, appointment: Appointment, facts: PersonFacts, day: date) -> Answer:
    """Whether the audience's conditions hold for one appointment, without regard to its end."""
    return programme.audience.answer(Asked(appointment, facts, day))


def _claims_of(programme: Programme, asked: Asked) -> tuple[Group, ...]:
    """The groups that claim an appointment; appointments alike find them once, a university has few kinds of them."""
    if programme.days_within:
        return _find_claims(programme, asked)
    alike = tuple(getattr(asked.appointment, attribute) for attribute in programme.read_by_groups)
    if alike not in programme.claims_found:
        programme.claims_found[alike] = _find_claims(programme, asked)
    return programme.claims_found[alike]


def _find_claims(programme: Programme, asked: Asked) -> tuple[Group, ...]:
    """The groups of the first rank at which any matches; none where a blank leaves it open which rank that is."""
    for equals in programme.groups_by_rank:
        verdicts = [group.when.answer(asked).verdict if group.when else Verdict.YES for group in equals]
        if Verdict.UNKNOWN in verdicts:
            return ()
        if Verdict.YES in verdicts:
            return tuple(g for g, verdict in zip(equals, verdicts, strict=True) if verdict is Verdict.YES)
    return ()


def _judge(
    programme: Programme, appointment: Appointment, facts: PersonFacts, day: date, cycle: Cycle | None
) -> Judged:
    asked = Asked(appointment, facts, day)
    answer = in_audience(programme, appointment, facts, day)
    if answer.verdict is Verdict.NO:
        return Judged(appointment, Verdict.NO, answer.reasons)
    claims = _claims_of(programme, asked)
    group = claims[0] if len(claims) == 1 else None
    ends_on = appointment.ends_on
    window = programme.window_in(group, cycle) if group and cycle else None
    if programme.ending_by_due_excludes and ends_on and group and window:
        carried = {
            "appointment": appointment.appointment_id,
            "ends_on": ends_on.isoformat(),
            "group": group.key,
            "due_on": window.due_on.isoformat(),
        }
        if ends_on <= window.due_on:
            return Judged(appointment, Verdict.NO, (Reason("ends-by-deadline", carried),), claims)
        return Judged(appointment, answer.verdict, (*answer.reasons, Reason("ends-after-deadline", carried)), claims)
    return Judged(appointment, answer.verdict, answer.reasons, claims)


def judge(programme: Programme, facts: PersonFacts, day: date, cycle: Cycle | None = None) -> Audience:
    """Every current and coming appointment of a person, judged; its end against the deadline of the cycle, if any."""
    yes, unknown, no = [], [], []
    for appointment in held_on(facts, day):
        judged = _judge(programme, appointment, facts, day, cycle)
        (yes if judged.verdict is Verdict.YES else no if judged.verdict is Verdict.NO else unknown).append(judged)
    no.sort(key=lambda j: distance(j.reasons))
    return Audience(tuple(yes), tuple(unknown), tuple(no))


def best_claims(programme: Programme, judged: tuple[Judged, ...]) -> tuple[Group, ...]:
    """The groups of the best rank that any of the appointments found, in the programme's order; several are a tie."""
    found = {group.key for j in judged for group in j.claims}
    for equals in programme.groups_by_rank if found else ():
        claims = tuple(group for group in equals if group.key in found)
        if claims:
            return claims
    return ()


def first_group(programme: Programme, judged: tuple[Judged, ...]) -> Group | None:
    """The first group, in the programme's order, that any of the appointments found; None for a tie."""
    claims = best_claims(programme, judged)
    return claims[0] if len(claims) == 1 else None


def run_of(
    programme: Programme, facts: PersonFacts, yes: tuple[Judged, ...], day: date, belongs: tuple[Verdict, ...] = SURELY
) -> tuple[Appointment, ...]:
    """The unbroken run of appointments in the audience that holds the earliest qualifying one, ended ones included.

    A renewal or transfer continues the run: the next begins no later than the day after the last one ends. `belongs`
    are the verdicts with which an appointment that does not qualify, such as an ended one, is in the audience.
    """
    if len(facts.appointments) == 1:
        return facts.appointments
    qualifying = {j.appointment.appointment_id for j in yes}
    members = sorted(
        (
            a
            for a in facts.appointments
            if a.appointment_id in qualifying or in_audience(programme, a, facts, day).verdict in belongs
        ),
        key=lambda a: (a.starts_on or BEFORE_ALL, a.appointment_id),
    )
    run: list[Appointment] = []
    reaches: date | None = BEFORE_ALL
    for member in members:
        starts = member.starts_on or BEFORE_ALL
        broken = run and reaches is not None and starts > reaches and starts - ONE_DAY > reaches
        if broken:
            if any(a.appointment_id in qualifying for a in run):
                break
            run, reaches = [], BEFORE_ALL
        run.append(member)
        reaches = None if reaches is None or member.ends_on is None else max(reaches, member.ends_on)
    return tuple(run)


def began_on(run: tuple[Appointment, ...]) -> date:
    """The first day of a run; a run with a blank start has always been."""
    return run[0].starts_on or BEFORE_ALL if run else BEFORE_ALL
