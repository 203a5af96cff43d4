"""Many letters cost no more queries than one, of every kind that goes to many; what came of them neither."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.actions.test_further_letters import DRAFTED, OFFICE, extends
from tests.actions.test_sending import RULES, TOLD_ON, completes
from tests.cast import HUGO, INES, MOMENT, PRIYA, TOMAS
from tests.learners import lay_out
from tests.staff import open_office
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.grants import give
from upstander.actions.next_cycle import draft_due_cycles
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.outbox import plan
from upstander.actions.sending import claim_some, settle_some
from upstander.actions.standing import run_due
from upstander.core.days import Moment
from upstander.core.requests import OFFICER
from upstander.models import Notice
from upstander.queries.programmes import published
from upstander.wires.mail import Envelope, Handed, Outcome


@pytest.fixture(autouse=True)
def university(db, tmp_path, settings):
    settings.CONTENT_ROOT, settings.MAIL_REPLIES = lay_out(tmp_path, "core", "option-a", "option-b"), ""
    open_office()
    for programme in ("page-a", "page-b"):
        open_sending(programme, MOMENT, "test")
    run_due(MOMENT)


def first_letters() -> None:
    plan_due(published("page-b"), MOMENT)


def reminders() -> None:
    for person_id in TOLD_ON:
        plan("reminder", person_id, "page-b", "2020-21", MOMENT, "asked-1")


def confirmations() -> None:
    for person_id in TOLD_ON:
        completes(person_id, MOMENT)
        plan("confirmation", person_id, "page-b", "2020-21", MOMENT)


def extensions() -> None:
    for person_id in TOLD_ON:
        extends(person_id=person_id)


def answers() -> None:
    for person_id in TOLD_ON:
        wanted = Wanted("page-b", "2020-21", "fact", {"fact": "other"}, "Not so.")
        case = open_case(person_id, wanted, MOMENT, f"person:{person_id}")
        move(case.pk, "reply", OFFICER, MOMENT, OFFICE, "We look.")


def drafts() -> None:
    for person_id in (INES, PRIYA, HUGO, TOMAS):
        give(person_id, "officer", MOMENT, "test")
    draft_due_cycles(DRAFTED)


def sent(notices: list[Notice], moment: Moment) -> tuple[int, int]:
    """How many queries it took to claim these, all of which go, and to keep that they went."""
    with CaptureQueriesContext(connection) as claiming:
        said = claim_some([notice.pk for notice in notices], moment, RULES)
    assert all(isinstance(one, Envelope) for one in said.values()), said
    with CaptureQueriesContext(connection) as settling:
        settle_some(dict.fromkeys(said, Handed(Outcome.ACCEPTED)), moment, RULES)
    return len(claiming), len(settling)


@pytest.mark.parametrize(
    ("kind", "happens", "moment"),
    [
        ("added", first_letters, MOMENT),
        ("reminder", reminders, MOMENT),
        ("confirmation", confirmations, MOMENT),
        ("extension-granted", extensions, MOMENT),
        ("case-answered", answers, MOMENT),
        ("draft-ready", drafts, DRAFTED),
    ],
)
def test_three_letters_cost_no_more_queries_than_one(kind: str, happens: Callable[[], None], moment: Moment):
    happens()
    letters = list(Notice.objects.filter(kind=kind, state="planned").order_by("person_id"))
    assert len(letters) >= 4
    sent(letters[:1], moment)  # what is read once for a process is read now
    one = sent(letters[1:2], moment)
    assert sent(letters[2:], moment) == one
