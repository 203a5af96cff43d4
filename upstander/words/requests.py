"""Cases in words: kinds, states, facts and their values, what happens next, and every step of a thread."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from upstander.core.disputes import CATEGORY, DATE, FACTS, ROLE, YES_NO
from upstander.core.requests import ACCEPTED, ANOTHER_WAY, ASKED, DECLINED, OPEN, SETTLED, WITHDRAWN
from upstander.models import Case, CaseEntry
from upstander.words.confidence import next_words
from upstander.words.dates import long_date, moment_words, plain_date
from upstander.words.in_person import session_words
from upstander.words.names import category_word
from upstander.words.post import reply_detail

_KINDS = {
    "wrong-fact": gettext_noop("A fact is wrong"),
    "office-decision": gettext_noop("A decision of the office"),
    "content-question": gettext_noop("A question about a page"),
    "another-way": gettext_noop("A request in confidence"),
    "extension": gettext_noop("More time"),
    "leave": gettext_noop("A leave"),
    "already-done": gettext_noop("Already done"),
    "equivalency": gettext_noop("A training from elsewhere"),
    "appointment-ending": gettext_noop("An appointment that ends"),
    "voluntary-access": gettext_noop("Courses without having to"),
    "language": gettext_noop("Another language"),
    "no-computer": gettext_noop("No computer"),
    "accessibility": gettext_noop("A barrier"),
    "in-person": gettext_noop("A session for a group"),
    "privacy": gettext_noop("Data about oneself"),
    "technical": gettext_noop("A technical difficulty"),
}
#: state -> (the word, the state of a standing whose shape and colour it shares)
_STATES = {
    OPEN: (gettext_noop("With the office"), "open"),
    ASKED: (gettext_noop("Waiting for the person"), "deferred"),
    ACCEPTED: (gettext_noop("Accepted, not yet corrected"), "in-progress"),
    DECLINED: (gettext_noop("Declined"), "not-required"),
    WITHDRAWN: (gettext_noop("Withdrawn"), "not-required"),
    SETTLED: (gettext_noop("Settled"), "satisfied"),
}
_OWNERS = {
    "roster": gettext_noop("Human Resources"),
    "record": gettext_noop("Training record"),
    "rule": gettext_noop("Programme’s rules"),
    "officer": gettext_noop("Decision of the office"),
}
_FACTS = {
    "category": gettext_noop("The kind of your appointment"),
    "unit": gettext_noop("Your unit"),
    "area": gettext_noop("The part of the institution to which your unit belongs"),
    "paid": gettext_noop("Whether your appointment is paid"),
    "benefits_eligible": gettext_noop("Whether your appointment is eligible for benefits"),
    "supervises": gettext_noop("Whether you supervise other people"),
    "confidential_role": gettext_noop("Whether you hold a confidential role"),
    "student_year": gettext_noop("Your year of study"),
    "graduates_on": gettext_noop("The day on which you finish your degree"),
    "starts_on": gettext_noop("The day on which your appointment began"),
    "ends_on": gettext_noop("The day on which your appointment ends"),
    "leave": gettext_noop("Your leave"),
    "place": gettext_noop("Your place of work"),
    "appointments": gettext_noop("Which appointments you hold, and since when"),
    "onboarded_on": gettext_noop("The day on which you joined"),
    "onboarded_as": gettext_noop("How you joined"),
    "completed_on": gettext_noop("The day on which you completed the course"),
    "completion_role": gettext_noop("The role in which you took the course"),
    "completions": gettext_noop("Which courses you have completed"),
    "rule": gettext_noop("How the rule applies to you"),
    "decision": gettext_noop("What the office decided"),
    "something": gettext_noop("Something else in this sentence"),
}
#: The same about somebody else, for those who help to correct it.
_FACTS_OF_OTHERS = {
    "category": gettext_noop("The kind of appointment"),
    "unit": gettext_noop("The unit"),
    "area": gettext_noop("The part of the institution to which the unit belongs"),
    "paid": gettext_noop("Whether the appointment is paid"),
    "benefits_eligible": gettext_noop("Whether the appointment is eligible for benefits"),
    "supervises": gettext_noop("Whether the person supervises others"),
    "confidential_role": gettext_noop("Whether the person holds a confidential role"),
    "student_year": gettext_noop("The year of study"),
    "graduates_on": gettext_noop("The day on which the degree is finished"),
    "starts_on": gettext_noop("The day on which the appointment began"),
    "ends_on": gettext_noop("The day on which the appointment ends"),
    "leave": gettext_noop("The dates of a leave"),
    "place": gettext_noop("The place of work"),
    "appointments": gettext_noop("Which appointments the person holds, and since when"),
    "onboarded_on": gettext_noop("The day on which the person joined"),
    "onboarded_as": gettext_noop("How the person joined"),
    "completed_on": gettext_noop("The day on which the course was completed"),
    "completion_role": gettext_noop("The role in which the course was taken"),
    "completions": gettext_noop("Which courses are on record"),
    "rule": gettext_noop("How the rule applies"),
    "decision": gettext_noop("What the office decided"),
    "something": gettext_noop("Something else in the sentence"),
}
_ROLES = {"employee": gettext_noop("as an employee"), "student": gettext_noop("as a student")}


def kind_word(kind: str) -> str:
    return gettext(_KINDS.get(kind, kind))


def case_state_word(state: str, kind: str = "") -> str:
    """The word for a case's state as the office reads it; in confidence nothing is corrected, it is arranged."""
    return gettext("Arranged") if (state, kind) == (ACCEPTED, ANOTHER_WAY) else gettext(_STATES[state][0])


def own_state_word(state: str, kind: str = "") -> str:
    """The same to the person whose case it is."""
    return gettext("Waiting for you") if state == ASKED else case_state_word(state, kind)


def looks_like(state: str) -> str:
    """The state of a standing with whose shape a case's state is drawn."""
    return _STATES[state][1]


def owner_word(owner: str) -> str:
    """Who can correct the fact, as a column of a list says it."""
    return gettext(_OWNERS.get(owner, owner))


def fact_word(key: str) -> str:
    """What a fact is called, to its person."""
    return gettext(_FACTS.get(key, key))


def fact_of_other(key: str) -> str:
    """What a fact is called, to somebody who handles it for its person."""
    return gettext(_FACTS_OF_OTHERS.get(key, key))


def role_word(role: str) -> str:
    return gettext(_ROLES.get(role, role))


def _language() -> str:
    return get_language() or "en"


def value_words(key: str, value: str, units: Mapping[str, str] | None = None) -> str:
    """A value of the record, or one that somebody says is right, in words; a blank is said to be one."""
    fact = FACTS.get(key)
    if not value:
        return gettext("no end") if fact and fact.may_be_blank else gettext("not on record")
    if key == "unit":
        return (units or {}).get(value, value)
    kind = fact.value if fact else ""
    if kind == YES_NO:
        return {"yes": gettext("yes"), "no": gettext("no")}.get(value, value)
    if kind == CATEGORY:
        return category_word(value)
    if kind == ROLE:
        return ", ".join(role_word(one) for one in value.split())
    if kind == DATE:
        return ", ".join(_day_words(one) for one in value.split())
    return value


def _day_words(text: str) -> str:
    try:
        return plain_date(date.fromisoformat(text), _language())
    except ValueError:
        return text


#: Facts whose value on record is a list for machines; the sentence that is disputed says what people need.
UNSPOKEN = frozenset({"leave", "appointments", "completions", "rule", "decision", "something", "place"})


def next_for_person(case: Case) -> str:
    """What happens next, to the person."""
    if said := next_words(case):
        return said
    if case.state == OPEN and case.answer_by_on:
        by = long_date(case.answer_by_on, _language())
        return gettext("We look into it and answer here by %(by)s.") % {"by": by}
    if case.state == ACCEPTED:
        by_owner = {
            "roster": gettext(
                "You are right as far as we can see. Human Resources has to correct it; as soon as their next file has "
                "it, your training page changes by itself."
            ),
            "record": gettext("You are right as far as we can see. We correct the record, and your page follows."),
        }
        other = gettext("You are right as far as we can see. We put it right, and your page follows.")
        return by_owner.get(case.owner, other)
    sentences = {
        ASKED: gettext("We need something from you before we can go on. Answer below."),
        DECLINED: gettext("We looked into it and leave it as it is; the reason stands below."),
        WITHDRAWN: gettext("You have taken this back. Nothing was changed by it."),
        SETTLED: gettext("This is done. Your training page shows how things stand now."),
    }
    return sentences.get(case.state, gettext("We look into it and answer here."))


_PERSON_READS = {
    "opened": gettext_noop("You told us"),
    "add": gettext_noop("You added"),
    "answer": gettext_noop("You answered"),
    "withdraw": gettext_noop("You took it back"),
    "reopen": gettext_noop("You asked us to look again"),
    "reply": gettext_noop("The office wrote"),
    "ask": gettext_noop("The office asked you"),
    "accept": gettext_noop("The office accepted it"),
    "decline": gettext_noop("The office declined it"),
    "settle": gettext_noop("The office closed it as settled"),
    "now-right": gettext_noop("The record now says what you said"),
    "changed-otherwise": gettext_noop("The record has changed"),
    "arrived": gettext_noop("The correction has arrived"),
    "follow-up": gettext_noop("You asked further"),
    "respond": gettext_noop("The office answered"),
    "arrange": gettext_noop("What we arranged"),
    "completing": gettext_noop("It is done; it goes on your record soon"),
    "completed": gettext_noop("Your training is on record as done"),
    "not-needed": gettext_noop("Nothing of this is needed any more"),
    "adjusted": gettext_noop("The office decided about your training"),
    "granted": gettext_noop("Granted"),
    "session-set": gettext_noop("Your session is set"),
    "session-off": gettext_noop("Your session has been called off"),
    "adjustment-ended": gettext_noop("The office ended a decision about your training"),
}
_OFFICE_READS = {
    **_PERSON_READS,
    "opened": gettext_noop("Opened by the person"),
    "add": gettext_noop("The person added"),
    "answer": gettext_noop("The person answered"),
    "withdraw": gettext_noop("Withdrawn by the person"),
    "reopen": gettext_noop("Reopened by the person"),
    "reply": gettext_noop("Reply of the office"),
    "ask": gettext_noop("The office asked back"),
    "accept": gettext_noop("Accepted"),
    "decline": gettext_noop("Declined"),
    "settle": gettext_noop("Closed as settled"),
    "note": gettext_noop("Note, not shown to the person"),
    "follow-up": gettext_noop("The person asked further"),
    "respond": gettext_noop("Answered"),
    "arrange": gettext_noop("Arranged with the person"),
    "completing": gettext_noop("Said to be done"),
    "completed": gettext_noop("Recorded as done"),
    "take": gettext_noop("Taken or handed over"),
    "share": gettext_noop("Shown to everybody on the page, without the person"),
    "now-right": gettext_noop("The record now says what the person said"),
    "changed-otherwise": gettext_noop("The record has changed, not as the person said"),
    "adjusted": gettext_noop("An adjustment was recorded from here"),
    "adjustment-ended": gettext_noop("An adjustment was ended"),
    "session-set": gettext_noop("A session was made from this request"),
    "session-off": gettext_noop("The session was called off"),
}


def step_word(move: str, to_person: bool) -> str:
    """The heading of one step of a thread."""
    return gettext((_PERSON_READS if to_person else _OFFICE_READS).get(move, move))


def step_detail(entry: CaseEntry, units: Mapping[str, str] | None = None) -> str:
    """What the program itself has to say in a step: what the record says now and since when, or what was decided."""
    data = entry.data
    if "by_mail" in data:
        return reply_detail(data)
    if entry.move in {"adjusted", "granted", "adjustment-ended"}:
        return adjustment_words(data["kind"], data.get("from_on"), data.get("to_on"))
    if entry.move == "completing":
        return _comes_on_record(entry)
    if "starts_at" in data:
        return session_words(data, settings.INSTITUTION_ZONE)
    if "value" not in data:
        return ""
    facts = {"at": _moment(data["at"]), "value": value_words(data["fact"], data["value"], units)}
    if data["fact"] in UNSPOKEN:
        if data["source"] == "roster":
            return gettext("It changed with the roster of %(at)s.") % facts
        return gettext("The record changed; seen on %(at)s.") % facts
    if data["source"] == "roster":
        return gettext("The roster of %(at)s says: %(value)s.") % facts
    return gettext("The record says: %(value)s. Seen on %(at)s.") % facts


def _comes_on_record(entry: CaseEntry) -> str:
    at = datetime.fromisoformat(entry.data["at"])
    if at <= entry.at:
        return ""
    day = long_date(at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date(), _language())
    return gettext("It goes on record on %(day)s. Until then nothing more is needed.") % {"day": day}


def _moment(text: str) -> str:
    return moment_words(datetime.fromisoformat(text), _language(), settings.INSTITUTION_ZONE)


_ADJUSTMENTS = {
    "extension": gettext_noop("Extension"),
    "deferral": gettext_noop("Deferral"),
    "waiver": gettext_noop("Waiver"),
    "equivalency": gettext_noop("Equivalency"),
    "alternative": gettext_noop("Other route"),
    "ending": gettext_noop("End of an appointment"),
    "access": gettext_noop("Access to the courses of this programme"),
}


def adjustment_kind_word(kind: str) -> str:
    return gettext(_ADJUSTMENTS.get(kind, kind))


def adjustment_words(kind: str, from_on: str | None, to_on: str | None) -> str:
    """What an adjustment does, with its days (ISO texts)."""
    days = {"from": _day_words(from_on or ""), "to": _day_words(to_on or "")}
    if kind == "extension":
        return gettext("Extension: due on %(to)s.") % days
    if kind == "equivalency":
        return gettext("Equivalency: another training counts as of %(from)s.") % days
    if kind == "ending":
        return gettext("End of an appointment: it counts as ending on %(to)s.") % days
    if kind == "deferral" and to_on:
        return gettext("Deferral: the clock stands from %(from)s to %(to)s.") % days
    if kind == "deferral":
        return gettext("Deferral: the clock stands from %(from)s until further notice.") % days
    if kind == "waiver" and to_on:
        return gettext("Waiver: released from %(from)s to %(to)s.") % days
    if kind == "waiver":
        return gettext("Waiver: released from %(from)s on.") % days
    return adjustment_kind_word(kind)
