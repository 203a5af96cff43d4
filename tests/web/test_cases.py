"""“This is wrong”, My requests, and what a department is told, as their readers meet them."""

import re
from html import unescape

import pytest

from tests.cast import AMARA, DARIO, HUGO, INES, KENJI, NOOR, PRIYA, RUTH, TOMAS
from tests.staff import MEI, MOMENT, complete, signed_in_as
from upstander.actions.cases import move
from upstander.core.requests import OFFICER
from upstander.models import AuditLine, Case, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
WRONG = "/my-training/page-b/wrong/"


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def get(person_id: str, address: str, lang: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = lang
    answer = client.get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def place_of(person_id: str, text: str) -> int:
    """The place of the reason with this text on the page."""
    page = get(person_id, "/my-training/").split('id="page-b"')[1].split("</article>")[0]
    said = re.findall(r"<li><div><p>(.*?)</p>", page)
    return next(place for place, sentence in enumerate(said) if text in sentence)


def sends(person_id: str = INES, fact: str = "paid", place: int = 0, **given) -> Case:
    """Presses “This is wrong”, fills the form and sends it."""
    client = signed_in_as(person_id)
    answer = client.post(f"{WRONG}?reason={place}&fact={fact}", {"right": "no", "note": "See my contract.", **given})
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def office(case: Case, name: str, text: str = "") -> Case:
    return move(case.pk, name, OFFICER, MOMENT, f"person:{MEI}", text)


@pytest.mark.row("C01")
def test_every_reason_has_its_source_who_can_correct_it_and_a_way_to_dispute_it():
    page = get(INES, "/my-training/").split('id="page-b"')[1].split("</article>")[0]
    reasons = page.count("<li><div><p>")
    assert reasons >= 3
    assert page.count("This is wrong") == reasons
    assert "From the programme’s rules. The office can explain it." in page


@pytest.mark.parametrize("person_id", [AMARA, NOOR, TOMAS, DARIO, KENJI])
@pytest.mark.row("C01", "B20")
def test_whoever_is_not_asked_reads_why_and_can_say_that_it_is_wrong(person_id):
    page = get(person_id, "/my-training/").split('id="page-b"')[1].split("</article>")[0]
    assert '<ul class="reasons">' in page and f'href="{WRONG}?reason=0"' in page


def test_what_is_not_required_stands_behind_a_disclosure_unless_nothing_is_owed():
    assert "Not required of you: 1 programme" in get(DARIO, "/my-training/")
    nothing = get(NOOR, "/my-training/")
    assert "Not required of you:" not in nothing and nothing.count('<details class="why" open>') == 2


def test_what_would_change_it_follows_from_deciding():
    page = get(NOOR, "/my-training/").split('id="page-b"')[1].split("</article>")[0]
    assert "You would have to take it if your appointment were paid." in page
    assert "What would change it" not in get(INES, "/my-training/")


def test_a_sentence_of_several_facts_asks_first_which_one():
    page = get(INES, f"{WRONG}?reason=0")
    assert "Which one is wrong?" in page and "<textarea" not in page
    assert "Whether your appointment is paid" in page and "Your unit" in page


def test_sending_makes_a_case_with_what_was_asked_and_what_was_known():
    case = sends()
    assert (case.kind, case.owner, case.state, case.unit_id) == ("wrong-fact", "roster", "open", "music")
    assert case.asked == {"fact": "paid", "about": "a-ines", "right": "no", "note": "See my contract."}
    assert (case.knew["value"], case.knew["state"], case.knew["due_on"]) == ("yes", "open", "2021-02-17")
    page = get(INES, f"/cases/{case.pk}/")
    assert case.number in page and "You are paid staff in Department of Music." in page
    assert "We look into it and answer here by Wednesday 27 January 2021." in page


def test_the_plan_says_that_it_is_being_checked_and_counts_the_request():
    case = sends()
    page = get(INES, "/my-training/")
    assert f'We are checking this; no reminders go out meanwhile. <a href="/cases/{case.pk}/">' in page
    assert "1 request is being looked into" in page
    assert "Wednesday 17 February 2021" in page


def test_the_whole_way_is_in_spanish():
    case = sends()
    office(case, "ask", "¿Cuál?")
    page = get(INES, f"/cases/{case.pk}/", "es")
    assert "A la espera de usted" in page and "La oficina le preguntó" in page
    assert "no salen recordatorios" in get(INES, "/my-training/", "es")


@pytest.mark.parametrize(
    ("fact", "right", "said"),
    [("category", "", "This field is required."), ("category", "staff", "Select a valid choice")],
)
def test_what_cannot_be_meant_keeps_what_was_written(fact, right, said):
    answer = signed_in_as(INES).post(f"{WRONG}?reason=0&fact={fact}", {"right": right, "note": "My own words."})
    assert said in text_of(answer) and "My own words." in text_of(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("day", ["0202-01-01", "soon", "2020-06-30"])
def test_a_day_that_cannot_be_meant_or_is_on_record_already_is_refused(day):
    place = place_of(HUGO, "You joined on 30 June 2020")
    answer = signed_in_as(HUGO).post(f"{WRONG}?reason={place}", {"right": day})
    assert answer.status_code == 200 and not Case.objects.exists()


def test_the_same_fact_leads_to_the_open_request():
    case = sends()
    assert sends() == case
    assert Case.objects.count() == 1


def test_a_rule_is_disputed_in_ones_own_words():
    case = sends(fact="rule", place=place_of(INES, "Your group is"), right="I belong to the labs.")
    assert case.owner == "rule"
    page = get(INES, f"/cases/{case.pk}/")
    assert "I belong to the labs." in page


@pytest.mark.parametrize(
    "address", ["?reason=99", "?reason=x", "?reason=0&fact=no-such", "?reason=0&fact=onboarded_on"]
)
def test_a_reason_or_fact_that_does_not_stand_there_has_no_form(address):
    assert signed_in_as(INES).get(WRONG + address).status_code == 404


def test_the_person_answers_withdraws_and_sees_no_note():
    case = office(sends(), "ask", "Which contract?")
    office(case, "note", "Secret thoughts.")
    client = signed_in_as(INES)
    client.post(f"/cases/{case.pk}/", {"move": "answer", "text": "That of 2024."})
    page = get(INES, f"/cases/{case.pk}/")
    assert "That of 2024." in page and "Secret thoughts." not in page and "Mei Castellanos" not in page
    client.post(f"/cases/{case.pk}/", {"move": "withdraw"})
    case.refresh_from_db()
    assert (case.state, case.rests_reminders) == ("withdrawn", False)


def test_a_person_cannot_make_the_offices_moves():
    case = sends()
    answer = signed_in_as(INES).post(f"/cases/{case.pk}/", {"move": "accept"})
    assert "can no longer be done here" in text_of(answer)
    case.refresh_from_db()
    assert case.state == "open"


def test_after_two_declines_only_the_office_is_left():
    case = office(sends(), "decline", "It is right.")
    assert "What is new?" in get(INES, f"/cases/{case.pk}/")
    signed_in_as(INES).post(f"/cases/{case.pk}/", {"move": "reopen", "text": "A new contract."})
    office(case, "decline", "Still right.")
    page = get(INES, f"/cases/{case.pk}/")
    assert "What is new?" not in page and "We have looked into this more than once." in page


@pytest.mark.parametrize("person_id", [HUGO, RUTH, MEI])
def test_a_request_is_there_for_its_person_alone(person_id):
    case = sends()
    assert signed_in_as(person_id).get(f"/cases/{case.pk}/").status_code == 404
    assert signed_in_as(person_id).post(f"/cases/{case.pk}/", {"move": "withdraw"}).status_code == 404


def test_the_list_of_requests_holds_the_own_ones_only():
    case, other = sends(), sends(RUTH)
    page = get(INES, "/cases/")
    assert case.number in page and other.number not in page


def test_a_department_is_told_the_fact_and_what_would_be_right_and_nothing_else():
    case = sends()
    page = get(RUTH, "/department/facts/")
    assert "Okafor, Ines" in page and "Whether the appointment is paid" in page
    assert "See my contract." not in page and case.number not in page and "Preventing harassment" not in page
    assert AuditLine.objects.filter(verb="case-told", actor=f"person:{RUTH}", subject=f"case:{case.pk}").exists()
    assert "Okafor" not in get(PRIYA, "/department/facts/")


def test_a_department_learns_nothing_of_leave_records_rules_or_its_own_reader():
    sends(fact="rule", place=place_of(INES, "Your group is"), right="Mine is another.")
    sends(fact="something", right="All of it.")
    sends(RUTH)
    Case.objects.create(
        number="leave", kind="wrong-fact", person_id=INES, programme_id="page-b", owner="roster", unit_id="music",
        asked={"fact": "leave", "right": "Medical until June"}, opened_at=MOMENT.at, opened_by="test",
    )  # fmt: skip
    assert "No fact of the roster is doubted" in get(RUTH, "/department/facts/")


def test_a_roster_fact_that_came_right_is_told_to_its_person():
    case = sends()
    Standing.objects.get(person_id=INES, programme_id="page-b").person.appointments.update(paid=False)
    page = get(INES, f"/cases/{case.pk}/")
    assert "The record now says what you said" in page and "says: no." in page


def test_the_form_needs_no_script_and_the_plan_stays_at_its_number_of_queries(django_assert_max_num_queries):
    complete(HUGO)
    client = signed_in_as(INES)
    client.get("/my-training/")
    with django_assert_max_num_queries(20):
        assert "<script" not in text_of(client.get("/my-training/")).split("<main")[1]
