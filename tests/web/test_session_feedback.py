"""Feedback after a session: skippable, unlinked, shown late and never small (row A16)."""

from collections import Counter
from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, MEI
from tests.rooms import dated, offered
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.attendance import close_roster, mark_attendance
from upstander.actions.session_feedback import give_feedback
from upstander.actions.session_seats import book
from upstander.core.errors import Refusal
from upstander.core.session_feedback import ASKED_FOR, QUESTIONS, figures
from upstander.models import AuditLine, SessionFeedback, SessionSeat, TrainingSession

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A16")]
AFTER = later(days=1, hours=2)
LONG_AFTER = later(days=ASKED_FOR.days + 3)


def held(*people: str) -> TrainingSession:
    """A session over, in which these were there and Hugo was not."""
    offered()
    session = dated(seats=50)
    for person_id in (*people, HUGO):
        book(session.pk, person_id, MOMENT, "test")
    for person_id in people:
        mark_attendance(SessionSeat.objects.get(person_id=person_id).pk, True, AFTER, "test")
    close_roster(session.pk, AFTER, "test")
    return session


def read(person_id: str, address: str, language: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    return " ".join(unescape(client.get(address, headers={"accept-language": language}).content.decode()).split())


@pytest.mark.parametrize(("language", "words"), [("en", "How useful was the session"), ("es", "¿Cuánto le sirvió")])
def test_whoever_was_there_is_asked_and_may_skip(monkeypatch, language, words):
    session = held(INES)
    stand_on(monkeypatch, AFTER)
    address = f"/in-person/{session.pk}/feedback/"
    assert address in read(INES, f"/in-person/{session.pk}/") and words in read(INES, address, language)
    signed_in_as(INES).post(address, {"useful": "very"})
    assert SessionFeedback.objects.get().answers == {"useful": "very"}
    assert address not in read(INES, f"/in-person/{session.pk}/")


def test_whoever_was_not_there_is_not_asked(monkeypatch):
    session = held(INES)
    stand_on(monkeypatch, AFTER)
    assert "nothing to answer" in read(HUGO, f"/in-person/{session.pk}/feedback/")
    with pytest.raises(Refusal, match="feedback-closed"):
        give_feedback(session.pk, HUGO, {"useful": "very"}, AFTER)
    assert signed_in_as(AMARA).get(f"/in-person/{session.pk}/feedback/").status_code == 404


@pytest.mark.parametrize(
    ("given", "code"),
    [({"useful": "splendid"}, "no-such-answer"), ({"name": "x"}, "no-such-answer"), ({}, "nothing-said")],
)
def test_an_answer_that_is_none_is_refused(given, code):
    session = held(INES)
    with pytest.raises(Refusal, match=code):
        give_feedback(session.pk, INES, given, AFTER)


def test_it_is_given_once_and_not_for_ever():
    session = held(INES, AMARA)
    give_feedback(session.pk, INES, {"pace": "right"}, AFTER)
    with pytest.raises(Refusal, match="feedback-closed"):
        give_feedback(session.pk, INES, {"pace": "right"}, AFTER)
    with pytest.raises(Refusal, match="feedback-closed"):
        give_feedback(session.pk, AMARA, {"pace": "right"}, LONG_AFTER)


def test_nothing_ties_an_answer_to_who_gave_it():
    session = held(INES, AMARA)
    before = AuditLine.objects.count()
    changed = dict(SessionSeat.objects.values_list("person_id", "changed_at"))
    give_feedback(session.pk, INES, {"pace": "right"}, AFTER)
    first = set(SessionFeedback.objects.values_list("pk", flat=True))
    give_feedback(session.pk, AMARA, {"pace": "too-fast"}, AFTER)
    assert AuditLine.objects.count() == before and not first & set(SessionFeedback.objects.values_list("pk", flat=True))
    assert dict(SessionSeat.objects.values_list("person_id", "changed_at")) == changed
    assert {one.name for one in SessionFeedback._meta.fields} == {"id", "session", "answers"}


def test_the_order_in_which_answers_lie_is_chance(monkeypatch):
    session = held(INES, AMARA)
    orders = Counter()
    monkeypatch.setattr("upstander.core.session_feedback.may_answer", lambda *about: True)
    monkeypatch.setattr("upstander.actions.session_feedback.may_answer", lambda *about: True)
    for _ in range(40):
        SessionFeedback.objects.all().delete()
        give_feedback(session.pk, INES, {"pace": "right"}, AFTER)
        give_feedback(session.pk, AMARA, {"pace": "too-fast"}, AFTER)
        orders[SessionFeedback.objects.order_by().first().answers["pace"]] += 1
    assert min(orders["right"], orders["too-fast"]) >= 5


def test_the_office_sees_nothing_while_it_is_asked_and_nothing_of_few(monkeypatch):
    session = held(INES)
    give_feedback(session.pk, INES, {"useful": "very"}, AFTER)
    address = f"/office/in-person/dates/{session.pk}/feedback/"
    stand_on(monkeypatch, AFTER)
    assert "People can still answer" in read(MEI, address) and "Very useful" not in read(MEI, address)
    stand_on(monkeypatch, LONG_AFTER)
    assert "Fewer than 10 people answered" in read(MEI, address) and "Very useful" not in read(MEI, address)
    assert signed_in_as(INES).get(address).status_code == 404


def test_shares_of_enough_people_stand_there_and_small_ones_do_not(monkeypatch):
    session = held(INES)
    rows = [{"useful": "very"}] * 20 + [{"useful": "not"}] * 2
    SessionFeedback.objects.bulk_create(SessionFeedback(session=session, answers=one) for one in rows)
    stand_on(monkeypatch, LONG_AFTER)
    page = read(MEI, f"/office/in-person/dates/{session.pk}/feedback/")
    assert "22 answers" in page and "not shown" in page


def test_every_question_that_fewer_than_ten_answered_is_withheld():
    ends_at = MOMENT.at
    rows = [{"useful": "very", **({"pace": "right"} if place < 9 else {})} for place in range(30)]
    found = {one.question: one.column for one in figures(rows, ends_at, ends_at + ASKED_FOR * 2)}
    assert found["useful"].base == 30 and found["pace"] is None and set(found) == set(QUESTIONS)
