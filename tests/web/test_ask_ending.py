"""An end of an appointment that the roster does not have: told, foreseen, accepted, overtaken (B09)."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import sent_files as sent
from tests.cast import INES, MEI, MOMENT, PEOPLE, UNITS, install
from tests.staff import later, signed_in_as
from upstander.actions.adjustments import Planned, record
from upstander.actions.programmes import import_programme
from upstander.actions.standing import refresh, run_due
from upstander.config.settings import PACKAGE
from upstander.core.errors import Refusal
from upstander.models import AdjustmentRecord, Appointment, Case, CaseFile, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]

#: The last day of Ines's group.
DUE = "2021-02-17"


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def tells(on: str, **given):
    asked = {"programme": "page-b", "appointment": "a-ines", "to_on": on, "note": "", **given}
    return signed_in_as(INES).post("/ask/appointment-ending/", asked)


def standing() -> Standing:
    return Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2020-21")


def accepted(on: str = DUE) -> Case:
    assert tells(on, sure=on).status_code == 302
    case = Case.objects.get(kind="appointment-ending")
    address = f"/office/people/{standing().pk}/adjust/?kind=ending&case={case.pk}"
    shown = text_of(signed_in_as(MEI).get(address))
    assert f'value="{on}"' in shown and "Concert manager" in shown
    given = {"to_on": on, "appointment_id": "a-ines", "reason": "The department confirms it.", "act": "record"}
    assert signed_in_as(MEI).post(address, given).status_code == 302
    case.refresh_from_db()
    return case


def roster_says(ends_on: str, days: int = 1) -> None:
    line = next(line for line in PEOPLE.splitlines() if line.startswith(INES))
    told = line.replace("2015-09-01,,,,", f"2015-09-01,{ends_on},,,")
    assert told != line or not ends_on
    install(later(days=days), PEOPLE.replace(line, told), UNITS)
    refresh(INES, later(days=days))


@pytest.mark.row("B09")
def test_the_page_answers_first_and_nothing_is_sent_until_the_person_is_sure():
    shown = text_of(tells(DUE))
    assert "Nothing would be asked of you" in shown and f'name="sure" value="{DUE}"' in shown
    assert not Case.objects.exists()
    assert tells(DUE, sure="2021-02-10").status_code == 200  # another day than the one foreseen
    assert tells(DUE, sure=DUE).status_code == 302


@pytest.mark.row("B09")
def test_on_the_day_after_the_deadline_the_page_says_that_it_changes_nothing():
    shown = text_of(tells("2021-02-18"))
    assert "Nothing: with this day you would still be asked" in shown and 'name="sure"' not in shown
    assert "nothing would change" in text_of(tells("2021-02-18", sure="2021-02-18"))
    assert not Case.objects.exists()


@pytest.mark.row("B09")
def test_in_the_second_step_the_training_stays_the_one_that_was_foreseen():
    import_programme((PACKAGE / "programmes" / "page-a.toml").read_text(encoding="utf-8"), MOMENT, "test")
    run_due(MOMENT)
    assert 'type="radio" name="programme"' in text_of(signed_in_as(INES).get("/ask/appointment-ending/"))
    shown = text_of(tells(DUE))
    assert '<input type="hidden" name="programme" value="page-b"' in shown
    assert 'type="radio" name="programme"' not in shown and "It is about “Preventing harassment" in shown


@pytest.mark.row("B09")
def test_files_are_asked_for_once_in_the_second_step_where_the_day_stands():
    first = signed_in_as(INES).get("/ask/appointment-ending/")
    assert 'name="files"' not in text_of(first) and 'type="date" name="to_on"' in text_of(first)
    second = text_of(tells(DUE, note="Kept."))
    assert 'name="files"' in second and 'type="hidden" name="to_on" value="2021-02-17"' in second
    assert "Kept." in second and "17 February 2021" in second
    again = text_of(tells(DUE, sure=DUE, again="1", note="Kept."))
    assert 'name="files"' not in again and 'type="date" name="to_on" value="2021-02-17"' in again and "Kept." in again
    wrong = SimpleUploadedFile("contract.pdf", b"MZ executable")
    refused = text_of(tells(DUE, sure=DUE, files=[wrong]))
    assert "“contract.pdf” is none of the kinds" in refused and f'name="sure" value="{DUE}"' in refused
    assert tells(DUE, sure=DUE, files=[SimpleUploadedFile("contract.pdf", sent.a_pdf())]).status_code == 302
    assert CaseFile.objects.get().case.kind == "appointment-ending"


@pytest.mark.row("B09")
def test_accepted_the_person_is_removed_with_a_trace_and_the_roster_stays_as_it_is():
    case = accepted()
    assert (case.state, standing().state) == ("settled", "not-required")
    assert Appointment.objects.get(pk="a-ines").ends_on is None
    row = AdjustmentRecord.objects.get()
    assert (row.kind, row.appointment_id, row.from_on, row.to_on) == ("ending", "a-ines", None, date(2021, 2, 17))
    codes = [reason["code"] for reason in standing().reasons]
    assert "ends-by-deadline" in codes and "end-told" in codes
    assert "the office has accepted it" in text_of(signed_in_as(INES).get("/my-training/"))


@pytest.mark.row("B09")
@pytest.mark.parametrize(
    ("roster", "state", "code"),
    [("2021-02-18", "open", "end-told-overtaken"), ("2021-06-30", "open", "end-told-overtaken"),
     ("2021-02-17", "not-required", "end-told-overtaken"), ("", "not-required", "end-told")],
)  # fmt: skip
def test_what_the_roster_says_afterwards_has_the_last_word(roster, state, code):
    accepted()
    roster_says(roster)
    assert standing().state == state
    assert code in [reason["code"] for reason in standing().reasons]


@pytest.mark.row("B09")
def test_ended_by_the_office_the_duty_comes_back():
    accepted()
    row = AdjustmentRecord.objects.get()
    address = f"/office/adjustments/{row.ref}/end/"
    assert "it counts as ending on 17 February 2021" in text_of(signed_in_as(MEI).get(address))
    signed_in_as(MEI).post(address, {"reason": "It goes on after all."})
    assert standing().state == "open"


@pytest.mark.parametrize(
    ("by", "appointment", "code"),
    [(INES, "a-ines", "not-yourself"), (MEI, "a-mei", "no-such-appointment"), (MEI, "", "no-such-appointment")],
)
def test_nobody_ends_their_own_appointment_nor_one_of_somebody_else(by, appointment, code):
    planned = Planned("ending", INES, "page-b", "2020-21", to_on=date(2021, 2, 1), appointment_id=appointment)
    with pytest.raises(Refusal, match=code):
        record(planned, "Because.", MOMENT, f"person:{by}")


@pytest.mark.row("B09")
def test_after_the_roster_has_overtaken_one_another_end_can_be_told_and_accepted():
    accepted()
    roster_says("2021-06-30")
    assert standing().state == "open"
    assert tells("2021-02-12", sure="2021-02-12").status_code == 302
    given = Planned("ending", INES, "page-b", "2020-21", to_on=date(2021, 2, 12), appointment_id="a-ines")
    record(given, "The contract says so.", later(days=2), f"person:{MEI}")
    assert (standing().state, standing().reasons[-1]["code"]) == ("not-required", "end-told")
