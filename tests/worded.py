"""For each kind of letter somebody who really gets one, as an officer would find them when they word it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.arranged import BY, arranged
from tests.cast import INES, MEI, MOMENT, RUTH
from tests.rooms import at_hours, dated, offered
from tests.staff import PROGRAMMES, complete, later
from upstander.actions.adjustments import Planned, record
from upstander.actions.arrangement_letters import plan_arrangement_reminders
from upstander.actions.arrangements import Arranged, call_off, change
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.done_letters import tell_of_completion
from upstander.actions.escalation import plan_escalation
from upstander.actions.grants import give
from upstander.actions.in_person import Dated, change_session
from upstander.actions.in_person import call_off as call_off_session
from upstander.actions.next_cycle import draft_due_cycles
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, send_some
from upstander.actions.session_letters import plan_session_reminders
from upstander.actions.session_seats import book, put_in
from upstander.actions.standing import run_due
from upstander.core.days import Moment
from upstander.core.in_person import Times
from upstander.core.requests import ACCESSIBILITY, OFFICER
from upstander.models import Certificate
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Mailbox

DRAFTED = Moment(datetime(2021, 6, 2, 15, tzinfo=UTC), date(2021, 6, 2))
RULES = Rules(letters(lambda course, lang: None), hours_matter=False)
STEPS = """
[notices]
[[notices.escalation]]
after_days = 7
to = "supervisor"
[[notices.escalation]]
after_days = 14
to = "officer"
"""


@dataclass(frozen=True)
class Real:
    """Who gets the letter, what stands in it in English and in Spanish, and on which day it is looked at."""

    reader: str
    en: tuple[str, ...]
    es: tuple[str, ...] = ()
    moment: Moment = MOMENT

    def said(self, lang: str) -> tuple[str, ...]:
        return (self.es or self.en) if lang == "es" else self.en


def _open_duty() -> Real:
    open_sending("page-b", MOMENT, "test")
    plan_due(published("page-b"), MOMENT, hours_matter=False)
    return Real(INES, ("Preventing harassment, 2020–21", "17 February 2021"), ("17 de febrero de 2021",))


def _reminded() -> Real:
    _open_duty()
    send_some(MOMENT, RULES, Mailbox())
    soon = later(days=21)
    plan_due(published("page-b"), soon, hours_matter=False)
    return Real(INES, ("17 February 2021",), ("17 de febrero de 2021",), soon)


def _late(days: int = 45) -> Real:
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").replace("version = 1\n", "version = 2\n", 1)
    import_programme(text + STEPS, MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    moment = later(days=days)
    run_due(moment)
    return Real(INES, ("17 February 2021",), ("17 de febrero de 2021",), moment)


def _others() -> Real:
    moment = _late(42).moment
    plan_escalation(published("page-b"), moment, hours_matter=False)
    send_some(moment, RULES, Mailbox())
    return Real(RUTH, ("Ines Okafor", "17 February 2021"), ("Ines Okafor", "17 de febrero de 2021"), moment)


def _several() -> Real:
    give(MEI, "officer", MOMENT, "test", programme="page-a")
    en = ("Preventing harassment, 2020–21", "Supporting a harassment-free community")
    return Real(INES, en, ("Prevenir el acoso, 2020–21", "Por una comunidad libre de acoso"))


def _done() -> Real:
    done = complete(INES)
    tell_of_completion(done, [], MOMENT)
    plan_due(published("page-b"), MOMENT, hours_matter=False)
    return Real(INES, ("Preventing harassment, 2020–21",), ("Prevenir el acoso, 2020–21",))


def _further() -> Real:
    complete(INES)
    further = complete(INES, later(days=1), "option-b")
    Certificate.objects.create(completion=further, code="AAAA-BBBB-CCCC-DDDD", made_at=MOMENT.at)
    tell_of_completion(further, [], MOMENT)
    return Real(INES, ("21 January 2021",), ("21 de enero de 2021",))


def _more_time() -> Real:
    planned = Planned("extension", INES, "page-b", "2020-21", to_on=date(2021, 3, 1))
    record(planned, "Field work.", MOMENT, f"person:{MEI}", None)
    return Real(INES, ("1 March 2021",), ("1 de marzo de 2021",))


def asked_and_answered(person_id: str = INES) -> Any:
    """A request to the officers of page-b that has an answer."""
    wanted = Wanted("page-b", "2020-21", "officer", {"note": "The film has no captions."}, kind=ACCESSIBILITY)
    case = open_case(person_id, wanted, MOMENT, f"person:{person_id}")
    return move(case.pk, "reply", OFFICER, MOMENT, f"person:{MEI}", "They come on Monday.")


def _answered() -> Real:
    case = asked_and_answered()
    return Real(INES, (case.number, f"/cases/{case.pk}/"))


def _drafted() -> Real:
    (draft,) = draft_due_cycles(DRAFTED)
    return Real(MEI, (f"/office/drafts/{draft.pk}/",), moment=DRAFTED)


def _session(what: str) -> Callable[[], Real]:
    def made() -> Real:
        offered()
        session, moment = dated(hours=240), MOMENT
        if what == "seat":
            put_in(session.pk, INES, MOMENT, f"person:{MEI}")
        else:
            book(session.pk, INES, MOMENT, f"person:{INES}")
        if what == "changed":
            moved = Dated(at_hours(242), "en", "Oak Hall 3", 2)
            change_session(session.pk, moved, session.sequence, MOMENT, "test")
        elif what == "cancelled":
            call_off_session(session.pk, MOMENT, "test")
        elif what == "reminder":
            moment = later(days=9)
            plan_session_reminders(moment)
        return Real(INES, ("An hour for bystanders",), ("Una hora para testigos",), moment)

    return made


def _arrangement(what: str) -> Callable[[], Real]:
    def made() -> Real:
        found, moment = arranged(days=9), MOMENT
        if what == "changed":
            starts_at = later(days=10).at
            times = Times(starts_at, later(days=10, hours=2).at)
            there = Arranged("paper", found.course_key, "en", times, "Oak Hall 3", facilitator=RUTH)
            change(found.pk, there, found.sequence, MOMENT, BY)
            return Real(INES, ("30 January 2021",), ("30 de enero de 2021",))
        if what == "cancelled":
            call_off(found.pk, MOMENT, BY)
        elif what == "reminder":
            moment = later(days=8)
            plan_arrangement_reminders(moment)
        return Real(INES, ("29 January 2021",), ("29 de enero de 2021",), moment)

    return made


#: kind -> makes it real, with a letter where one is planned or gone.
REAL: dict[str, Callable[[], Real]] = {
    "added": _open_duty,
    "reminder": _reminded,
    "overdue": _late,
    "overdue-others": _others,
    "digest": _several,
    "confirmation": _done,
    "case-answered": _answered,
    "extension-granted": _more_time,
    "certificate": _further,
    "draft-ready": _drafted,
    **{f"session-{what}": _session(what) for what in ("reminder", "changed", "seat", "cancelled")},
    **{f"arrangement-{what}": _arrangement(what) for what in ("made", "changed", "cancelled", "reminder")},
}
