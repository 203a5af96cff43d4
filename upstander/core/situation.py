"""What holds of one person in one cycle as long as the same appointments are held, whatever the day."""

from dataclasses import dataclass
from datetime import date

from upstander.core.audience import POSSIBLY, SURELY, Audience, first_group, judge, run_of
from upstander.core.conditions import Verdict
from upstander.core.decision import Reason
from upstander.core.exemption import exempted, not_exempted
from upstander.core.facts import PersonFacts
from upstander.core.programme import Cycle, Group, Programme
from upstander.core.role_versions import EVERYTHING, Versions, versions_of
from upstander.core.window import OwnWindow, own_window


@dataclass(frozen=True, slots=True)
class Situation:
    """Whether the person is in the audience, exempt, placed in a group, and within which window; and why.

    `window` None: nothing is owed, or it is not decided in which window. `why` is empty where nothing is owed.
    """

    audience: Audience
    versions: Versions = EVERYTHING
    exempt: tuple[Reason, ...] = ()
    group: Group | None = None
    window: OwnWindow | None = None
    why: tuple[Reason, ...] = ()


def situation_of(programme: Programme, facts: PersonFacts, cycle: Cycle, day: date) -> Situation:
    """The person's situation in the cycle with the appointments that are current or coming on the day."""
    audience = judge(programme, facts, day, cycle)
    if audience.is_out:
        return Situation(audience)
    versions = versions_of(programme, facts, audience, day) if programme.conditional_parts else EVERYTHING
    if versions.asks_nothing:
        return Situation(audience, versions)
    group = first_group(programme, audience.yes)
    exempt = exempted(programme, facts, audience)
    if exempt:
        return Situation(audience, versions, exempt, group or first_group(programme, audience.unknown))
    window = None
    if audience.yes and (group is not None or not programme.groups):
        run = run_of(programme, facts, audience.yes, day, POSSIBLY if programme.has_own_cycles else SURELY)
        window = own_window(programme, facts, cycle, group, audience.yes, run)
    why = _why(programme, facts, audience, group, window)
    if programme.conditional_parts:
        why = (*why, *versions.told(Verdict.YES, Verdict.NO))
    return Situation(audience, versions, (), group, window, why)


def _why(
    programme: Programme,
    facts: PersonFacts,
    audience: Audience,
    group: Group | None,
    window: OwnWindow | None,
) -> tuple[Reason, ...]:
    """Why the duty is this person's: the appointment that carries it, its group and dates, the exemptions missed."""
    carrying = next((j for j in audience.yes if group is None or j.group is group), None)
    reasons = list(carrying.reasons) if carrying else []
    if group:
        others = sorted({claim.key for j in audience.yes for claim in j.claims if claim is not group})
        if others:
            reasons.append(Reason("group-first-of-several", {"group": group.key, "others": others}))
    if window:
        reasons += window.reasons
    return (*reasons, *not_exempted(programme, facts))
