"""The office's pages: programmes, people, a person, and the opening of sending."""

import csv
import io

import pytest

from tests.cast import AMARA, INES, KENJI, PRIYA, TOMAS
from tests.staff import HUGO, MEI, MOMENT, PROGRAMMES, complete, content_of, later, signed_in_as, stand_on
from upstander.actions import snapshot
from upstander.actions.grants import give
from upstander.actions.programmes import import_programme
from upstander.actions.standing import decide_again
from upstander.models import (
    Attempt,
    AuditLine,
    Completion,
    CompletionScore,
    Enrolment,
    Notice,
    Person,
    Programme,
    ProgrammeVersion,
    Standing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
PAGE = "/office/programmes/page-b/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(person_id: str) -> str:
    return f"/office/people/{Standing.objects.get(person_id=person_id, programme_id='page-b').pk}/"


def test_an_officer_sees_the_programmes_of_their_grant_only():
    page = text_of(signed_in_as(MEI).get("/office/"))
    assert "Preventing harassment" in page
    assert "page-a" not in page


def test_the_programme_counts_its_people_by_both_clocks_and_by_group(monkeypatch):
    snapshot.take(MOMENT)
    complete(INES)
    stand_on(monkeypatch, later(hours=1))
    page = text_of(signed_in_as(MEI).get(PAGE))
    assert "1 of 9 have finished" in page
    assert "0 of 5" in page and "<strong>1 of 5</strong>" in page


def test_a_programme_that_the_night_did_not_know_yet_has_no_official_figures(monkeypatch):
    snapshot.take(MOMENT)
    stand_on(monkeypatch, later(hours=1))
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    import_programme(text.replace('key = "page-b"', 'key = "page-c"'), later(hours=1), "test")
    give(MEI, "officer", MOMENT, "test", programme="page-c")
    page = text_of(signed_in_as(MEI).get("/office/programmes/page-c/"))
    assert "not counted yet" in page
    assert "The first official figures are taken in the coming night" in page


def test_the_undecided_are_counted_by_the_fact_that_is_missing():
    page = text_of(signed_in_as(MEI).get(PAGE))
    assert "paid or unpaid?" in page and "1 person" in page
    listed = text_of(signed_in_as(MEI).get(PAGE + "people/?state=undecided&missing=paid-unknown"))
    assert "Watanabe, Kenji" in listed and "1 person, as of" in listed
    assert "0 people, as of" in text_of(signed_in_as(MEI).get(PAGE + "people/?missing=area-unknown"))


def test_the_published_document_can_be_read_and_taken_away_byte_for_byte():
    client = signed_in_as(MEI)
    document = ProgrammeVersion.objects.get(programme_id="page-b").document
    assert client.get(PAGE + "document.toml").content.decode() == document
    assert "all-schools" in text_of(client.get(PAGE + "document/"))


def test_people_are_filtered_by_status_group_and_unit():
    client = signed_in_as(MEI)
    assert "Diallo, Amara" in text_of(client.get(PAGE + "people/?state=exempt"))
    by_group = text_of(client.get(PAGE + "people/?group=all-schools"))
    assert "Okafor, Ines" in by_group and "Ferrante" not in by_group
    by_unit = text_of(client.get(PAGE + "people/?unit=School+of+Science"))
    assert "Lindqvist, Hugo" in by_unit and "Villalobos" in by_unit and "Okafor" not in by_unit


def test_a_unit_that_nobody_has_heard_of_is_said_so():
    page = text_of(signed_in_as(MEI).get(PAGE + "people/?unit=Nowhere"))
    assert "No unit has that name or number." in page
    assert "Okafor" not in page


@pytest.mark.parametrize("search", ["okafor", INES, "ines okaf"])
def test_people_are_found_by_name_or_number_without_either_in_the_address(search):
    client = signed_in_as(MEI)
    answer = client.post(PAGE + "people/", {"search": search, "state": "open"})
    assert answer.url == PAGE + "people/?state=open"
    page = text_of(client.get(answer.url))
    assert "Okafor, Ines" in page and "1 person, as of" in page


def test_the_list_is_sorted_by_the_column_asked_for():
    page = text_of(signed_in_as(MEI).get(PAGE + "people/?sort=-name"))
    assert page.index("Zhao, Lin") < page.index("Abebe, Ruth")


def test_the_file_holds_what_the_filters_left():
    answer = signed_in_as(MEI).get(PAGE + "people.csv?state=undecided")
    rows = list(csv.DictReader(io.StringIO(content_of(answer).decode("utf-8-sig"))))
    assert [row["Person ID"] for row in rows] == [KENJI]


def test_no_link_of_the_list_carries_a_person_number():
    page = signed_in_as(MEI).get(PAGE + "people/").content.decode()
    assert page_of(INES) in page
    assert f'{INES}"' not in page and f"/{INES}" not in page


def test_a_person_stands_with_decision_reasons_and_dates():
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert "Ines Okafor" in page
    assert "Wednesday 17 February 2021" in page
    assert "Your group is “All schools (including faculty)”" in page


@pytest.mark.row("C03")
def test_every_change_of_a_standing_is_told_with_its_cause():
    complete(INES, later(days=1))
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    first = "First decided: “Open”, due on 17 February 2021. Version 1 of the programme’s rules was published."
    then = "From “Open” to “Done”. A completion was recorded."
    assert f'{first}<br><span class="small soft">20 January 2021, 10:00</span>' in page
    assert f'{then}<br><span class="small soft">21 January 2021, 10:00</span>' in page


@pytest.mark.row("C03")
def test_a_retracted_completion_reopens_the_duty_and_the_history_keeps_both():
    done = complete(INES)
    Completion.objects.filter(pk=done.pk).update(retracted_at=later(days=1).at)
    decide_again([INES], later(days=1), "completion", str(done.pk))
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert "From “Open” to “Done”" in page and "From “Done” to “Open”" in page
    assert "None on record." in page


def test_an_officer_sees_no_score_no_attempt_and_no_answer():
    done = complete(INES)
    CompletionScore.objects.create(completion=done, score="83.4321")
    enrolment = Enrolment.objects.create(
        person_id=INES, course_key="option-a", edition="1", started_at=MOMENT.at, started_on=MOMENT.day
    )
    Attempt.objects.create(
        enrolment=enrolment, number=1, form=[], answers={"item": "a secret answer"}, language="en",
        started_at=MOMENT.at, submitted_at=MOMENT.at, points=7771, points_possible=9993, passed=False,
    )  # fmt: skip
    client = signed_in_as(MEI)
    for address in (page_of(INES), PAGE + "people/", PAGE):
        page = client.get(address).content.decode()
        assert not [word for word in ("83.4321", "a secret answer", "7771", "9993") if word in page]


def test_messages_are_told_with_what_became_of_them():
    about = {"person_id": INES, "programme_id": "page-b", "cycle": "2020-21", "planned_for_on": MOMENT.day}
    Notice.objects.create(
        dedupe_key="1",
        kind="added",
        state="sent",
        sent_at=MOMENT.at,
        code="ABCD-EFGH-JKLM",
        planned_at=MOMENT.at,
        **about,
    )
    Notice.objects.create(
        dedupe_key="2", kind="reminder", state="not-sent", not_sent_reason="settled", planned_at=MOMENT.at, **about
    )
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert "Added to the plan: sent on 20 January 2021, 10:00, code ABCD-EFGH-JKLM." in page
    assert "Reminder: not sent" in page


def test_a_standing_whose_day_has_come_is_decided_before_it_is_shown(monkeypatch):
    stand_on(monkeypatch, later(days=40))
    assert "Overdue" in text_of(signed_in_as(MEI).get(page_of(INES)))
    assert Standing.objects.get(person_id=INES, programme_id="page-b").state == "overdue"


def test_opening_sending_shows_first_what_would_go():
    page = text_of(signed_in_as(MEI).get(PAGE + "sending/"))
    reachable = {INES, PRIYA, HUGO}
    assert reachable <= set(
        Standing.objects.filter(programme_id="page-b", state="open").values_list("person_id", flat=True)
    )
    assert "Opening sending lets 4 messages go" in page
    assert "Added to the plan" in page
    assert Programme.objects.get(pk="page-b").sending_opened_at is None


def test_people_without_an_address_are_named_before_sending_opens():
    Person.objects.filter(pk=INES).update(email="")
    page = text_of(signed_in_as(MEI).get(PAGE + "sending/"))
    assert "lets 3 messages go" in page
    assert "1 of these people has no e-mail address and gets nothing." in page


def test_sending_is_opened_by_an_officer_and_the_audit_says_who():
    signed_in_as(MEI).post(PAGE + "sending/", {"act": "open"})
    programme = Programme.objects.get(pk="page-b")
    assert (programme.sending_opened_at, programme.sending_opened_by) == (MOMENT.at, f"person:{MEI}")
    line = AuditLine.objects.get(verb="open-sending")
    assert (line.actor, line.subject) == (f"person:{MEI}", "programme:page-b")
    assert Notice.objects.filter(kind="added", state="planned").count() == 4


def test_sending_can_be_closed_again():
    client = signed_in_as(MEI)
    client.post(PAGE + "sending/", {"act": "open"})
    client.post(PAGE + "sending/", {"act": "close"})
    assert Programme.objects.get(pk="page-b").sending_opened_at is None
    assert AuditLine.objects.filter(verb="close-sending").count() == 1


@pytest.mark.parametrize("person_id", [INES, TOMAS, AMARA])
def test_the_officer_of_another_programme_finds_no_such_person(person_id):
    assert signed_in_as(HUGO).get(page_of(person_id)).status_code == 404


def test_the_page_of_a_person_shows_only_the_programmes_that_the_viewer_runs():
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert page.count('class="duty"') == 1
