"""Every reason code, the facts it must carry, and who keeps the fact it rests on. Codes are permanent, never reused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code carries; `owner` names who can correct the fact: roster, record (of completions), rule or officer."""

    facts: frozenset[str]
    owner: str


def _kind(facts: str, owner: str) -> Kind:
    return Kind(frozenset(facts.split()), owner)


REASONS: dict[str, Kind] = {
    # appointments
    "no-appointment": _kind("", "roster"),
    "appointment-ended": _kind("appointment ended_on", "roster"),
    "not-on-roster": _kind("since_on", "roster"),
    "category": _kind("appointment category unit", "roster"),
    "category-other": _kind("appointment category wanted", "roster"),
    "paid": _kind("appointment", "roster"),
    "unpaid": _kind("appointment", "roster"),
    "paid-unknown": _kind("appointment fact", "roster"),
    "benefits-eligible": _kind("appointment", "roster"),
    "not-benefits-eligible": _kind("appointment", "roster"),
    "benefits-eligible-unknown": _kind("appointment fact", "roster"),
    "supervises": _kind("appointment", "roster"),
    "does-not-supervise": _kind("appointment", "roster"),
    "supervises-unknown": _kind("appointment fact", "roster"),
    "confidential-role": _kind("appointment", "roster"),
    "no-confidential-role": _kind("appointment", "roster"),
    "confidential-role-unknown": _kind("appointment fact", "roster"),
    "student-year": _kind("appointment year needed", "roster"),
    "student-year-too-low": _kind("appointment year needed", "roster"),
    "student-year-unknown": _kind("appointment fact needed", "roster"),
    "area": _kind("appointment area unit", "roster"),
    "area-other": _kind("appointment area unit", "roster"),
    "area-unknown": _kind("appointment fact unit", "roster"),
    "unit": _kind("appointment unit within", "roster"),
    "unit-other": _kind("appointment unit", "roster"),
    "place": _kind("appointment fact place", "roster"),
    "place-other": _kind("appointment fact place", "roster"),
    "place-unknown": _kind("appointment fact", "roster"),
    "graduates-soon": _kind("appointment graduates_on", "roster"),
    "graduates-later": _kind("appointment graduates_on", "roster"),
    "graduation-unknown": _kind("appointment fact", "roster"),
    "ends-by-deadline": _kind("appointment ends_on group due_on", "roster"),
    "ends-after-deadline": _kind("appointment ends_on group due_on", "roster"),
    "end-told": _kind("appointment ends_on", "officer"),
    "end-told-overtaken": _kind("appointment ends_on", "officer"),
    # groups and windows
    "group": _kind("group opens_on due_on", "rule"),
    "group-first-of-several": _kind("group others", "rule"),
    "no-group": _kind("appointment category area unit", "roster"),
    "groups-tie": _kind("groups", "rule"),
    "cycle-window": _kind("opens_on due_on days", "rule"),
    "cycle-unknown": _kind("", "roster"),
    "hire-day-unknown": _kind("from_on", "roster"),
    "late-joiner": _kind("began_on days", "rule"),
    # exemption and credit
    "exempt-onboarded": _kind("onboarded_on since_on", "roster"),
    "onboarded-before-exemption": _kind("onboarded_on since_on missed_days", "roster"),
    "onboarded-otherwise": _kind("onboarded_on onboarded_as", "roster"),
    "onboarded-on-unknown": _kind("since_on", "roster"),
    "completed": _kind("course on ref", "record"),
    "completed-in-part": _kind("done needed", "record"),
    "equivalency-accepted": _kind("on ref", "officer"),
    "completion-before-period": _kind("course on from_on", "record"),
    "completion-after-period": _kind("course on to_on", "record"),
    "completion-other-role": _kind("course on role", "record"),
    "completion-other-course": _kind("course on", "record"),
    "completed-as": _kind("course counts_as on ref", "record"),
    "completion-withdrawn-option": _kind("course on withdrawn_on", "record"),
    "completion-not-in-person": _kind("course on", "record"),
    "equivalency-accepted-for": _kind("course on ref", "officer"),
    "equivalency-other-course": _kind("course on", "officer"),
    "equivalency-too-early": _kind("course on from_on", "rule"),
    "equivalency-too-late": _kind("course on to_on", "rule"),
    "equivalency-other-cycle": _kind("course on", "rule"),
    "equivalency-limit": _kind("course on at_most", "rule"),
    "renewal": _kind("opens_on due_on", "rule"),
    # a new edition
    "edition-changed": _kind("course edition since_on due_on ref", "rule"),
    "update-completed": _kind("course edition on ref", "record"),
    # the parts of a requirement
    "no-part-asked": _kind("", "rule"),
    "part-applies": _kind("part", "rule"),
    "part-not-asked": _kind("part", "rule"),
    "part-unknown": _kind("part", "rule"),
    "parts-done": _kind("done needed", "record"),
    "part-done": _kind("part", "record"),
    "part-missing": _kind("part done needed", "record"),
    "part-minutes-missing": _kind("part done needed", "record"),
    # the clock
    "leave-defers": _kind("leave_kind from_on to_on", "roster"),
    "leave-without-end": _kind("leave_kind from_on", "roster"),
    "leave-does-not-defer": _kind("leave_kind from_on to_on", "rule"),
    "leave-in-part": _kind("leave_kind from_on", "roster"),
    "deferred-by-officer": _kind("from_on to_on", "officer"),
    "deferred-without-end": _kind("from_on", "officer"),
    "due-moved-by-leave": _kind("from_due_on due_on days", "rule"),
    "due-moved-by-notice": _kind("told_on days from_due_on due_on", "rule"),
    "not-told-yet": _kind("days from_due_on due_on", "rule"),
    "extended": _kind("from_due_on due_on", "officer"),
    "waived": _kind("from_on to_on", "officer"),
    "exceptions-conflict": _kind("kinds refs", "officer"),
}
