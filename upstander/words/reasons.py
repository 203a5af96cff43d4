"""Reason codes -> whole sentences in the reader's language, nearest miss first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext, override

from upstander.core.reasons import REASONS
from upstander.words.dates import plain_date
from upstander.words.lists import and_list
from upstander.words.reasons_notice import COUNTED_OF_NOTICE


@dataclass(frozen=True, slots=True)
class Naming:
    """The names behind the ids that reasons carry: units, training groups, courses and parts, in the language."""

    units: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One reason for a reader: the sentence, where the fact comes from and who can correct it, its code and owner.

    `codes` and `facts` are all that the sentence says: two reasons about one appointment may stand in one sentence.
    """

    text: str
    source: str
    code: str
    owner: str
    corrected: str = ""
    codes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


_SOURCES = {
    "roster": gettext_noop("From Human Resources"),
    "record": gettext_noop("From the training record"),
    "rule": gettext_noop("From the programme’s rules"),
    "officer": gettext_noop("Decided by the office"),
}
_CORRECTED = {
    "roster": gettext_noop("They can correct it."),
    "record": gettext_noop("The office can correct it."),
    "rule": gettext_noop("The office can explain it."),
    "officer": gettext_noop("The office can change it."),
}
_LEAVES = {
    "sabbatical": gettext_noop("sabbatical leave"),
    "junior_faculty": gettext_noop("junior faculty leave"),
    "parental": gettext_noop("parental leave"),
    "medical": gettext_noop("medical leave"),
    "military": gettext_noop("military leave"),
    "unpaid": gettext_noop("unpaid leave"),
    "other": gettext_noop("leave"),
}
#: (category, what follows it) -> one sentence for the two reasons together
_TOGETHER = {
    ("faculty", "paid"): gettext_noop("You are paid faculty in %(unit)s."),
    ("staff", "paid"): gettext_noop("You are paid staff in %(unit)s."),
    ("postdoc", "paid"): gettext_noop("You are a paid postdoctoral researcher in %(unit)s."),
    ("faculty", "benefits-eligible"): gettext_noop("You are benefits-eligible faculty in %(unit)s."),
    ("staff", "benefits-eligible"): gettext_noop("You are benefits-eligible staff in %(unit)s."),
    ("postdoc", "benefits-eligible"): gettext_noop("You are a benefits-eligible postdoctoral researcher in %(unit)s."),
    ("graduate_student", "student-year"): gettext_noop(
        "You are a graduate student in year %(year)s, in %(unit)s. The requirement begins with year %(needed)s."
    ),
}
_CATEGORY = {
    "faculty": gettext_noop("You are faculty in %(unit)s."),
    "staff": gettext_noop("You are staff in %(unit)s."),
    "postdoc": gettext_noop("You are a postdoctoral researcher in %(unit)s."),
    "graduate_student": gettext_noop("You are a graduate student in %(unit)s."),
    "undergraduate": gettext_noop("You are an undergraduate student in %(unit)s."),
    "affiliate": gettext_noop("You are an affiliate of %(unit)s."),
}
_CATEGORY_OTHER = {
    "faculty": gettext_noop("You hold a faculty appointment, and this training is not required of faculty."),
    "staff": gettext_noop("You hold a staff appointment, and this training is not required of staff."),
    "postdoc": gettext_noop("You hold a postdoctoral appointment, and this training is not required of it."),
    "graduate_student": gettext_noop(
        "You are here as a graduate student, and this training is not required in that role."
    ),
    "undergraduate": gettext_noop(
        "You are here as an undergraduate student, and this training is not required in that role."
    ),
    "affiliate": gettext_noop("You hold an affiliate appointment, and this training is not required of affiliates."),
}
_SENTENCES = {
    "no-appointment": gettext_noop("You have no current or coming appointment."),
    "appointment-ended": gettext_noop("Your last appointment ended on %(ended_on)s."),
    "not-on-roster": gettext_noop("You have not been on the roster since %(since_on)s."),
    "paid": gettext_noop("Your appointment is paid."),
    "unpaid": gettext_noop("Your appointment is unpaid, and unpaid appointments do not require this training."),
    "paid-unknown": gettext_noop("It is not on record whether your appointment is paid."),
    "benefits-eligible": gettext_noop("Your appointment is eligible for benefits."),
    "not-benefits-eligible": gettext_noop(
        "Your appointment is not eligible for benefits, and only those that are require this training."
    ),
    "benefits-eligible-unknown": gettext_noop("It is not on record whether your appointment is eligible for benefits."),
    "supervises": gettext_noop("You supervise other people."),
    "does-not-supervise": gettext_noop("You supervise nobody."),
    "supervises-unknown": gettext_noop("It is not on record whether you supervise anybody."),
    "confidential-role": gettext_noop("You hold a confidential role."),
    "no-confidential-role": gettext_noop("You do not hold a confidential role."),
    "confidential-role-unknown": gettext_noop("It is not on record whether you hold a confidential role."),
    "student-year": gettext_noop(
        "You are in year %(year)s of your studies; the requirement begins with year %(needed)s."
    ),
    "student-year-too-low": gettext_noop(
        "You are in year %(year)s of your studies; the requirement begins with year %(needed)s."
    ),
    "student-year-unknown": gettext_noop(
        "Your year of study is not on record; the requirement begins with year %(needed)s."
    ),
    "area": gettext_noop("Your unit, %(unit)s, belongs to the part of the institution that this is for."),
    "area-other": gettext_noop("Your unit, %(unit)s, belongs to another part of the institution."),
    "area-unknown": gettext_noop("It is not on record to which area your unit, %(unit)s, belongs."),
    "unit": gettext_noop("Your unit, %(unit)s, is one that this is for."),
    "unit-other": gettext_noop("Your unit, %(unit)s, is not one that this is for."),
    "place": gettext_noop("Your place of work is one that this is for."),
    "place-other": gettext_noop("Your place of work is not one that this is for."),
    "place-unknown": gettext_noop("Your place of work is not on record."),
    "graduates-soon": gettext_noop("You finish your degree on %(graduates_on)s."),
    "graduates-later": gettext_noop("You finish your degree on %(graduates_on)s."),
    "graduation-unknown": gettext_noop("The day on which you finish your degree is not on record."),
    "ends-by-deadline": gettext_noop(
        "Your appointment ends on %(ends_on)s, not later than your group’s deadline, %(due_on)s."
    ),
    "ends-after-deadline": gettext_noop(
        "Your appointment ends on %(ends_on)s, after your group’s deadline, %(due_on)s."
    ),
    "end-told": gettext_noop(
        "You told us that your appointment ends on %(ends_on)s, and the office has accepted it; the roster does not "
        "have it yet."
    ),
    "end-told-overtaken": gettext_noop(
        "You had told us that your appointment ends on %(ends_on)s. Since then the roster has another date, and that "
        "is what counts."
    ),
    "group": gettext_noop("Your group is “%(group)s”. Its training period runs from %(opens_on)s to %(due_on)s."),
    "group-first-of-several": gettext_noop(
        "You have appointments in more than one group. “%(group)s” comes first in the roll-out, so it is yours."
    ),
    "no-group": gettext_noop("Your unit, %(unit)s, belongs to no training group yet, so no period is set for you."),
    "exempt-onboarded": gettext_noop(
        "You joined on %(onboarded_on)s. Those who joined on or after %(since_on)s are exempt, because their "
        "onboarding covered this."
    ),
    "onboarded-otherwise": gettext_noop(
        "You joined on %(onboarded_on)s, but not through the onboarding for employees that covers this."
    ),
    "onboarded-on-unknown": gettext_noop(
        "The day on which you joined is not on record. Only those who joined on or after %(since_on)s are exempt."
    ),
    "completed": gettext_noop("You completed “%(course)s” on %(on)s."),
    "completed-in-part": gettext_noop("You have completed %(done)s of the %(needed)s courses needed."),
    "equivalency-accepted": gettext_noop("Another training of yours was accepted for this one, as of %(on)s."),
    "completion-before-period": gettext_noop(
        "You completed “%(course)s” on %(on)s. It does not count, because this period begins on %(from_on)s."
    ),
    "completion-after-period": gettext_noop(
        "You completed “%(course)s” on %(on)s. It does not count, because this period ended on %(to_on)s."
    ),
    "completion-other-course": gettext_noop(
        "You completed “%(course)s” on %(on)s. It is not one of the courses that count here."
    ),
    "completed-as": gettext_noop("You completed “%(course)s” on %(on)s. It counts as “%(counts_as)s”."),
    "completion-withdrawn-option": gettext_noop(
        "You completed “%(course)s” on %(on)s. It does not count, because this option was withdrawn on "
        "%(withdrawn_on)s and you had not begun it before."
    ),
    "completion-not-in-person": gettext_noop(
        "You attended “%(course)s” in person on %(on)s. It does not count, because attendance does not meet this "
        "requirement."
    ),
    "equivalency-accepted-for": gettext_noop("Another training of yours was accepted for “%(course)s”, as of %(on)s."),
    "equivalency-other-course": gettext_noop(
        "Another training of yours was accepted for “%(course)s”, as of %(on)s. It is not one of the courses that "
        "count here."
    ),
    "equivalency-too-early": gettext_noop(
        "You completed “%(course)s” on %(on)s. It counts for this requirement only if taken on or after %(from_on)s."
    ),
    "equivalency-too-late": gettext_noop(
        "You completed “%(course)s” on %(on)s. It counts for this requirement only if taken by %(to_on)s."
    ),
    "equivalency-other-cycle": gettext_noop("You completed “%(course)s” on %(on)s. It does not count for this period."),
    "cycle-unknown": gettext_noop(
        "It depends on a fact that is not on record from which day your periods are counted."
    ),
    "hire-day-unknown": gettext_noop(
        "The day on which you began is not on record, so your dates are counted from %(from_on)s."
    ),
    "renewal": gettext_noop("The next time opens for you on %(opens_on)s and is due on %(due_on)s."),
    "update-completed": gettext_noop("You read what changed in “%(course)s” on %(on)s."),
    "no-part-asked": gettext_noop("No part of this requirement is for you."),
    "part-applies": gettext_noop("The part “%(part)s” is asked of you."),
    "part-not-asked": gettext_noop("The part “%(part)s” is not asked of you."),
    "part-unknown": gettext_noop("It is not known yet whether the part “%(part)s” is asked of you."),
    "part-done": gettext_noop("The part “%(part)s” is done."),
    "part-missing": gettext_noop("The part “%(part)s” is not complete yet: %(done)s of %(needed)s."),
    "part-minutes-missing": gettext_noop("The part “%(part)s” is not complete yet: %(done)s of %(needed)s minutes."),
    "groups-tie": gettext_noop(
        "More than one training group claims you, and none comes before the other: %(groups)s. The office has to say "
        "which one is yours."
    ),
    "leave-defers": gettext_noop(
        "You are on %(leave)s from %(from_on)s to %(to_on)s. Those days do not count, and no reminders go out."
    ),
    "leave-without-end": gettext_noop(
        "You are on %(leave)s from %(from_on)s until further notice. No due date is set while it lasts."
    ),
    "leave-does-not-defer": gettext_noop(
        "You are on %(leave)s from %(from_on)s. This kind of leave does not change the due date."
    ),
    "leave-in-part": gettext_noop(
        "You are on %(leave)s from %(from_on)s, but not in all of your appointments. The due date moves only by the "
        "days on which you are on leave in all of them."
    ),
    "deferred-by-officer": gettext_noop("The office has deferred this for you from %(from_on)s to %(to_on)s."),
    "deferred-without-end": gettext_noop(
        "The office has deferred this for you from %(from_on)s until further notice. No due date is set while it lasts."
    ),
    "extended": gettext_noop("The office has moved your due date from %(from_due_on)s to %(due_on)s."),
    "waived": gettext_noop("The office has released you from this requirement."),
    "exceptions-conflict": gettext_noop(
        "The office has recorded decisions about you that contradict each other. Until it has put this right, the one "
        "kinder to you holds."
    ),
}
#: Sentences that depend on what the reason carries.
_COUNTED: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "cycle-window": lambda facts: ngettext(
        "The training is open from %(opens_on)s; it is due %(days)s day later.",
        "The training is open from %(opens_on)s; it is due %(days)s days later.",
        facts["days"],
    ),
    "late-joiner": lambda facts: ngettext(
        "You began on %(began_on)s, after the period had opened, so you have %(days)s day from then.",
        "You began on %(began_on)s, after the period had opened, so you have %(days)s days from then.",
        facts["days"],
    ),
    "due-moved-by-leave": lambda facts: ngettext(
        "Your due date moved from %(from_due_on)s to %(due_on)s, for %(days)s day of leave.",
        "Your due date moved from %(from_due_on)s to %(due_on)s, for %(days)s days of leave.",
        facts["days"],
    ),
    **COUNTED_OF_NOTICE,
    "onboarded-before-exemption": lambda facts: (
        ngettext(
            "You joined on %(onboarded_on)s. Only those who joined on or after %(since_on)s are exempt; "
            "you missed it by %(missed_days)s day.",
            "You joined on %(onboarded_on)s. Only those who joined on or after %(since_on)s are exempt; "
            "you missed it by %(missed_days)s days.",
            facts["missed_days"],
        )
        if facts["missed_days"] <= 60
        else gettext("You joined on %(onboarded_on)s. Only those who joined on or after %(since_on)s are exempt.")
    ),
    "parts-done": lambda facts: ngettext(
        "You have completed %(done)s of the %(needed)s part needed.",
        "You have completed %(done)s of the %(needed)s parts needed.",
        facts["needed"],
    ),
    "equivalency-limit": lambda facts: ngettext(
        "You completed “%(course)s” on %(on)s. Only %(at_most)s course may count in place of another here, and one "
        "does already.",
        "You completed “%(course)s” on %(on)s. Only %(at_most)s courses may count in place of others here, and as many "
        "do already.",
        facts["at_most"],
    ),
    "edition-changed": lambda facts: (
        gettext(
            "Since you completed “%(course)s”, it has changed. From %(since_on)s on that completion is not enough by "
            "itself: read what changed by %(due_on)s."
        )
        if facts["due_on"]
        else gettext(
            "Since you completed “%(course)s”, it has changed. From %(since_on)s on that completion is not enough by "
            "itself: read what changed. No due date is set for now."
        )
    ),
    "completion-other-role": lambda facts: (
        gettext(
            "You completed “%(course)s” on %(on)s as a student. It does not count here: the course for employees "
            "is specific to that role."
        )
        if facts.get("role") == "student"
        else gettext("You completed “%(course)s” on %(on)s in another role. It does not count here.")
    ),
}
#: Reasons that an answer to "why?" leads with; what is not named keeps its place behind them.
_LAST = ("onboarded-before-exemption", "onboarded-on-unknown", "onboarded-otherwise", "ends-after-deadline")
_NEAR_DAYS = 60


def sentences(standing: object, lang: str, naming: Naming | None = None) -> list[Sentence]:
    """The reasons of a decision or a stored standing as sentences in the language, nearest miss first, none twice.

    `standing` has `reasons`: of `Reason` or of {"code", "facts"}. An unknown code is a defect (KeyError).
    """
    naming = naming or Naming()
    with override(lang):
        pairs = [_pair(reason) for reason in standing.reasons]
        said = [_sentence(code, facts, lang, naming) for code, facts in _ordered(_joined(pairs))]
    return list({sentence.text: sentence for sentence in reversed(said)}.values())[::-1]


def _pair(reason: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(reason, Mapping):
        return reason["code"], dict(reason["facts"])
    return reason.code, dict(reason.facts)


def _joined(pairs: list[tuple[str, dict]]) -> list[tuple[str, dict]]:
    """Puts a category and what follows it about the same appointment into one reason."""
    joined: list[tuple[str, dict]] = []
    for code, facts in pairs:
        last = joined[-1] if joined else ("", {})
        together = (last[1].get("category"), code)
        same = last[1].get("appointment") == facts.get("appointment")
        if last[0] == "category" and same and together in _TOGETHER:
            joined[-1] = (f"category+{code}", {**facts, **last[1]})
        elif (code, facts) not in joined:
            joined.append((code, facts))
    return joined


def _ordered(pairs: list[tuple[str, dict]]) -> Iterable[tuple[str, dict]]:
    """What decided stands first; of the exemptions missed, a near miss goes before a far one."""

    def place(pair: tuple[str, dict]) -> tuple[int, int]:
        code, facts = pair
        missed = facts.get("missed_days", _NEAR_DAYS + 1)
        return (1, missed) if code in _LAST else (0, 0)

    return sorted(pairs, key=place)


def _sentence(code: str, facts: dict[str, Any], lang: str, naming: Naming) -> Sentence:
    owner = REASONS[code.removeprefix("category+") if code.startswith("category+") else code].owner
    text = _template(code, facts) % _shown(facts, lang, naming)
    codes = tuple(code.split("+"))
    return Sentence(text, gettext(_SOURCES[owner]), codes[0], owner, gettext(_CORRECTED[owner]), codes, facts)


def _template(code: str, facts: Mapping[str, Any]) -> str:
    category = facts.get("category")
    if code.startswith("category+"):
        text = _TOGETHER[category, code.removeprefix("category+")]
        return gettext(text)
    if code == "category":
        return gettext(_CATEGORY[category])
    if code == "category-other":
        return gettext(_CATEGORY_OTHER[category])
    if code in _COUNTED:
        return _COUNTED[code](facts)
    return gettext(_SENTENCES[code])


def _shown(facts: Mapping[str, Any], lang: str, naming: Naming) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in facts.items():
        if (name.endswith("_on") or name == "on") and value:
            shown[name] = plain_date(date.fromisoformat(value), lang)
        else:
            shown[name] = value
    if "unit" in facts:
        shown["unit"] = naming.units.get(facts["unit"]) or facts["unit"] or gettext("your unit")
    if "group" in facts:
        shown["group"] = naming.groups.get(facts["group"], facts["group"])
    if "course" in facts:
        shown["course"] = naming.courses.get(facts["course"], facts["course"])
    if "counts_as" in facts:
        shown["counts_as"] = naming.courses.get(facts["counts_as"], facts["counts_as"])
    if "part" in facts:
        shown["part"] = naming.parts.get(facts["part"], facts["part"])
    if "groups" in facts:
        shown["groups"] = and_list(
            [gettext("“%(group)s”") % {"group": naming.groups.get(group, group)} for group in facts["groups"]]
        )
    if "leave_kind" in facts:
        shown["leave"] = gettext(_LEAVES.get(facts["leave_kind"], "leave"))
    return shown
