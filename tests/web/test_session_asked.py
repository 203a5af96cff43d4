"""Whoever asked for a session is told by their request when it is set, moved or called off (row A16)."""

from html import unescape

import pytest

from tests.cast import HUGO, INES, MEI
from tests.rooms import at_hours, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.cases import move
from upstander.actions.in_person import Dated, call_off, change_session, make_session, open_session
from upstander.models import AuditLine, Case, Notice, TrainingSession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]
PLANNED = Dated(at_hours(24), "en", "Elm Hall 12", 12, closed_group=True)
BY = f"person:{MEI}"


@pytest.fixture
def case(monkeypatch) -> Case:
    """What Ines asked for."""
    stand_on(monkeypatch, MOMENT)
    offered()
    return Case.objects.create(
        number="G-1", kind="in-person", person_id=INES, programme_id="page-b", cycle="2020-21", owner="officer",
        asked={"audience": "The choir", "size": "12", "topic": "Speaking up"},
        opened_at=MOMENT.at, opened_by=f"person:{INES}", language="en",
    )  # fmt: skip


@pytest.fixture
def session(case) -> TrainingSession:
    return make_session("bystander-hour", PLANNED, MOMENT, BY, case)


def letters() -> int:
    return Notice.objects.filter(person_id=INES, kind="case-answered").count()


def read(case: Case, language: str = "en", who: str = INES, at: str = "/cases/") -> str:
    client = signed_in_as(who)
    client.cookies["upstander_language"] = language
    return " ".join(unescape(client.get(f"{at}{case.pk}/").content.decode()).split())


def test_of_a_draft_nobody_is_told(case, session):
    case.refresh_from_db()
    assert case.state == "open" and letters() == 0


@pytest.mark.parametrize(
    ("language", "heading", "where"),
    [
        ("en", "Your session is set", "“An hour for bystanders”: "),
        ("es", "Su sesión tiene fecha", "«Una hora para testigos»: "),
    ],
)
def test_opened_it_settles_the_request_and_its_person_gets_a_letter_and_reads_when_and_where(
    case, session, language, heading, where
):
    open_session(session.pk, MOMENT, BY)
    case.refresh_from_db()
    assert (case.state, case.settled_by, letters()) == ("settled", BY, 1)
    page = read(case, language)
    assert heading in page and where in page and "Elm Hall 12" in page
    assert AuditLine.objects.filter(verb="case-session-set", subject=f"case:{case.pk}").count() == 1


def test_an_officer_of_another_programme_sees_the_date_and_nothing_of_the_request(case, session):
    """Dates are every officer's; what was asked, and by whom, is for those who handle it."""
    page = f"/office/in-person/dates/{session.pk}/"
    theirs, others = (signed_in_as(who).get(page) for who in (MEI, HUGO))
    assert (theirs.status_code, others.status_code) == (200, 200)
    for told in ("The choir", case.number, str(case.pk)):
        assert told in theirs.content.decode() and told not in others.content.decode(), told


def test_the_office_reads_it_in_the_thread_too(case, session):
    open_session(session.pk, MOMENT, BY)
    assert "A session was made from this request" in read(case, who=MEI, at="/office/cases/")


def test_moved_it_is_told_again_and_another_number_of_seats_is_not(case, session):
    open_session(session.pk, MOMENT, BY)
    Notice.objects.update(state="sent")
    change_session(session.pk, Dated(at_hours(24), "en", "Elm Hall 12", 14, closed_group=True), 0, MOMENT, BY)
    assert letters() == 1
    change_session(session.pk, Dated(at_hours(24), "en", "Oak Hall 3", 14, closed_group=True), 1, MOMENT, BY)
    assert letters() == 2 and "Oak Hall 3" in read(case)


def test_called_off_the_request_waits_for_the_office_again(case, session):
    open_session(session.pk, MOMENT, BY)
    Notice.objects.update(state="sent")
    call_off(session.pk, later(1), BY)
    case.refresh_from_db()
    assert (case.state, case.settled_at, letters()) == ("open", None, 2)
    assert "Your session has been called off" in read(case)


def test_a_draft_that_is_called_off_moves_nothing(case, session):
    call_off(session.pk, MOMENT, BY)
    case.refresh_from_db()
    assert case.state == "open" and letters() == 0 and not case.entries.exists()


def test_a_request_that_was_taken_back_stays_so(case, session):
    move(case.pk, "withdraw", "person", MOMENT, f"person:{INES}")
    open_session(session.pk, MOMENT, BY)
    case.refresh_from_db()
    assert case.state == "withdrawn" and letters() == 0
