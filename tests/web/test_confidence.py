"""Another way, asked in confidence, and questions about a page, as their readers meet them (rows B14, B15)."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest

from tests.cast import AMARA, INES
from tests.learners import lay_out, read_everything, take
from tests.staff import HUGO, MEI, MOMENT, RUTH, SOFIA, TOMAS, later, signed_in_as, stand_on
from upstander.actions import outbox
from upstander.actions.forgetting import forget_settled
from upstander.actions.grants import end, give
from upstander.actions.opening import open_sending
from upstander.core.days import Moment
from upstander.core.requests import ANOTHER_WAY
from upstander.delivery import catalogue
from upstander.jobs import confidence, sending
from upstander.models import (
    AdjustmentRecord,
    AskedBefore,
    AuditLine,
    Case,
    Certificate,
    Completion,
    Notice,
    Standing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university", "tiny_options")]
SUPPORT = "/support/?course=option-a"
PAGE = "/learn/option-a/one/first/"


@pytest.fixture
def tiny_options(tmp_path, monkeypatch, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a", "option-b")
    for kept in (catalogue.edition, catalogue.course):
        getattr(kept, "cache_clear", lambda: None)()


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def get(person_id: str, address: str, lang: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = lang
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return text_of(answer)


def asks_another_way(person_id: str = INES, **given) -> Case:
    """Presses the one button."""
    answer = signed_in_as(person_id).post(SUPPORT, given)
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def asks_about_page(person_id: str = INES, text: str = "Does this hold on field trips?") -> Case:
    answer = signed_in_as(person_id).post("/learn/option-a/ask/?page=one/first", {"note": text})
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def custodian(case: Case, page: str = "", **given):
    return signed_in_as(SOFIA).post(f"/confidence/{case.pk}/{page}", given)


def begun(person_id: str = INES, moment=MOMENT):
    outline = catalogue.edition("option-a", "en").outline
    return read_everything(person_id, outline, moment)


# questions about a page


@pytest.mark.row("B14")
def test_a_question_carries_its_page_along_and_the_office_has_two_working_days():
    begun()
    form = get(INES, "/learn/option-a/ask/?page=one/first")
    assert "What goes along: the page “The first page”" in form
    case = asks_about_page()
    assert case.asked["page"] == "one/first" and case.asked["course"] == "option-a" and case.asked["edition"]
    assert case.language == "en" and case.answer_by_on == MOMENT.day + timedelta(days=2)
    assert not case.rests_reminders
    shown = get(MEI, f"/office/cases/{case.pk}/")
    assert "The first page" in shown and "Does this hold on field trips?" in shown


@pytest.mark.row("B14")
def test_the_answer_is_told_on_my_training_and_on_the_page_and_no_longer_once_it_is_read(monkeypatch):
    begun()
    case = asks_about_page()
    assert "Your question is with the office" in get(INES, PAGE)
    stand_on(monkeypatch, later(1))
    answer = signed_in_as(MEI).post(f"/office/cases/{case.pk}/", {"move": "respond", "text": "Yes, it does."})
    assert answer.status_code == 302
    assert "has answered your question about “The first page”" in get(INES, "/my-training/")
    assert "The office has answered your question" in get(INES, PAGE)
    stand_on(monkeypatch, later(2))
    assert "Yes, it does." in get(INES, f"/cases/{case.pk}/")
    assert "has answered your question about" not in get(INES, "/my-training/")


@pytest.mark.row("B14")
def test_the_person_asks_further_and_the_promise_begins_anew(monkeypatch):
    begun()
    case = asks_about_page()
    stand_on(monkeypatch, later(1))
    signed_in_as(MEI).post(f"/office/cases/{case.pk}/", {"move": "respond", "text": "Yes."})
    stand_on(monkeypatch, later(5))
    signed_in_as(INES).post(f"/cases/{case.pk}/", {"move": "follow-up", "text": "And abroad?"})
    case.refresh_from_db()
    assert case.state == "open" and case.answer_by_on == later(7).day


@pytest.mark.row("B14")
def test_only_officers_of_a_programme_that_offers_the_course_read_a_question():
    case = asks_about_page()
    assert signed_in_as(HUGO).get(f"/office/cases/{case.pk}/").status_code == 404
    assert case.number not in get(HUGO, "/office/cases/")
    assert case.number in get(MEI, "/office/cases/")
    assert signed_in_as(RUTH).get(f"/office/cases/{case.pk}/").status_code == 404
    assert signed_in_as(AMARA).get(f"/cases/{case.pk}/").status_code == 404


@pytest.mark.row("B14")
def test_an_answer_shown_to_everybody_stands_on_the_page_without_the_asker_until_it_is_taken_down():
    begun(), begun(AMARA)
    case = asks_about_page()
    address = f"/office/cases/{case.pk}/share/"
    words = {"question_en": "On field trips too?", "answer_en": "Yes.", "question_es": "¿También en salidas?"}
    assert "asked-before" not in signed_in_as(AMARA).get(PAGE).content.decode()
    assert signed_in_as(MEI).post(address, words).status_code == 200  # one language is missing
    assert signed_in_as(MEI).post(address, {**words, "answer_es": "Sí."}).status_code == 302
    page = get(AMARA, PAGE)
    assert "Asked before" in page and "On field trips too?" in page and "Ines" not in page
    assert "¿También en salidas?" in get(AMARA, PAGE, "es")
    shared = AskedBefore.objects.get()
    assert signed_in_as(MEI).post(f"/office/answers/{shared.pk}/end/").status_code == 302
    assert "On field trips too?" not in get(AMARA, PAGE)


@pytest.mark.row("B14")
def test_from_the_review_the_question_of_the_assessment_goes_along_and_the_answer_does_not():
    begun()
    bank = catalogue.edition("option-a", "en").outline.assessment.bank
    item = next(iter(bank.values()))
    page = get(INES, f"/learn/option-a/ask/?item={item.id}")
    assert "Your answer to it does not." in page
    signed_in_as(INES).post(f"/learn/option-a/ask/?item={item.id}", {"note": "Why is b wrong?"})
    case = Case.objects.get()
    assert case.asked["item"] == item.id and set(case.asked) == {"note", "course", "page", "item", "edition", "title"}


@pytest.mark.row("B14")
def test_questions_are_forgotten_after_their_time_and_shared_answers_stay(settings):
    case = asks_about_page()
    signed_in_as(MEI).post(f"/office/cases/{case.pk}/", {"move": "respond", "text": "Yes."})
    AskedBefore.objects.create(course_key="option-a", words={"en": {}}, shared_on=MOMENT.day)
    assert forget_settled(later(settings.QUESTIONS_KEPT_DAYS)) == 0
    assert forget_settled(later(settings.QUESTIONS_KEPT_DAYS + 1)) == 1
    assert not Case.objects.exists() and AskedBefore.objects.exists()


# another way


@pytest.mark.row("B15")
def test_every_lesson_and_the_plan_lead_to_another_way_in_one_step_and_no_reason_is_asked():
    begun()
    for address in (PAGE, "/learn/option-a/", "/learn/option-a/assessment/", "/my-training/"):
        assert "/support/" in signed_in_as(INES).get(address).content.decode(), address
    page = get(INES, SUPPORT)
    assert "Your place is kept" in page and "(555) 010-0199" in page and "911" in page
    case = asks_another_way()  # nothing filled in
    assert case.kind == ANOTHER_WAY and case.confidential and case.answer_by_on == later(2).day


@pytest.mark.row("B15")
def test_a_second_request_leads_to_the_first():
    assert asks_another_way().pk == asks_another_way().pk
    assert Case.objects.count() == 1


@pytest.mark.row("B15")
def test_the_person_reads_their_request_with_its_thread_and_the_plan_stays_neutral():
    case = asks_another_way(ways=["conversation"], reach="After five, by telephone.")
    custodian(case, move="arrange", text="On Friday, with a colleague from another campus.")
    page = get(INES, f"/cases/{case.pk}/")
    assert "A private conversation instead of the course" in page and "After five" in page
    assert "with a colleague from another campus" in page and "Leave this site" in page
    plan = get(INES, "/my-training/")
    assert "No reminders go out while the office helps you." in plan
    assert case.number not in plan and "another campus" not in plan
    assert "A request to the office" in get(INES, "/cases/")


@pytest.mark.row("B15")
@pytest.mark.parametrize(("told", "letters"), [("", 1), ("only-here", 0)])
def test_whoever_wants_no_message_about_an_answer_gets_none_and_both_sides_read_so(told, letters):
    case = asks_another_way(told=told)
    custodian(case, move="reply", text="We have found a way.")
    assert Notice.objects.filter(kind="case-answered", person_id=INES).count() == letters
    shown = {get(INES, f"/cases/{case.pk}/"), get(SOFIA, f"/confidence/{case.pk}/")}
    assert all(("None; the answer is looked for on this site" in page) is (letters == 0) for page in shown)
    assert ("no e-mail about an answer was wanted" in get(SOFIA, f"/confidence/{case.pk}/")) is (letters == 0)


@pytest.mark.row("B15")
def test_custodians_only_see_it_and_nobody_their_own():
    case = asks_another_way(note="Please no e-mail.")
    assert "Please no e-mail." in get(SOFIA, f"/confidence/{case.pk}/")
    for other in (MEI, HUGO, RUTH, AMARA):
        client = signed_in_as(other)
        assert client.get("/confidence/").status_code == 404
        assert client.get(f"/confidence/{case.pk}/").status_code == 404
        assert client.get(f"/office/cases/{case.pk}/").status_code == 404
    assert signed_in_as(TOMAS).get(f"/confidence/{case.pk}/").status_code == 404  # custodian of another programme
    give(INES, "custodian", MOMENT, "test", programme="page-b")
    assert signed_in_as(INES).get(f"/confidence/{case.pk}/").status_code == 404
    assert case.pk.hex[:8] not in signed_in_as(INES).get("/confidence/").content.decode()


@pytest.mark.row("B15")
def test_every_look_of_a_custodian_is_recorded_and_no_line_names_who_asked():
    case = asks_another_way()
    get(SOFIA, f"/confidence/{case.pk}/")
    get(INES, f"/cases/{case.pk}/")
    custodian(case, "done/", course="option-a", act="record")
    lines = AuditLine.objects.filter(subject=f"confidence:{case.pk}")
    assert set(lines.values_list("verb", "actor")) == {
        ("confidence-opened", "person"), ("confidence-seen", f"person:{SOFIA}"),
        ("confidence-completing", f"person:{SOFIA}"),
    }  # fmt: skip
    assert not AuditLine.objects.filter(subject=f"case:{case.pk}").exists()
    assert all(line.data == {} for line in lines)
    assert "Sofía Marín" in get(SOFIA, f"/confidence/{case.pk}/").split("Who has looked")[1]


@pytest.mark.row("B15")
def test_reminders_rest_and_the_record_says_no_more_than_of_one_that_waits_for_the_morning(monkeypatch, settings):
    settings.DEMO, settings.SMTP = True, None
    open_sending("page-b", MOMENT, f"person:{MEI}")
    outbox.plan("reminder", INES, "page-b", "2020-21", MOMENT, "asked-2021-01-20")
    case = asks_another_way()
    assert sending.run(MOMENT) == {"outside-hours": 1}
    notice = Notice.objects.get()
    assert (notice.state, notice.not_sent_reason) == ("planned", "")
    custodian(case, move="settle")
    assert sending.run(later(1)) == {"sent": 2}
    assert set(Notice.objects.values_list("kind", flat=True)) == {"reminder", "case-answered"}


@pytest.mark.row("B15")
def test_what_is_done_another_way_is_a_completion_with_certificate_and_confirmation(monkeypatch):
    begun(moment=MOMENT)
    case = asks_another_way()
    stand_on(monkeypatch, later(9))
    page = custodian(case, "done/", course="option-a", act="preview")
    assert "Others will read: completed on" in text_of(page) and not Completion.objects.exists()
    assert custodian(case, "done/", course="option-a", act="record").status_code == 302
    assert "It goes on record on" in get(INES, f"/cases/{case.pk}/") and not Completion.objects.exists()
    assert custodian(case, "done/", course="option-a", act="record").status_code == 200  # said once is enough
    before, at = drawn(case)
    assert (confidence.run(before), confidence.run(at), confidence.run(at)) == (0, 1, 0)
    stand_on(monkeypatch, at)
    completion = Completion.objects.get()
    assert (completion.completed_on, completion.recorded_at, completion.source) == (at.day, at.at, "upstander")
    assert Certificate.objects.get().completion == completion
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    assert (standing.state, standing.satisfied_kind) == ("satisfied", "completion")
    assert Notice.objects.filter(kind="confirmation", person_id=INES).count() == 1
    assert not AdjustmentRecord.objects.exists()
    case.refresh_from_db()
    assert case.state == "settled" and not case.rests_reminders
    assert custodian(case, "done/", course="option-a", act="record").status_code == 404


def drawn(case: Case) -> tuple[Moment, Moment]:
    """The minute before, and the instant at which what was said to be done goes on record."""
    at = datetime.fromisoformat(case.entries.get(move="completing").data["at"])
    return Moment.of(at - timedelta(minutes=1), "America/New_York"), Moment.of(at, "America/New_York")


@pytest.mark.row("B15")
@pytest.mark.parametrize("by_whom", ["the custodian", "the person"])
def test_what_is_closed_or_taken_back_before_its_instant_is_not_recorded(by_whom):
    begun()
    case = asks_another_way()
    custodian(case, "done/", course="option-a", act="record")
    if by_whom == "the person":
        signed_in_as(INES).post(f"/cases/{case.pk}/", {"move": "withdraw"})
    else:
        custodian(case, move="settle")
    assert confidence.run(drawn(case)[1]) == 0
    assert not Completion.objects.exists()


@pytest.mark.row("B15")
def test_whoever_takes_the_course_meanwhile_has_one_completion_and_the_request_is_settled():
    begun()
    case = asks_another_way()
    custodian(case, "done/", course="option-a", act="record")
    take(INES, catalogue.edition("option-a", "en").outline, MOMENT)
    assert confidence.run(drawn(case)[1]) == 1
    assert Completion.objects.count() == 1
    case.refresh_from_db()
    assert (case.state, case.entries.last().move) == ("settled", "not-needed")


@pytest.mark.row("B15")
def test_of_whoever_asked_in_time_what_is_decided_too_late_is_dated_on_the_due_date(monkeypatch):
    begun()
    case = asks_another_way()
    stand_on(monkeypatch, later(60))
    custodian(case, "done/", course="option-a", act="record")
    completion, standing = Completion.objects.get(), Standing.objects.get(person_id=INES, programme_id="page-b")
    assert completion.completed_on == standing.due_on < later(60).day


@pytest.mark.row("B15")
def test_a_later_date_reads_as_any_decision_of_the_office():
    case = asks_another_way()
    days = {"to_on": "2021-03-31", "reason": "At the person’s request.", "act": "record"}
    assert custodian(case, "date/?kind=extension", **days).status_code == 302
    made = AdjustmentRecord.objects.get()
    assert (made.kind, made.recorded_by, made.case.kind) == ("extension", "upstander", "office-decision")
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    shown = get(MEI, f"/office/people/{standing.pk}/")
    assert "Extension" in shown and "At the person’s request." in shown
    assert case.number not in shown and "Sofía" not in shown


@pytest.mark.row("B15")
def test_without_two_custodians_the_office_is_warned_and_the_person_is_told_whom_to_call():
    warned = "Appoint who holds what is asked in confidence"
    assert warned in get(MEI, "/office/")
    give(AMARA, "custodian", MOMENT, "test", programme="page-b")
    assert warned not in get(MEI, "/office/")
    for person in (AMARA, SOFIA):
        end(person, "custodian", MOMENT, "test", programme="page-b")
    assert "At present nobody is appointed" in get(INES, SUPPORT)
    case = asks_another_way()
    give(AMARA, "custodian", MOMENT, "test")
    assert signed_in_as(AMARA).get(f"/confidence/{case.pk}/").status_code == 200


@pytest.mark.row("B15")
def test_a_settled_request_is_forgotten_after_its_time_and_its_completion_stays(settings):
    case = asks_another_way()
    custodian(case, "done/", course="option-a", act="record")
    assert confidence.run(drawn(case)[1]) == 1
    assert forget_settled(later(settings.CONFIDENTIAL_KEPT_DAYS + 8)) == 1
    assert not Case.objects.filter(kind=ANOTHER_WAY).exists()
    assert Completion.objects.filter(retracted_at=None).count() == 1


@pytest.mark.row("B15")
def test_the_quick_exit_signs_out_and_leads_away_and_a_foreign_link_signs_nobody_out(settings):
    client = signed_in_as(INES)
    page = client.get(SUPPORT).content.decode()
    assert re.search(r'href="/leave/" data-exit="https://[^"]+"', page)
    foreign = client.get("/leave/", headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 302 and client.get("/my-training/").status_code == 200
    left = client.get("/leave/")
    assert left.url == settings.INSTITUTION["quick_exit"] and left["Clear-Site-Data"] == '"cache"'
    assert client.get(SUPPORT).status_code == 302


@pytest.mark.row("B15")
def test_neither_address_nor_title_of_the_pages_says_what_is_asked():
    for address in (SUPPORT, "/cases/"):
        page = signed_in_as(INES).get(address).content.decode()
        title = page.split("<title>")[1].split("</title>")[0]
        assert "another" not in title.lower() and "another" not in address
        assert "no-store" in signed_in_as(INES).get(address)["Cache-Control"]
