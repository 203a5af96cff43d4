"""Who is released by the day and capacity of onboarding, and why an exemption does not release (row B07)."""

from datetime import date

from upstander.core.audience import Audience
from upstander.core.decision import Reason
from upstander.core.facts import PersonFacts
from upstander.core.programme import OnboardingExemption, Programme


def exempted(programme: Programme, facts: PersonFacts, audience: Audience) -> tuple[Reason, ...]:
    """The reason of the first exemption that holds for the person; empty: none does."""
    for exemption in programme.exemptions:
        if facts.onboarded_on is None or facts.onboarded_on < exemption.since_on:
            continue
        held = {j.appointment.category for j in audience.yes}
        by_category = not facts.onboarded_as and held & set(exemption.if_blank_with_category)
        if facts.onboarded_as == exemption.onboarded_as or by_category:
            return (released(exemption, facts.onboarded_on),)
    return ()


def released(exemption: OnboardingExemption, onboarded_on: date) -> Reason:
    """Why an exemption holds."""
    return Reason(
        "exempt-onboarded", {"onboarded_on": onboarded_on.isoformat(), "since_on": exemption.since_on.isoformat()}
    )


def not_exempted(programme: Programme, facts: PersonFacts) -> list[Reason]:
    """Why each exemption does not release the person: how near it was."""
    return [missed(exemption, facts.onboarded_on, facts.onboarded_as) for exemption in programme.exemptions]


def missed(exemption: OnboardingExemption, onboarded_on: date | None, onboarded_as: str) -> Reason:
    """Why an exemption does not hold; asked only where it does not."""
    since = exemption.since_on.isoformat()
    if onboarded_on is None:
        return Reason("onboarded-on-unknown", {"since_on": since})
    if onboarded_on < exemption.since_on:
        short_days = (exemption.since_on - onboarded_on).days
        carried = {"onboarded_on": onboarded_on.isoformat(), "since_on": since, "missed_days": short_days}
        return Reason("onboarded-before-exemption", carried)
    return Reason("onboarded-otherwise", {"onboarded_on": onboarded_on.isoformat(), "onboarded_as": onboarded_as})
