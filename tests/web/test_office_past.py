"""A past day on the person's page, the trace of every change, and the proof of the record."""

import pytest
from django.conf import settings

from tests.cast import HUGO, INES, MEI, PEOPLE, RUTH, UNITS, install
from tests.chronicle import adjust, end, retract
from tests.staff import MOMENT, complete, later, signed_in_as, stand_on
from upstander.actions import seals
from upstander.actions.recheck import recheck
from upstander.models import AdjustmentRecord, AuditLine, Recheck, RosterImport, Standing, StandingChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("C03")]
PROOF = "/office/proof/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(person_id, programme="page-b"):
    return f"/office/people/{Standing.objects.get(person_id=person_id, programme_id=programme).pk}/"


def past(person_id, day, who=MEI):
    return text_of(signed_in_as(who).get(f"{page_of(person_id)}past/?on={day}"))


def known_late(monkeypatch):
    """Human Resources tells on the tenth day that an appointment ended on the second."""
    limits = {"people_gone_percent": 100, "duties_changed_percent": 100}
    monkeypatch.setitem(settings.INSTITUTION, "roster", limits)  # one person of twelve would be held
    ended = PEOPLE.replace(",no,2015-09-01,,,,", ",no,2015-09-01,2021-01-22,,,")
    install(later(days=10), ended, UNITS)
    stand_on(monkeypatch, later(days=11))


def test_a_person_s_page_asks_for_a_past_day():
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert f'action="{page_of(INES)}past/"' in page
    assert 'type="date"' in page and 'max="2021-01-20"' in page


def test_a_past_day_stands_as_it_was_known_beside_what_is_known_now(monkeypatch):
    known_late(monkeypatch)
    page = past(INES, "2021-01-25")
    assert "That day is decided otherwise by now, because more has become known." in page
    then, now = page.split("As it was known that evening")[1].split("As we know that day now")
    assert "Your group is “All schools (including faculty)”" in then
    assert "Not required" in now
    assert "By version 1 of the rules, published 20 January 2021, 10:00." in then


def test_what_became_known_since_is_named_with_its_day_and_its_column(monkeypatch):
    known_late(monkeypatch)
    number = RosterImport.objects.latest("pk").pk
    page = past(INES, "2021-01-25")
    told = f"The roster changed: the last day of an appointment (import {number})."
    assert f"<strong>Became known on 30 January 2021, 10:00.</strong> {told}" in page
    assert "From then on the day stood as “Not required”." in page


def test_a_day_that_still_stands_says_so():
    page = past(INES, "2021-01-20")
    assert "What was known that evening still holds today." in page
    assert "Why it is decided otherwise now" not in page
    assert "The record of that evening says the same: status, group and dates." in page


def test_a_day_before_the_record_began_says_what_was_missing():
    page = past(INES, "2021-01-19")
    assert "No rules of this programme had been published yet." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2021-02-30", "Write the day as year, month and day"),
        ("yesterday", "Write the day as year, month and day"),
        ("2021-01-21", "That day is still to come."),
        ("0202-01-21", "That day is too long ago."),
    ],
)
def test_a_day_that_cannot_be_meant_is_said_and_kept(typed, said):
    page = past(INES, typed)
    assert said in page
    assert f'value="{typed}"' in page


def test_another_programme_s_officer_finds_no_past_day_either():
    assert signed_in_as(HUGO).get(f"{page_of(INES)}past/?on=2021-01-20").status_code == 404


def test_however_much_became_known_since_a_past_day_asks_a_bounded_number_of_queries(
    monkeypatch, django_assert_max_num_queries
):
    for days in range(1, 21):
        end(adjust(INES, "waiver", later(days=days), from_on=MOMENT.day), later(days=days, hours=1))
    adjust(INES, "waiver", later(days=25), from_on=MOMENT.day)
    stand_on(monkeypatch, later(days=26))
    client = signed_in_as(MEI)
    with django_assert_max_num_queries(180):
        page = text_of(client.get(f"{page_of(INES)}past/?on=2021-01-20"))
    assert 0 < page.count("Became known on") <= 20


def test_every_change_is_told_with_rule_fact_or_officer(monkeypatch):
    known_late(monkeypatch)
    number = RosterImport.objects.latest("pk").pk
    done = complete(RUTH, later(days=1))
    retract(done, later(days=2))
    waiver = adjust(RUTH, "waiver", later(days=3), from_on=later(days=3).day)
    AdjustmentRecord.objects.filter(pk=waiver.pk).update(recorded_by=f"person:{MEI}")
    assert "Version 1 of the programme’s rules was published." in text_of(signed_in_as(MEI).get(page_of(INES)))
    assert f"The roster changed: the last day of an appointment (import {number})." in text_of(
        signed_in_as(MEI).get(page_of(INES))
    )
    page = text_of(signed_in_as(MEI).get(page_of(RUTH)))
    assert "From “Open” to “Done”. A completion was recorded." in page
    assert "From “Done” to “Open”, due on 17 February 2021. A completion was taken back." in page
    assert "From “Open” to “Waived”. Mei Castellanos released the person from this duty." in page


def test_an_alternative_is_told_as_a_completion():
    alternative = AdjustmentRecord.objects.create(
        person_id=INES, programme_id="page-b", kind="alternative", recorded_at=MOMENT.at, recorded_by=f"person:{MEI}"
    )
    StandingChange.objects.create(
        person_id=INES, programme_id="page-b", cycle="2020-21", at=MOMENT.at, day=MOMENT.day, cause="adjustment",
        cause_ref=str(alternative.ref), before_state="open", after_state="satisfied", after={},
    )  # fmt: skip
    page = text_of(signed_in_as(MEI).get(page_of(INES)))
    assert "From “Open” to “Done”. A completion was recorded." in page
    assert "alternative" not in page.casefold()


def test_the_person_reads_the_trace_of_their_own_duty_without_anybody_s_name():
    waiver = adjust(INES, "waiver", later(hours=1), from_on=MOMENT.day)
    AdjustmentRecord.objects.filter(pk=waiver.pk).update(recorded_by=f"person:{MEI}")
    client = signed_in_as(INES)
    assert 'href="/my-training/page-b/changes/"' in text_of(client.get("/my-training/"))
    page = text_of(client.get("/my-training/page-b/changes/"))
    assert "The office released you from this duty." in page
    assert "First decided: “Open”, due on 17 February 2021." in page
    assert "Mei" not in page and "import" not in page


def test_the_person_reads_the_titles_of_their_own_courses():
    complete(INES, later(hours=1))
    page = text_of(signed_in_as(INES).get("/my-training/page-b/changes/"))
    assert "Your completion of “" in page and "” was recorded." in page


def test_nobody_reads_another_person_s_trace():
    assert "First decided" in text_of(signed_in_as(RUTH).get("/my-training/page-b/changes/"))
    assert signed_in_as(RUTH).get("/my-training/no-such-programme/changes/").status_code == 404


def tampered():
    Standing.objects.filter(person_id=INES, programme_id="page-b").update(state="satisfied")
    return recheck(later(hours=10))


def test_an_alarm_stands_on_the_office_s_pages_until_an_officer_has_seen_it():
    found = tampered()
    client = signed_in_as(MEI)
    for address in ("/office/", "/office/programmes/page-b/", page_of(RUTH)):
        assert "A nightly check found statuses that are decided otherwise than they are stored." in text_of(
            client.get(address)
        )
    assert client.post(PROOF, {"recheck": found.pk}).url == PROOF
    assert "A nightly check found" not in text_of(client.get("/office/"))
    assert Recheck.objects.get(pk=found.pk).seen_by == f"person:{MEI}"
    assert "came out otherwise" in text_of(client.get(PROOF)).casefold()


def test_no_alarm_stands_where_nothing_was_found_nor_on_the_learner_s_pages():
    recheck(later(hours=10))
    assert "nightly check" not in text_of(signed_in_as(MEI).get("/office/"))
    tampered()
    assert "nightly check" not in text_of(signed_in_as(MEI).get("/my-training/"))
    assert "nightly check" not in text_of(signed_in_as(RUTH).get("/department/"))


def test_an_officer_opens_only_the_differences_of_their_own_programmes():
    tampered()
    page = text_of(signed_in_as(MEI).get(PROOF))
    assert page_of(INES) in page and "Otherwise: the status." in page
    other = text_of(signed_in_as(HUGO).get(PROOF))
    assert page_of(INES) not in other and "1 more, not listed here" in other


def test_the_seals_stand_with_their_digests_and_the_last_walk():
    seal = seals.seal(later(hours=10)).seal
    page = text_of(signed_in_as(MEI).get(PROOF))
    assert seal.digest in page
    assert "None yet. It is made once a week" in page
    seals.verify(later(hours=11))
    assert "1 night matches its seal." in text_of(signed_in_as(MEI).get(PROOF))


def test_a_record_that_was_changed_is_told_and_can_be_marked_as_seen():
    seals.seal(later(hours=10))
    StandingChange.objects.filter(person_id=INES).update(after_state="waived")
    seals.verify(later(hours=11))
    client = signed_in_as(MEI)
    assert "The record is not what was sealed." in text_of(client.get("/office/"))
    assert "21 January 2021" not in text_of(client.get(PROOF))
    assert "20 January 2021, changes of status: something was changed afterwards." in text_of(client.get(PROOF))
    client.post(PROOF, {"walk": "seen"})
    assert "The record is not what was sealed." not in text_of(client.get("/office/"))
    assert AuditLine.objects.filter(verb="history-fault-seen", actor=f"person:{MEI}").count() == 1


def test_the_proof_is_for_officers_only():
    assert signed_in_as(INES).get(PROOF).status_code == 404
    assert signed_in_as(RUTH).get(PROOF).status_code == 404
