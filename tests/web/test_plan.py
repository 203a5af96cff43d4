"""My training: what is due, by when and why, as the person sees it."""

from datetime import UTC, datetime
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.cast import AMARA, DARIO, HUGO, INES, KENJI, LIN, MOMENT, NOOR, SOFIA, TOMAS
from tests.staff import signed_in_as
from upstander.actions.standing import decide_again
from upstander.core.days import Moment
from upstander.models import Account, AdjustmentRecord, Completion, Enrolment, Person

pytestmark = pytest.mark.django_db


def plan_of(person_id: str, lang: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = lang
    answer = client.get("/my-training/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def duty(page: str, key: str) -> str:
    return page.split(f'id="{key}"')[1].split("</article>")[0]


def completed(person_id: str, course: str) -> None:
    completion = Completion.objects.create(
        person_id=person_id, course_key=course, completed_on=MOMENT.day, role="employee", source="upstander",
        recorded_at=MOMENT.at,
    )  # fmt: skip
    decide_again([person_id], MOMENT, "completion", str(completion.pk))


@pytest.mark.row("A05", "B02", "B05", "C01")
def test_a_duty_shows_its_state_date_group_and_every_option(university):
    shown = duty(plan_of(INES), "page-b")
    assert "Open</span>" in shown
    assert "Due <strong>Wednesday 17 February 2021</strong>, end of day, Eastern time." in shown
    assert "28 days left" in shown
    assert "All schools (including faculty)" in shown
    for letter in "abcde":
        assert f'href="/learn/option-{letter}/"' in shown
    assert "Compare all five side by side" in shown


@pytest.mark.row("A05")
def test_the_reasons_stand_beside_the_duty_as_sentences_of_that_person(university):
    shown = duty(plan_of(INES), "page-b")
    assert "You are paid staff in Department of Music." in shown
    assert "Its training period runs from 13 January 2021 to 17 February 2021." in shown


@pytest.mark.row("A15", "A05")
def test_the_page_is_written_in_spanish_as_spanish_writes_dates(university):
    shown = duty(plan_of(INES, "es"), "page-b")
    assert "<strong>miércoles 17 de febrero de 2021</strong>, hasta el final del día, hora del Este." in shown
    assert "Comenzar A" in shown


@pytest.mark.row("B07")
def test_whoever_missed_the_exemption_by_one_day_is_told_so(university):
    assert "You joined on 30 June 2020" in duty(plan_of(HUGO), "page-b")


@pytest.mark.row("B07")
def test_an_exempt_person_sees_why_and_no_button_for_it(university):
    shown = duty(plan_of(AMARA), "page-b")
    assert "Exempt</span>" in shown
    assert "You joined on 1 July 2020." in shown
    assert "/learn/" not in shown


@pytest.mark.row("B20")
def test_a_person_without_duties_gets_a_page_that_says_so_and_why(university):
    page = plan_of(NOOR)
    assert "You have nothing to take</h1>" in page
    assert "unpaid appointments do not require this training" in duty(page, "page-b")


@pytest.mark.row("A09")
def test_leave_stops_the_clock_and_the_new_date_is_shown(university):
    shown = duty(plan_of(TOMAS, "en"), "page-b")
    assert "On hold during leave</span>" in shown
    assert "Your date is now" in shown


def test_a_missing_fact_is_named_and_nothing_is_demanded(university):
    shown = duty(plan_of(KENJI), "page-b")
    assert "Needs a fact</span>" in shown
    assert "It is not on record whether your appointment is paid." in shown


def test_a_later_group_sees_its_opening_day(university):
    assert "It opens on <strong>Monday 22 February 2021</strong>" in duty(plan_of(SOFIA, "en"), "page-b")


@pytest.mark.row("C01")
def test_several_duties_are_answered_in_one_headline(university):
    page = plan_of(INES)
    assert page.count('<article class="duty"') == 2
    assert "Two trainings to finish" in page.split("</h1>")[0]


def test_one_button_on_the_page_is_filled(university):
    assert plan_of(INES).count('class="button filled"') == 1


def test_what_is_begun_is_continued_and_comes_first(university):
    Enrolment.objects.create(
        person_id=INES, course_key="core", edition="2026.1", started_at=MOMENT.at, started_on=MOMENT.day
    )
    assert '<a class="button filled" href="/learn/core/">Continue' in duty(plan_of(INES), "page-a")


@pytest.mark.row("B11")
def test_an_option_that_may_suit_is_recommended_with_its_reason_and_none_is_taken_away(university):
    Person.objects.get(pk=DARIO).appointments.update(graduates_on="2021-05-20")
    client = signed_in_as(DARIO)
    answer = unescape(client.get("/my-training/page-b/compare/", headers={"accept-language": "en"}).content.decode())
    assert answer.count("May suit you:") == 2
    assert "You finish your degree on 20 May 2021." in answer
    assert answer.count("/learn/option-") == 5


@pytest.mark.row("B05", "B06")
def test_after_one_completion_the_duty_is_met_and_the_others_stay_open(university):
    completed(INES, "option-b")
    shown = duty(plan_of(INES), "page-b")
    assert "Done</span>" in shown
    assert "You finished it on <strong>20 January 2021</strong>." in shown
    assert "4 more courses stay open to you" in shown
    assert shown.count('href="/learn/option-') == 5


@pytest.mark.row("B06")
def test_a_further_completion_leaves_the_duty_met(university):
    completed(INES, "option-b")
    completed(INES, "option-c")
    shown = duty(plan_of(INES), "page-b")
    assert "Done</span>" in shown
    assert "3 more courses stay open to you" in shown


def test_a_waived_duty_says_that_the_office_released_the_person(university):
    AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", cycle=None, kind="waiver", recorded_at=MOMENT.at, recorded_by="test",
        from_on=MOMENT.day,
    )  # fmt: skip
    decide_again([INES], MOMENT, "adjustment", "test")
    assert "The office released you from this." in duty(plan_of(INES), "page-b")


@pytest.mark.row("B03")
def test_the_comparison_says_for_whom_how_long_in_which_languages_about_what_and_how(university):
    page = unescape(signed_in_as(INES).get("/my-training/page-b/compare/").content.decode())
    for column in ("Who it is for", "Topics", "Length", "Format", "Languages"):
        assert f'<th scope="col">{column}</th>' in page
    assert page.count("English, Español") == 5


def test_every_reason_that_one_can_know_better_leads_to_whoever_keeps_the_fact(university):
    client = signed_in_as(INES)
    assert "/my-training/page-b/wrong/?reason=0" in plan_of(INES)
    page = unescape(client.get("/my-training/page-b/wrong/?reason=0").content.decode())
    assert "You are paid staff in Department of Music." in page
    assert "From Human Resources. They can correct it." in page


@pytest.mark.parametrize("place", ["99", "x", "-1", ""])
def test_a_reason_that_does_not_exist_has_no_page(university, place):
    assert signed_in_as(INES).get(f"/my-training/page-b/wrong/?reason={place}").status_code == 404


def test_the_due_date_goes_into_a_calendar(university):
    answer = signed_in_as(INES).get("/my-training/page-b/due.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART;VALUE=DATE:20210217\r\n" in answer.content


def test_who_has_no_due_date_has_no_calendar_file(university):
    assert signed_in_as(LIN).get("/my-training/page-b/due.ics").status_code == 404


def test_a_stranger_to_the_roster_gets_a_page_and_no_duty(university):
    account = Account.objects.create_user("guest@aldermere.example")
    client = Client()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    assert b"This account has no training plan" in client.get("/my-training/").content


def test_a_standing_whose_day_has_come_is_decided_again_before_it_is_shown(university, monkeypatch):
    after = datetime(2021, 2, 18, 15, 0, tzinfo=UTC)
    monkeypatch.setattr("upstander.web.middleware.timezone", SimpleNamespace(now=lambda: after))
    shown = duty(plan_of(INES), "page-b")
    assert "Overdue</span>" in shown
    assert "1 day late" in shown


def test_the_page_asks_the_database_equally_often_whatever_the_person_has_done(
    university, django_assert_max_num_queries
):
    client = signed_in_as(INES)
    client.get("/my-training/")
    for letter in "abcde":
        completed(INES, f"option-{letter}")
    with django_assert_max_num_queries(20) as few:
        client.get("/my-training/")
    other = signed_in_as(HUGO)
    other.get("/my-training/")
    with django_assert_max_num_queries(20) as again:
        other.get("/my-training/")
    assert len(few) == len(again)


def test_the_page_is_for_its_reader_alone(university):
    answer = Client().get("/my-training/")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/my-training/"


@pytest.mark.row("C01")
def test_a_date_of_the_last_cycle_that_can_still_be_met_goes_before_the_new_cycle(university, monkeypatch):
    Person.objects.get(pk=HUGO).appointments.update(starts_on="2021-06-10")
    moments = [datetime(2021, 6, 20, 15, 0, tzinfo=UTC), datetime(2021, 7, 5, 15, 0, tzinfo=UTC)]
    for at in moments:
        monkeypatch.setattr("upstander.web.middleware.timezone", SimpleNamespace(now=lambda at=at: at))
        decide_again([HUGO], Moment(at=at, day=at.date()), "roster", "test")
        page = plan_of(HUGO)
        assert page.count('id="page-a"') == 1
        assert "<strong>Sunday 25 July 2021</strong>" in duty(page, "page-a")
