"""The office's queue and pages of cases, and the recording of adjustments, in the browser's terms."""

from html import unescape

import pytest

from tests.cast import AMARA, HUGO, INES, MEI, RUTH
from tests.staff import MOMENT, later, signed_in_as, stand_on
from tests.web.test_cases import office, sends
from upstander.models import AdjustmentRecord, AuditLine, Case, CaseEntry, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def get(address: str, person_id: str = MEI) -> str:
    answer = signed_in_as(person_id).get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def adjust_page(person_id: str = INES) -> str:
    return f"/office/people/{Standing.objects.get(person_id=person_id, programme_id='page-b').pk}/adjust/"


def test_the_queue_shows_overdue_answers_first_and_counts_them(monkeypatch):
    first, second = sends(), sends(RUTH)
    Case.objects.filter(pk=second.pk).update(answer_by_on=MOMENT.day, opened_at=later(days=-9).at)
    stand_on(monkeypatch, later(days=1))
    page = get("/office/cases/")
    assert "1 answer is overdue" in page and "Answer overdue</span>" in page
    assert page.index(second.number) < page.index(first.number)
    assert "8 to 14 days</a>" in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("", True),
        ("?state=open&owner=roster&programme=page-b", True),
        ("?age=0", True),
        ("?age=3", False),
        ("?owner=rule", False),
        ("?state=overdue", False),
        ("?state=declined", False),
        ("?state=all&kind=wrong-fact", True),
        ("?age=99&state=nonsense", True),
    ],
)
def test_the_queue_is_filtered(query, there):
    assert (sends().number in get(f"/office/cases/{query}")) is there


def test_an_officer_of_another_programme_sees_nothing_of_it():
    case = sends()
    assert case.number not in get("/office/cases/", HUGO)
    assert signed_in_as(HUGO).get(f"/office/cases/{case.pk}/").status_code == 404
    assert signed_in_as(HUGO).post(f"/office/cases/{case.pk}/", {"move": "accept"}).status_code == 404


def test_an_officers_own_case_is_not_among_those_they_handle():
    mine = sends(MEI)
    assert mine.number not in get("/office/cases/?state=all")
    assert signed_in_as(MEI).get(f"/office/cases/{mine.pk}/").status_code == 404
    assert mine.number in get(f"/cases/{mine.pk}/")


def test_a_case_shows_what_was_known_and_every_view_is_in_the_audit():
    case = sends()
    page = get(f"/office/cases/{case.pk}/")
    assert "You are paid staff in Department of Music." in page and "See my contract." in page
    assert AuditLine.objects.filter(verb="case-seen", actor=f"person:{MEI}", subject=f"case:{case.pk}").count() == 1


def test_ready_words_are_in_the_language_of_the_person():
    case = sends()
    Case.objects.filter(pk=case.pk).update(language="es")
    page = get(f"/office/cases/{case.pk}/?words=decline-as-recorded")
    assert "This person reads Spanish." in page
    assert "Según su respuesta es correcto" in page and 'value="decline" checked' in page


def test_the_office_answers_and_the_refused_answer_is_kept():
    case = sends()
    client = signed_in_as(MEI)
    answer = client.post(f"/office/cases/{case.pk}/", {"move": "decline", "text": ""})
    assert "Write a few words" in text_of(answer)
    client.post(f"/office/cases/{case.pk}/", {"move": "accept", "text": "You are right."})
    case.refresh_from_db()
    assert case.state == "accepted"


def test_a_fact_that_came_right_offers_closing():
    case = sends()
    case.person.appointments.update(paid=False)
    page = get(f"/office/cases/{case.pk}/")
    assert "The record now says what the person said." in page
    assert '<input type="hidden" name="move" value="settle">' in page


def test_an_adjustment_is_foreseen_before_it_is_recorded():
    client = signed_in_as(MEI)
    given = {"to_on": "2021-03-01", "reason": "Field work.", "act": "preview"}
    page = text_of(client.post(f"{adjust_page()}?kind=extension", given))
    assert "Due Wednesday 17 February 2021." in page and "Due Monday 1 March 2021." in page
    assert not AdjustmentRecord.objects.exists()
    client.post(f"{adjust_page()}?kind=extension", {**given, "act": "record"})
    assert AdjustmentRecord.objects.get().recorded_by == f"person:{MEI}"
    person = get(adjust_page().replace("adjust/", ""))
    assert "Extension: due on 1 March 2021." in person and "Field work." in person
    assert "Recorded by Mei Castellanos" in person


def test_an_adjustment_from_a_case_is_told_in_it_without_its_reason():
    case = sends()
    address = f"{adjust_page()}?kind=waiver&case={case.pk}"
    given = {"from_on": "2021-01-20", "reason": "Known to the dean.", "act": "record"}
    assert signed_in_as(MEI).post(address, given).url == f"/office/cases/{case.pk}/"
    assert "An adjustment was recorded from here" in get(f"/office/cases/{case.pk}/")
    page = get(f"/cases/{case.pk}/", INES)
    assert "Waiver: released from 20 January 2021 on." in page and "Known to the dean." not in page


def test_the_page_of_the_person_tells_of_an_open_case():
    case = sends()
    assert f"Case {case.number}" in get(adjust_page().replace("adjust/", ""))


def test_an_adjustment_is_ended_with_a_reason_after_its_effect_was_seen():
    client = signed_in_as(MEI)
    client.post(f"{adjust_page()}?kind=waiver", {"from_on": "2021-01-20", "reason": "Why.", "act": "record"})
    kept = AdjustmentRecord.objects.get()
    page = text_of(client.get(f"/office/adjustments/{kept.ref}/end/"))
    assert "Waived</span>" in page and "Open</span>" in page
    assert client.post(f"/office/adjustments/{kept.ref}/end/", {"reason": ""}).status_code == 200
    client.post(f"/office/adjustments/{kept.ref}/end/", {"reason": "Given in error."})
    kept.refresh_from_db()
    assert kept.ended_at is not None
    assert CaseEntry.objects.filter(case=kept.case, text="Given in error.").exists()
    assert "Ended decisions (1)" in get(adjust_page().replace("adjust/", ""))


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("extension", {"to_on": "2021-02-01"}, "It is 17 February 2021 now."),
        ("extension", {"to_on": "0202-01-01"}, "Look at the year again."),
        ("waiver", {"from_on": "2021-03-01", "to_on": "2021-02-01"}, "The last day lies before the first."),
        ("equivalency", {"from_on": "2019-01-01"}, "With these days nothing would change"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field(kind, given, said):
    answer = signed_in_as(MEI).post(f"{adjust_page()}?kind={kind}", {**given, "reason": "Why.", "act": "record"})
    assert said in text_of(answer) and "Why." in text_of(answer)
    assert not AdjustmentRecord.objects.exists()


def test_what_stands_in_the_way_is_named_with_the_way_to_end_it():
    client = signed_in_as(MEI)
    address, given = f"{adjust_page()}?kind=extension", {"reason": "Why.", "act": "record"}
    client.post(address, {**given, "to_on": "2021-03-01"})
    page = text_of(client.post(address, {**given, "to_on": "2021-04-01"}))
    assert "contradicts what is in force" in page
    assert f"/office/adjustments/{AdjustmentRecord.objects.get().ref}/end/" in page


def test_no_officer_reaches_the_form_for_their_own_duty_or_a_kind_that_is_not_offered():
    client = signed_in_as(MEI)
    assert client.get(adjust_page(MEI)).status_code == 404
    assert client.get(f"{adjust_page()}?kind=alternative").status_code == 404
    assert client.get(f"{adjust_page()}?case=not-a-case").status_code == 404


def test_where_nothing_is_owed_the_page_says_so():
    given = {"from_on": "2021-01-20", "reason": "Why.", "act": "record"}
    assert "owes nothing here" in text_of(signed_in_as(MEI).post(f"{adjust_page(AMARA)}?kind=waiver", given))


def test_an_alternative_given_in_confidence_is_nowhere_to_be_seen():
    row = AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", cycle="2020-21", kind="alternative", from_on=MOMENT.day,
        recorded_at=MOMENT.at, recorded_by="test",
    )  # fmt: skip
    assert signed_in_as(MEI).get(f"/office/adjustments/{row.ref}/end/").status_code == 404
    page = get(adjust_page().replace("adjust/", ""))
    assert str(row.ref) not in page and "Other route" not in page


def test_a_confidential_case_is_behind_no_officers_door():
    case = sends()
    Case.objects.filter(pk=case.pk).update(confidential=True)
    assert signed_in_as(MEI).get(f"/office/cases/{case.pk}/").status_code == 404
    assert case.number not in get("/office/cases/?state=all") + get(adjust_page().replace("adjust/", ""))


def test_the_load_tells_how_long_answers_took():
    case = sends()
    Case.objects.filter(pk=case.pk).update(opened_at=later(days=-3).at)
    office(case, "settle")
    page = get("/office/cases/?state=settled")
    assert case.number in page and '<td class="num">3.0</td>' in page
