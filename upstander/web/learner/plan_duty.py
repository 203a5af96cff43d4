"""One duty as the plan shows it: the stored standing, its options, its reasons; nothing is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from upstander.core.credit import may_take
from upstander.core.decision import ACTIONABLE, SETTLED, Reason
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme
from upstander.core.recommend import recommended
from upstander.core.updates import CHANGED
from upstander.core.what_if import NOT_OWED, would_owe
from upstander.delivery import catalogue
from upstander.delivery.catalogue import CourseCard
from upstander.models import Case, Standing
from upstander.queries.plan import OwnRecord
from upstander.web.naming import naming_of
from upstander.words.reasons import Sentence, sentences
from upstander.words.what_if import what_if_sentences

#: the order in which duties stand on the page
_ORDER = (
    "overdue", "in-grace", "in-progress", "open", "undecided", "deferred", "scheduled",
    "satisfied", "waived", "exempt", "not-required",
)  # fmt: skip


#: reasons that say how a part of the requirement stands
_PARTS = frozenset({"part-done", "part-missing", "part-minutes-missing", "part-unknown"})
#: Those of them that are still to be done.
_MISSING = frozenset({"part-missing", "part-minutes-missing"})


@dataclass(slots=True)
class OptionCard:
    """One course that counts; `act` is start, continue or again; `suits` says why it may suit this person."""

    course: CourseCard
    label: str
    act: str
    suits: str = ""
    filled: bool = False

    @property
    def href(self) -> str:
        return f"/learn/{self.course.key}/"


@dataclass(slots=True)
class Duty:
    """A standing with everything that the page says about it."""

    programme: Programme
    standing: Standing
    options: list[OptionCard]
    reasons: list[Sentence]
    group_title: str
    certificate: str
    next_on: date | None
    what_if: list[str]
    case: Case | None = None
    opened: bool = False
    missing: frozenset[str] = frozenset()
    elsewhere: tuple[str, ...] = ()

    @property
    def actionable(self) -> bool:
        return self.standing.state in ACTIONABLE

    @property
    def is_not_asked(self) -> bool:
        """Whether the programme never asked this of the person; what was released or finished did."""
        return self.standing.state in NOT_OWED

    @property
    def parts(self) -> list[Sentence]:
        """How each part of the requirement stands, in its order; empty where the programme has none."""
        return [reason for reason in self.reasons if reason.code in _PARTS]

    @property
    def changed(self) -> list[Sentence]:
        """What has changed in a completed course and is to be read."""
        return [reason for reason in self.reasons if reason.code == CHANGED]

    @property
    def finished(self) -> list[OptionCard]:
        return [option for option in self.options if option.act == "again"]

    @property
    def still_open(self) -> list[OptionCard]:
        return [option for option in self.options if option.act != "again"]

    @property
    def sort_key(self) -> tuple:
        return (_ORDER.index(self.standing.state), self.standing.due_on or date.max, self.programme.key)


@dataclass(frozen=True, slots=True)
class Own:
    """What the plan reads of its reader: record, facts, units named in reasons, cases that let reminders rest."""

    record: OwnRecord
    facts: PersonFacts
    units: Mapping[str, str]
    cases: Mapping[str, Case]


def options_of(programme: Programme, record: OwnRecord, facts: PersonFacts, day: date, lang: str) -> list[OptionCard]:
    """The programme's options in its order, each with what the reader can do with it (rows B05, B06, B11)."""
    suits = recommended(programme, facts, day)
    cards = []
    for option in programme.options:
        course = catalogue.card_of(option.course_key, lang)
        if course is None or not may_take(option, facts, day):
            continue
        act = "again" if course.key in record.finished else "continue" if course.key in record.begun else "start"
        why = suits.get(option.course_key)
        cards.append(OptionCard(course, option.label, act, _said(why, lang) if why else ""))
    return cards


def elsewhere(programme: Programme, facts: PersonFacts, day: date) -> tuple[str, ...]:
    """The options that no course on this site gives, by their letter or key: the office says how they are taken."""
    return tuple(
        option.label or option.course_key
        for option in programme.options
        if may_take(option, facts, day) and catalogue.card_of(option.course_key, "en") is None
    )


def missing_courses(programme: Programme, standing: Standing) -> frozenset[str]:
    """The courses of the parts that are not done yet; empty where the requirement has no parts."""
    keys = {said["facts"].get("part") for said in standing.reasons if said["code"] in _MISSING}
    parts = [part for part in programme.requirement.every() if part.key in keys]
    by_topic = {topic for part in parts for topic in part.topics}
    taught = {option.course_key for option in programme.options if by_topic.intersection(option.topics)}
    return frozenset(course for part in parts for course in part.of) | taught


def _said(reason: Reason, lang: str) -> str:
    return sentences(SimpleNamespace(reasons=[reason]), lang)[0].text


def duty_of(standing: Standing, programme: Programme, own: Own, day: date, lang: str) -> Duty:
    """The duty behind one stored standing."""
    group = programme.group(standing.group)
    cycle = programme.cycle_on(day)
    following = programme.cycles.after(cycle)
    return Duty(
        programme=programme,
        standing=standing,
        options=options_of(programme, own.record, own.facts, day, lang),
        reasons=sentences(standing, lang, naming_of(programme, standing.reasons, lang, own.units)),
        group_title=(group.title.get(lang) or group.title.get("en", "")) if group else "",
        certificate=own.record.certificates.get(standing.satisfied_ref or "", ""),
        next_on=following.first_on if following else _renewed_on(standing, programme),
        what_if=_what_if(standing, programme, own.facts, day),
        case=own.cases.get(programme.key),
        missing=missing_courses(programme, standing),
        elsewhere=elsewhere(programme, own.facts, day),
    )


def _renewed_on(standing: Standing, programme: Programme) -> date | None:
    """The day on which a person's own next cycle begins; None where none does by itself."""
    return standing.next_change_on if programme.has_own_cycles and standing.state in SETTLED else None


def _what_if(standing: Standing, programme: Programme, facts: PersonFacts, day: date) -> list[str]:
    """What would have to be otherwise for the person to owe it; nothing where they do."""
    reasons = tuple(Reason(said["code"], said["facts"]) for said in standing.reasons)
    return what_if_sentences(would_owe(programme, facts, day, standing.state, reasons))


def fill_one_button(duties: list[Duty]) -> None:
    """One filled button a page: what is begun, else what a part still needs, else what may suit, else the first."""
    for duty in duties:
        if duty.actionable and duty.still_open:
            choice = next((option for option in duty.still_open if option.act == "continue"), None)
            choice = choice or next((o for o in duty.still_open if o.course.key in duty.missing), None)
            choice = choice or next((option for option in duty.still_open if option.suits), duty.still_open[0])
            choice.filled = True
            return
