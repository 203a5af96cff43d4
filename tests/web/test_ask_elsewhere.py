"""A training from elsewhere, with what shows it: what can count, and what a review changes (A10)."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import sent_files as sent
from tests.cast import HUGO, INES, MEI, MOMENT, SOFIA
from tests.staff import PROGRAMMES, content_of, signed_in_as
from upstander.actions.case_files import folder
from upstander.actions.cases import move
from upstander.actions.programmes import import_programme
from upstander.core.requests import OFFICER
from upstander.models import AuditLine, Case, CaseFile, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]

ASKED = {"programme": "page-b", "what": "Speak up", "where": "Old Quarry College", "from_on": "2020-10-05"}
ASKED |= {"minutes": "90", "source": "university", "note": "Kept."}


@pytest.fixture(autouse=True)
def data(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def limited() -> None:
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    limits = 'sources = ["university", "public-agency"]\nwithin_cycle = true\nminutes = 60\n'
    import_programme(f"{text}\n[cases.equivalency]\n{limits}", MOMENT, "test")


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def sending(*files: bytes, person_id: str = INES, **given):
    uploads = [SimpleUploadedFile(f"certificate {place}.pdf", one) for place, one in enumerate(files)]
    return signed_in_as(person_id).post("/ask/equivalency/", {**ASKED, **given, "files": uploads})


def asked() -> Case:
    answer = sending(sent.a_pdf(), sent.a_picture())
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(kind="equivalency")


@pytest.mark.row("A10")
@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "en",
            ("completed from 1 September 2020 to 31 August 2021", "at least 60 minutes", "tells you whether it counts"),
        ),
        (
            "es",
            ("entre el 1 de septiembre de 2020 y el 31 de agosto de 2021", "al menos 60 minutos", "le dirá si cuenta"),
        ),
    ],
)
def test_what_can_count_is_said_before_anything_is_typed(lang, says):
    limited()
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = lang
    shown = text_of(client.get("/ask/equivalency/"))
    assert all(one in shown for one in says)
    assert 'value="public-agency"' in shown and 'value="employer"' not in shown


@pytest.mark.row("A10")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"from_on": "2020-08-31"}, "Only what was completed from 1 September 2020 to 31 August 2021 can count"),
        ({"from_on": "2021-01-21"}, "This day is still to come."),
        ({"minutes": "59"}, "Only a training of at least 60 minutes can count here."),
        ({"source": "employer"}, "employer is not one of the available choices"),
    ],
)
def test_what_could_not_count_is_told_at_once_and_nothing_is_lost_or_kept(given, says):
    limited()
    answer = sending(sent.a_pdf(), **given)
    assert answer.status_code == 200 and says in text_of(answer) and "Kept." in text_of(answer)
    assert not Case.objects.exists() and not list(folder().glob("*"))


@pytest.mark.row("A10")
@pytest.mark.parametrize("on", ["2020-09-01", "2021-01-20"])
def test_the_first_day_of_the_period_and_today_can_count(on):
    limited()
    assert sending(from_on=on).status_code == 302


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([b"MZ executable"], "“certificate 0.pdf” is none of the kinds"),
        ([sent.a_pdf(), sent.a_pdf(sent.with_script)], "“certificate 1.pdf” holds something that runs"),
        ([sent.a_picture(size=(9, 9 + n)) for n in range(6)], "There is room for 5 files here"),
    ],
)
def test_a_refused_file_is_named_the_form_keeps_the_rest_and_no_file_stays(files, says):
    answer = sending(*files)
    assert answer.status_code == 200 and says in text_of(answer) and "Old Quarry College" in text_of(answer)
    assert not Case.objects.exists() and not list(folder().glob("*"))


def test_what_is_too_long_is_refused_before_it_is_read():
    answer = signed_in_as(INES).post("/ask/equivalency/", ASKED, headers={"content-length": "300000000"})
    assert answer.status_code == 413 and "Nothing of it was taken" in text_of(answer)


@pytest.mark.row("A10")
def test_files_are_a_download_for_their_person_and_the_officers_who_handle_the_case_and_for_nobody_else():
    case = asked()
    file = CaseFile.objects.get(case=case, media_type="application/pdf")
    own, office = f"/cases/{case.pk}/files/{file.pk}/", f"/office/cases/{case.pk}/files/{file.pk}/"
    for address, who in ((own, INES), (office, MEI)):
        answer = signed_in_as(who).get(address)
        assert answer.status_code == 200 and content_of(answer).startswith(b"%PDF-")
        assert answer["Content-Disposition"] == 'attachment; filename="certificate 0.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    for who in (INES, HUGO, SOFIA):
        assert signed_in_as(who).get(office).status_code == 404
    assert signed_in_as(MEI).get(own).status_code == 404
    assert [line.actor for line in AuditLine.objects.filter(verb="case-file-read")] == [
        f"person:{INES}",
        f"person:{MEI}",
    ]


def test_a_file_can_be_added_while_the_case_is_open_and_not_afterwards():
    case = asked()
    address, further = f"/cases/{case.pk}/files/", SimpleUploadedFile("more.png", sent.a_picture(size=(7, 7)))
    assert signed_in_as(HUGO).post(address).status_code == 404
    signed_in_as(INES).post(address, {"files": [further]})
    assert CaseFile.objects.filter(case=case).count() == 3
    move(case.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "It was too short.")
    more = SimpleUploadedFile("late.png", sent.a_picture(size=(8, 8)))
    shown = text_of(signed_in_as(INES).post(address, {"files": [more]}, follow=True))
    assert "No files can be sent with this" in shown and CaseFile.objects.filter(case=case).count() == 3


def test_until_it_is_decided_the_person_takes_a_file_back_and_so_does_the_office():
    case = asked()
    mine, theirs = CaseFile.objects.filter(case=case).order_by("name")
    own, office = f"/cases/{case.pk}/", f"/office/cases/{case.pk}/"
    assert "Delete the file" in text_of(signed_in_as(INES).get(own))
    assert "Delete the file" in text_of(signed_in_as(MEI).get(office))
    signed_in_as(INES).post(f"{own}files/{mine.pk}/remove/")
    signed_in_as(MEI).post(f"{office}files/{theirs.pk}/remove/")
    assert list(CaseFile.objects.filter(removed_at=None)) == [] and CaseFile.objects.count() == 2
    assert signed_in_as(INES).get(f"{own}files/{mine.pk}/").status_code == 404
    assert [line.actor for line in AuditLine.objects.filter(verb="case-file-removed")] == [
        f"person:{INES}",
        f"person:{MEI}",
    ]


def test_a_file_of_a_decided_request_stays_and_so_does_one_that_somebody_else_sent():
    case = asked()
    file = CaseFile.objects.filter(case=case).first()
    address = f"/cases/{case.pk}/files/{file.pk}/remove/"
    assert signed_in_as(HUGO).post(address).status_code == 404
    CaseFile.objects.filter(pk=file.pk).update(added_by=f"person:{MEI}")
    assert "This file stays" in text_of(signed_in_as(INES).post(address, follow=True))
    CaseFile.objects.filter(pk=file.pk).update(added_by=f"person:{INES}")
    move(case.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "It was too short.")
    assert "This file stays" in text_of(signed_in_as(INES).post(address, follow=True))
    assert "Delete the file" not in text_of(signed_in_as(MEI).get(f"/office/cases/{case.pk}/"))
    assert CaseFile.objects.filter(removed_at=None).count() == 2


@pytest.mark.row("A10")
def test_accepted_it_satisfies_and_the_evidence_stays_on_record():
    case = asked()
    standing = Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2020-21")
    shown = text_of(signed_in_as(MEI).get(f"/office/cases/{case.pk}/"))
    assert "certificate 0.pdf" in shown and "Grant it, after seeing what it changes" in shown
    address = f"/office/people/{standing.pk}/adjust/?kind=equivalency&case={case.pk}"
    assert 'value="2020-10-05"' in text_of(signed_in_as(MEI).get(address))
    given = {"from_on": "2020-10-05", "reason": "Seen."}
    assert 'value="record"' in text_of(signed_in_as(MEI).post(address, {**given, "act": "preview"}))
    signed_in_as(MEI).post(address, {**given, "act": "record"})
    case.refresh_from_db(), standing.refresh_from_db()
    assert (case.state, standing.state, standing.satisfied_on) == ("settled", "satisfied", date(2020, 10, 5))
    assert CaseFile.objects.filter(case=case, removed_at=None).count() == 2


@pytest.mark.row("A10")
def test_declined_it_says_why_and_the_training_is_still_asked():
    case = asked()
    signed_in_as(MEI).post(f"/office/cases/{case.pk}/", {"move": "decline", "text": "It held nothing on reporting."})
    shown = text_of(signed_in_as(INES).get(f"/cases/{case.pk}/"))
    assert "It held nothing on reporting." in shown
    assert Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2020-21").state == "open"
