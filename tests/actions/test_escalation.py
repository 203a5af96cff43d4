"""What is overdue is told step by step, to the person and to whom the programme names; several go in one letter."""

from collections import Counter
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.actions.test_sending import at, completes, only
from tests.cast import HUGO, INES, MEI, MOMENT, PRIYA, RUTH, install
from upstander.actions.adjustments import Planned, record
from upstander.actions.cases import Wanted, open_case
from upstander.actions.escalation import plan_escalation
from upstander.actions.grants import give
from upstander.actions.locks import lock_person
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.resending import send_again
from upstander.actions.sending import Rules, claim, give_up_lost_claims, send_some, settle_some
from upstander.actions.standing import run_due
from upstander.config.settings import PACKAGE
from upstander.core.errors import Refusal
from upstander.core.requests import ALREADY_DONE
from upstander.models import Account, Appointment, Notice, Person, RoleGrant, UnitAdministrator
from upstander.notices.registry import letters
from upstander.queries.messages import with_again
from upstander.queries.programmes import published
from upstander.wires.mail import Handed, Mailbox, Outcome

RULES = Rules(letters(lambda course, lang: None))
STEPS = """
[notices]
[[notices.escalation]]
after_days = 1
to = "person"
[[notices.escalation]]
after_days = 7
to = "supervisor"
[[notices.escalation]]
after_days = 7
to = "unit-administrator"
[[notices.escalation]]
after_days = 14
to = "officer"
"""
DUE, FIRST, SEVENTH, FOURTEENTH = (date(2021, 2, 17), date(2021, 2, 18), date(2021, 2, 24), date(2021, 3, 3))
#: Those of the cast to whom the first group's deadline applies, with their state on the day after it: overdue.
LATE = (INES, PRIYA, HUGO, RUTH)


def text(key: str) -> str:
    return (PACKAGE / "programmes" / f"{key}.toml").read_text(encoding="utf-8")


@pytest.fixture
def menu(db):
    return prepared()


def prepared():
    """The cast under page-b with steps of escalation, its sending open, Mei its officer."""
    install()
    import_programme(text("page-b") + STEPS, MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    give(MEI, "officer", MOMENT, "test", programme="page-b")
    return published("page-b")


def night(rules, day: date) -> Counter:
    moment = at(day, 8)
    run_due(moment)
    return plan_due(rules, moment).by_kind + plan_escalation(rules, moment)


def lived(rules, *days: date) -> list[Counter]:
    """What went or did not on each of the days."""
    found = []
    for day in days:
        night(rules, day)
        found.append(send_some(at(day), RULES, Mailbox()))
    return found


def rows(**where) -> list[tuple[str, str, str]]:
    found = Notice.objects.filter(kind="overdue-others", about__isnull=False, **where)
    return sorted(found.values_list("person_id", "about_id", "state"))


@pytest.mark.row("B17", "A13")
def test_the_day_after_the_due_date_the_person_is_told_once(menu):
    lived(menu, MOMENT.day, FIRST, FIRST + timedelta(days=1))
    told = Notice.objects.filter(kind="overdue")
    assert sorted(told.values_list("person_id", "state")) == sorted((person, "sent") for person in LATE)
    letter = only(kind="overdue", person_id=INES)
    assert "overdue since" in letter.subject
    assert "working hours" in letter.body_text
    assert not Notice.objects.filter(person_id=INES, kind="reminder", sent_at__date=FIRST).exists()


@pytest.mark.row("B12", "B18")
def test_a_supervisor_reads_one_letter_with_names_and_dates_and_that_it_is_working_time(menu):
    lived(menu, MOMENT.day, SEVENTH)
    letter = only(kind="overdue-others", person_id=RUTH, about=None)
    assert letter.state == "sent"
    assert letter.body_text.count("Ines Okafor") == 1, "supervisor and administrator at once, and told once"
    said = " ".join(letter.body_text.split())
    assert "17 February 2021" in said
    assert "working time" in said
    assert {row.went_with_id for row in Notice.objects.filter(person_id=RUTH, about_id=INES)} == {letter.pk}


@pytest.mark.row("B18")
def test_it_tells_nothing_of_leave_reasons_scores_or_cases(menu):
    lived(menu, MOMENT.day, SEVENTH)
    letter = only(kind="overdue-others", person_id=RUTH, about=None)
    for word in ("leave", "sabbatical", "score", "request", "appointment", "paid"):
        assert word not in letter.body_text.lower(), word


def test_an_officer_reads_of_everybody_in_one_letter_at_the_last_step(menu):
    lived(menu, MOMENT.day, FOURTEENTH)
    letter = only(kind="overdue-others", person_id=MEI, about=None)
    for name in ("Ines Okafor", "Priya Raman", "Hugo Lindqvist", "Ruth Abebe"):
        assert name in letter.body_text
    assert "4 people" in letter.subject


def test_nobody_is_told_about_themself(menu):
    lived(menu, MOMENT.day, SEVENTH, FOURTEENTH)
    assert not [row for row in rows(state="sent") if row[0] == row[1]]
    assert (RUTH, RUTH, "planned") not in rows()


def test_whoever_has_nobody_above_them_is_on_record_and_no_reader_is_made_up(menu):
    assert night(menu, SEVENTH)["no-reader"] == 5  # two steps for Priya and Hugo, Ruth's supervisor
    found = Notice.objects.filter(not_sent_reason="no-reader")
    assert set(found.values_list("about_id", "state")) == {(PRIYA, "not-sent"), (HUGO, "not-sent"), (RUTH, "not-sent")}
    assert not Notice.objects.filter(about_id=PRIYA, state="planned").exists()


def test_planning_twice_plans_nothing_more(menu):
    night(menu, SEVENTH)
    assert night(menu, SEVENTH) == {}
    assert night(menu, SEVENTH + timedelta(days=1)) == {}


def test_missed_steps_become_one(menu):
    lived(menu, MOMENT.day)
    night(menu, FOURTEENTH)
    assert Notice.objects.filter(kind="overdue", person_id=INES).count() == 1
    assert Notice.objects.filter(about_id=INES, person_id=RUTH).count() == 2  # as supervisor, as administrator


@pytest.mark.row("A13")
def test_whoever_completed_before_the_letter_is_not_in_it(menu):
    night(menu, FOURTEENTH)
    completes(INES, at(FOURTEENTH, 9))
    tally = send_some(at(FOURTEENTH), RULES, Mailbox())
    letter = only(kind="overdue-others", person_id=MEI, about=None)
    assert "Ines" not in letter.body_text
    assert "Hugo Lindqvist" in letter.body_text
    assert tally["settled"] >= 2
    assert {row[2] for row in rows(about_id=INES)} == {"not-sent"}
    assert not Notice.objects.filter(person_id=RUTH, kind="overdue-others", about=None).exists(), "nobody was left"


def test_whose_due_date_moved_is_not_in_it(menu):
    night(menu, FOURTEENTH)
    later = Planned("extension", INES, "page-b", "2020-21", to_on=date(2021, 3, 31))
    record(later, "Asked.", at(FOURTEENTH, 9), f"person:{MEI}")
    send_some(at(FOURTEENTH), RULES, Mailbox())
    assert {row[2] for row in rows(about_id=INES)} == {"not-sent"}
    assert set(Notice.objects.filter(about_id=INES).values_list("not_sent_reason", flat=True)) == {"no-longer-due"}


@pytest.mark.row("A13")
def test_while_a_case_of_theirs_is_open_nobody_else_is_told(menu):
    night(menu, FOURTEENTH)
    wanted = Wanted("page-b", "2020-21", "page-b", {"what": "The course, last week."}, kind=ALREADY_DONE)
    open_case(INES, wanted, at(FOURTEENTH, 9), f"person:{INES}")
    send_some(at(FOURTEENTH), RULES, Mailbox())
    assert set(Notice.objects.filter(about_id=INES).values_list("not_sent_reason", flat=True)) == {"disputed"}


def test_a_letter_to_be_tried_again_is_taken_apart_and_decided_anew(menu):
    night(menu, FOURTEENTH)
    mine = Notice.objects.filter(person_id=MEI, about_id=INES).get()
    assert claim(mine.pk, at(FOURTEENTH), RULES) == "carried"
    letter = only(kind="overdue-others", person_id=MEI, about=None)
    settle_some({letter.pk: Handed(Outcome.TEMPORARY, "busy")}, at(FOURTEENTH), RULES)
    letter.refresh_from_db()
    assert (letter.state, letter.not_sent_reason) == ("not-sent", "taken-apart")
    completes(INES, at(FOURTEENTH, 16))
    send_some(at(FOURTEENTH, 17), RULES, Mailbox())
    again = Notice.objects.get(kind="overdue-others", person_id=MEI, about=None, state="sent")
    assert "Ines" not in again.body_text
    assert "Priya Raman" in again.body_text


def test_a_letter_lost_in_a_crash_takes_all_that_it_carried_with_it(menu):
    night(menu, FOURTEENTH)
    claim(Notice.objects.get(person_id=MEI, about_id=INES).pk, at(FOURTEENTH), RULES)
    send_some(at(FOURTEENTH + timedelta(days=1)), RULES, Mailbox())
    carried = Notice.objects.filter(went_with__person_id=MEI)
    assert set(carried.values_list("state", flat=True)) == {"claimed"}, "never sent again by itself"


def test_a_reader_is_told_in_their_working_hours(menu):
    night(menu, FOURTEENTH)
    assert send_some(at(FOURTEENTH, 9), RULES, Mailbox())["sent"] == 0
    assert not Notice.objects.filter(kind="overdue-others", state="sent").exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.row("A13")
def test_a_completion_that_holds_the_lock_first_keeps_the_person_out_of_the_letter():
    """The claim takes the locks of those whom the letter is about, not only its reader's."""
    night(prepared(), FOURTEENTH)
    holds, said, row = Event(), [], Notice.objects.get(person_id=MEI, about_id=INES)

    def completing() -> None:
        with transaction.atomic():
            lock_person(INES)
            holds.set()
            Event().wait(0.3)  # the claim is at the lock by then, or comes after the commit
            completes(INES, at(FOURTEENTH))
        connection.close()

    def claiming() -> None:
        holds.wait(10)
        said.append(claim(row.pk, at(FOURTEENTH), RULES))
        connection.close()

    threads = [Thread(target=completing), Thread(target=claiming)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert said == ["settled"]
    assert "Ines" not in only(kind="overdue-others", person_id=MEI, about=None).body_text


@pytest.mark.row("B12", "B18")
def test_what_is_planned_after_the_letter_of_the_day_waits_for_the_next(menu):
    run_due(at(SEVENTH, 8))
    plan_escalation(menu, at(SEVENTH, 8))
    late = Notice.objects.filter(person_id=RUTH, about_id=INES).first()
    Notice.objects.filter(pk=late.pk).update(planned_for_on=SEVENTH + timedelta(days=1))
    send_some(at(SEVENTH), RULES, Mailbox())
    Notice.objects.filter(pk=late.pk).update(planned_for_on=SEVENTH)
    assert send_some(at(SEVENTH, 18), RULES, Mailbox()) == {"outside-hours": 1}
    send_some(at(SEVENTH + timedelta(days=1), 18), RULES, Mailbox())
    went = Notice.objects.filter(person_id=RUTH, kind="overdue-others", about=None, state="sent")
    assert [moment.day for moment in went.order_by("sent_at").values_list("sent_at", flat=True)] == [24, 25]


@pytest.mark.row("B18", "C08")
def test_whoever_lost_the_role_since_the_planning_reads_nothing(menu):
    night(menu, FOURTEENTH)
    RoleGrant.objects.filter(person_id=MEI, role="officer").update(ended_at=at(FOURTEENTH, 9).at)
    Appointment.objects.filter(person_id=INES).update(supervisor_id="")
    UnitAdministrator.objects.filter(person_id=RUTH).delete()
    send_some(at(FOURTEENTH), RULES, Mailbox())
    stopped = Notice.objects.filter(kind="overdue-others", person_id__in=(MEI, RUTH), about__isnull=False)
    assert set(stopped.exclude(not_sent_reason="no-reader").values_list("not_sent_reason", flat=True)) == {"not-theirs"}
    assert not Notice.objects.filter(kind="overdue-others", about=None).exists()


@pytest.mark.row("A13")
def test_a_letter_of_several_of_unknown_fate_goes_again_by_hand_with_what_still_holds(menu):
    night(menu, FOURTEENTH)
    claim(Notice.objects.get(person_id=MEI, about_id=INES).pk, at(FOURTEENTH), RULES)
    letter = only(kind="overdue-others", person_id=MEI, about=None)
    give_up_lost_claims(at(FOURTEENTH, 18))
    completes(INES, at(FOURTEENTH, 18))
    send_again(letter.pk, at(FOURTEENTH, 18), f"person:{HUGO}")
    send_some(at(FOURTEENTH, 18), RULES, Mailbox())
    again = Notice.objects.get(kind="overdue-others", person_id=MEI, about=None, state="sent")
    assert "Ines" not in again.body_text
    assert "Priya Raman" in again.body_text
    assert with_again(Notice.objects.filter(pk=letter.pk)).get().is_again
    with pytest.raises(Refusal, match="sent-again-already"):
        send_again(letter.pk, at(FOURTEENTH, 19), f"person:{HUGO}")


# several programmes in one letter


@pytest.fixture
def two(db):
    """The cast under both programmes, the sending of both open on a day on which both ask."""
    install()
    for key in ("page-a", "page-b"):
        import_programme(text(key), MOMENT, "test")
        open_sending(key, MOMENT, "test")
    run_due(MOMENT)
    for key in ("page-a", "page-b"):
        plan_due(published(key), MOMENT)


@pytest.mark.row("A04", "C01")
@pytest.mark.parametrize(("language", "said"), [("en", "2 trainings are open for you"), ("es", "2 capacitaciones")])
def test_letters_of_two_programmes_on_one_day_go_as_one(two, language, said):
    Person.objects.filter(pk=INES).update(preferred_language=language)
    send_some(MOMENT, RULES, Mailbox())
    digest = only(kind="digest", person_id=INES)
    assert said in digest.subject
    assert digest.code
    for link in ("/learn/core/", "/my-training/#page-b", "/ask/already-done/"):
        assert link in digest.body_text
        assert link in digest.body_html
    carried = Notice.objects.filter(person_id=INES, kind="added")
    assert set(carried.values_list("state", "went_with", "code")) == {("sent", digest.pk, None)}


def test_the_demos_mailbox_shows_a_digest_once_and_no_empty_letter_beside_it(two, client, settings):
    settings.DEMO, settings.SMTP = True, None
    send_some(MOMENT, RULES, Mailbox())
    digest = only(kind="digest", person_id=INES)
    shown = client.get("/mailbox/", {"to": "ines"}).content.decode()
    assert f"/mailbox/{digest.pk}/" in shown
    for carried in Notice.objects.filter(went_with=digest):
        assert f"/mailbox/{carried.pk}/" not in shown
        assert client.get(f"/mailbox/{carried.pk}/").status_code == 404


@pytest.mark.row("A13")
def test_where_one_programme_is_left_its_own_letter_goes(two):
    completes(INES, MOMENT)
    send_some(MOMENT, RULES, Mailbox())
    assert not Notice.objects.filter(kind="digest", person_id=INES).exists()
    sent = Notice.objects.filter(person_id=INES, kind="added", state="sent")
    assert list(sent.values_list("programme_id", flat=True)) == ["page-a"]
    stopped = Notice.objects.get(person_id=INES, kind="added", programme_id="page-b")
    assert stopped.not_sent_reason == "settled"


def test_a_digest_counts_as_the_letter_of_each_programme(two):
    send_some(MOMENT, RULES, Mailbox())
    for key in ("page-a", "page-b"):
        assert plan_due(published(key), at(date(2021, 1, 21))).by_kind == {}
    assert send_some(at(date(2021, 1, 21)), RULES, Mailbox()).total() == 0


def test_a_digest_needs_only_a_constant_number_of_queries(two, django_assert_max_num_queries):
    with django_assert_max_num_queries(260):
        send_some(MOMENT, RULES, Mailbox())


# what anybody, and the office, can look at


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_code_of_a_letter_of_several_can_be_checked_and_names_nobody(client, two, language):
    cache.clear()
    send_some(MOMENT, RULES, Mailbox())
    digest = only(kind="digest", person_id=INES)
    page = client.get(f"/check/{digest.code}/", headers={"accept-language": language})
    assert page.status_code == 200
    assert digest.subject in page.content.decode()
    assert "Okafor" not in page.content.decode()


def test_the_code_of_a_letter_about_others_tells_nobody_whom_it_named(client, menu):
    cache.clear()
    lived(menu, MOMENT.day, FOURTEENTH)
    letter = only(kind="overdue-others", person_id=MEI, about=None)
    page = client.get(f"/check/{letter.code}/")
    assert page.status_code == 200
    for name in ("Ines", "Priya", "Hugo", "Ruth", "Mei"):
        assert name not in page.content.decode()


@pytest.mark.row("B18")
def test_the_office_sees_of_whom_nobody_was_there_to_be_told(client, menu):
    night(menu, SEVENTH)
    mei = Account.objects.create_user("mei@aldermere.example", person=Person.objects.get(pk=MEI))
    client.force_login(mei, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/office/programmes/page-b/messages/")
    assert page.status_code == 200
    assert "The roster names nobody to tell." in page.content.decode()


@pytest.mark.row("B18")
def test_the_office_reads_of_whom_each_letter_about_others_is(client, menu):
    lived(menu, MOMENT.day, FOURTEENTH)
    mei = Account.objects.create_user("mei@aldermere.example", person=Person.objects.get(pk=MEI))
    client.force_login(mei, "allauth.account.auth_backends.AuthenticationBackend")
    said = client.get("/office/programmes/page-b/messages/?kind=overdue-others").content.decode()
    assert "about Ines Okafor" in said
    nobody = client.get("/office/programmes/page-b/messages/?kind=overdue-others&outcome=not-sent").content.decode()
    assert "Nobody</th>" in nobody
    assert "about Priya Raman" in nobody
