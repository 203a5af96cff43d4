"""An assessment on paper: printed with items of its own, keyed by two hands, on record as online (rows A07, A14)."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Any

import pikepdf
import pytest
from django.utils.html import strip_tags

from tests.arranged import COURSE, answers, arranged, printed
from tests.cast import DARIO, INES, MEI, PRIYA, RUTH, TOMAS
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.arrangements import call_off
from upstander.actions.grants import give
from upstander.actions.paper import form_of
from upstander.actions.purging import purge_answers
from upstander.core.paper import on_paper
from upstander.delivery.catalogue import edition
from upstander.delivery.native.sheet import sheet_data
from upstander.models import (
    Arrangement,
    AuditLine,
    Certificate,
    Completion,
    CompletionScore,
    CourseEdition,
    Notice,
    PaperSheet,
    Standing,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A07")]
THE_DAY = MOMENT.day + timedelta(days=1)


@pytest.fixture(autouse=True)
def _more_officers(university):
    for person_id in (TOMAS, PRIYA):
        give(person_id, "officer", MOMENT, "test", programme="page-b")


@pytest.fixture
def sheet(monkeypatch) -> PaperSheet:
    """A sheet printed today; the clock says tomorrow evening, after it was answered."""
    made = printed(arranged())
    stand_on(monkeypatch, later(days=1, hours=5))
    return made


def read(person_id: str, address: str, language: str = "en") -> str:
    client = signed_in_as(person_id)
    client.cookies["upstander_language"] = language
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def keyed(by: str, sheet: PaperSheet, fields: Mapping[str, Any]) -> str:
    answer = signed_in_as(by).post(f"/office/paper/{sheet.number}/", fields, follow=True)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def standing() -> Standing:
    return Standing.objects.get(person_id=INES, programme_id="page-b")


def test_two_hands_that_agree_put_it_on_record_as_if_it_were_taken_online(sheet):
    assert "a colleague keys the same sheet" in keyed(MEI, sheet, answers(sheet))
    assert not Completion.objects.exists() and standing().state == "open"
    assert "Passed. The course is on record" in keyed(TOMAS, sheet, answers(sheet))
    done, found = Completion.objects.get(), Arrangement.objects.get()
    assert (done.person_id, done.course_key, done.completed_on, done.edition, done.role, done.source) == (
        INES, COURSE, THE_DAY, sheet.edition, "employee", "paper",
    )  # fmt: skip
    assert (found.state, found.witness_id, found.completion_id) == ("held", RUTH, done.pk)
    assert (standing().state, standing().satisfied_ref) == ("satisfied", str(done.pk))
    assert Notice.objects.filter(kind="confirmation", person_id=INES).count() == 1
    assert Certificate.objects.filter(completion=done).count() == 1
    hands = set(AuditLine.objects.filter(verb="paper-keyed").values_list("actor", flat=True))
    assert hands == {f"person:{MEI}", f"person:{TOMAS}"}


@pytest.mark.row("A14")
def test_below_the_threshold_nothing_is_on_record_and_the_next_sheet_has_other_questions(sheet):
    few = answers(sheet, right=4)  # 4 of 6 are less than 80 %
    keyed(MEI, sheet, few)
    assert "Not passed yet" in keyed(TOMAS, sheet, few)
    assert not Completion.objects.exists() and standing().state == "open"
    again = printed(Arrangement.objects.get(), later(days=1, hours=6))
    bank = on_paper(edition(COURSE, "en").outline.assessment).bank
    kinds = [(bank[one.item].objective, bank[one.item].kind) for one in form_of(again)]
    assert again.number != sheet.number and len(kinds) == len(form_of(sheet))
    assert {one.item for one in form_of(again)} != {one.item for one in form_of(sheet)}
    for by in (MEI, TOMAS):
        keyed(by, again, answers(again))
    assert standing().state == "satisfied"


@pytest.mark.row("A14")
def test_exactly_the_threshold_passes(sheet):
    most = answers(sheet, right=5)  # 5 of 6 are 83 %, the first number at or above 80 %
    for by in (MEI, TOMAS):
        keyed(by, sheet, most)
    assert Completion.objects.count() == 1


def test_the_second_hand_does_not_see_what_the_first_has_keyed(sheet):
    given = answers(sheet)
    keyed(MEI, sheet, given)
    page = read(TOMAS, f"/office/paper/{sheet.number}/")
    assert 'value="' + given["q1"] + '"' not in page and "Your colleague read" not in page
    assert 'name="q1"' in page


def test_one_person_cannot_be_both_hands(sheet):
    for _ in range(3):
        assert "A colleague keys it now" in keyed(MEI, sheet, answers(sheet))
    assert not Completion.objects.exists() and sheet.keyings.count() == 1


def test_where_two_hands_differ_the_one_who_misread_mends_it_and_both_names_are_kept(sheet):
    right = answers(sheet)
    keyed(MEI, sheet, right)
    page = keyed(TOMAS, sheet, {**right, "q2": ""})
    assert "You two have read something differently." in page and "Question 2" in page and 'name="q3"' not in page
    assert not Completion.objects.exists()
    assert "One of them mends what differs" in read(PRIYA, f"/office/paper/{sheet.number}/")
    assert "One of them mends what differs" in keyed(PRIYA, sheet, right)
    assert "Passed." in keyed(TOMAS, sheet, {"q2": right["q2"]})
    verbs = dict(AuditLine.objects.filter(subject__endswith=sheet.number).values_list("verb", "actor"))
    assert verbs["paper-mended"] == verbs["paper-marked"] == f"person:{TOMAS}"


@pytest.mark.parametrize("name", ["on", "witness"])
def test_two_hands_must_agree_on_the_day_and_on_the_witness_too(sheet, name):
    right = answers(sheet)
    keyed(MEI, sheet, right)
    other = {"on": MOMENT.day.isoformat(), "witness": PRIYA}[name]
    assert "read something differently" in keyed(TOMAS, sheet, {**right, name: other})
    assert not Completion.objects.exists()


def test_a_sheet_that_was_counted_is_counted_once(sheet):
    for by in (MEI, TOMAS):
        keyed(by, sheet, answers(sheet))
    for by in (MEI, TOMAS, PRIYA):
        assert "Passed." in keyed(by, sheet, answers(sheet))
    counts = [model.objects.count() for model in (Completion, Certificate)]
    assert counts == [1, 1] and Notice.objects.filter(kind="confirmation").count() == 1


def test_a_day_before_the_due_date_satisfies_though_it_is_keyed_after_it(monkeypatch):
    made = printed(arranged(days=27))  # 16 February, the due date being the 17th
    on = MOMENT.day + timedelta(days=27)
    stand_on(monkeypatch, later(days=40))
    assert read(MEI, f"/office/people/{standing().pk}/") and standing().state == "overdue"
    for by in (MEI, TOMAS):
        keyed(by, made, answers(made, on=on))
    assert (standing().state, standing().satisfied_on) == ("satisfied", on)
    assert Completion.objects.get().completed_on == on


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"on": "2021-01-19"}, "printed after this day"),
        ({"on": "2021-01-22"}, "still to come"),
        ({"witness": INES}, "cannot be the one who answered"),
        ({"witness": "nobody"}, "Nobody on the roster"),
        ({"q1": "9"}, "These letters cannot be an answer"),
        ({"on": ""}, "required"),
    ],
)
def test_what_cannot_stand_on_the_sheet_is_said_and_nothing_is_kept(sheet, changed, words):
    assert words in keyed(MEI, sheet, {**answers(sheet), **changed})
    assert sheet.keyings.count() == 0


def test_an_empty_sheet_can_be_keyed_and_does_not_pass(sheet):
    for by in (MEI, TOMAS):
        page = keyed(by, sheet, answers(sheet, right=0))
    assert "Not passed yet" in page


def test_nobody_keys_their_own_sheet(monkeypatch):
    made = printed(arranged())
    give(INES, "officer", MOMENT, "test", programme="page-b")
    stand_on(monkeypatch, later(days=1, hours=5))
    assert signed_in_as(INES).get(f"/office/paper/{made.number}/").status_code == 404
    assert made.number not in read(INES, "/office/paper/")


@pytest.mark.parametrize(("typed", "words"), [("2345-6789-ABCD", "This is no number of a sheet"), ("", "no number")])
def test_a_wrong_number_is_told_kindly_and_kept(sheet, typed, words):
    answer = signed_in_as(MEI).post("/office/paper/", {"number": typed})
    assert words in unescape(answer.content.decode()) and f'value="{typed}"' in answer.content.decode()


def test_a_number_is_found_however_it_is_typed_and_only_by_its_officers(sheet):
    typed = {"number": sheet.number.lower().replace("-", " ")}
    assert signed_in_as(MEI).post("/office/paper/", typed).url == f"/office/paper/{sheet.number}/"
    assert signed_in_as(DARIO).post("/office/paper/", typed).status_code == 404


def test_a_sheet_of_what_was_called_off_is_refused(sheet):
    call_off(sheet.arrangement_id, later(days=1), f"person:{MEI}")
    assert "This arrangement was called off" in keyed(MEI, sheet, answers(sheet))


def test_a_sheet_is_marked_by_the_edition_from_which_it_was_printed(sheet):
    PaperSheet.objects.filter(pk=sheet.pk).update(edition="1900-1")
    page = read(MEI, "/office/paper/")
    answer = signed_in_as(MEI).get(f"/office/paper/{sheet.number}/", follow=True)
    assert page and "an edition that is not here any more: 1900-1" in unescape(answer.content.decode())
    assert CourseEdition.objects.filter(edition="1900-1").count() == 0


def test_the_review_is_for_the_person_alone_and_the_office_sees_no_score(sheet):
    few = answers(sheet, right=4)
    for by in (MEI, TOMAS):
        keyed(by, sheet, few)
    address = f"/arrangements/{sheet.arrangement_id}/review/{sheet.number}/"
    own = read(INES, address)
    assert "4 of 6 right." in own and "What to read again" in own and "No answer" in own
    assert "4 de 6" in read(INES, address, "es")
    for person_id in (MEI, TOMAS, RUTH):
        assert signed_in_as(person_id).get(address).status_code == 404
    for page in (f"/office/paper/{sheet.number}/", f"/office/arrangements/{sheet.arrangement_id}/"):
        seen = read(MEI, page)
        assert "of 6" not in seen and "No answer" not in seen and ">" + few["q1"] + "<" not in seen


def test_the_score_stands_apart_from_the_record(sheet):
    for by in (MEI, TOMAS):
        keyed(by, sheet, answers(sheet))
    assert CompletionScore.objects.get().completion == Completion.objects.get()
    page = read(MEI, f"/office/people/{standing().pk}/")
    assert CompletionScore.objects.get().score not in page


def test_printing_again_prints_the_same_sheet_until_it_is_marked():
    found = arranged()
    assert printed(found).number == printed(found).number and found.sheets.count() == 1


@pytest.mark.parametrize(("language", "words"), [("en", "Question 1"), ("es", "Pregunta 1")])
@pytest.mark.parametrize("large", ["", "?print=large"])
def test_the_sheet_is_a_tagged_pdf_with_its_number_on_every_page_and_no_key(language, words, large, tmp_path):
    made = printed(arranged(language=language))
    answer = signed_in_as(MEI).get(f"/office/arrangements/{made.arrangement_id}/sheet.pdf{large}")
    (tmp_path / "sheet.pdf").write_bytes(answer.content)
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang).startswith(language)
        assert "pdfuaid:part" in pdf.Root.Metadata.read_bytes().decode()
        assert made.number in str(pdf.docinfo.Title) and len(pdf.pages) > 1


def test_no_key_and_nothing_that_is_said_of_an_answer_goes_to_the_printer(sheet):
    course = edition(COURSE, "en", sheet.edition)
    asked = sheet_data(course, form_of(sheet))
    assert {name for one in asked for name in one} == {"number", "kind", "stem", "lines", "options"}
    told = json.dumps(asked, ensure_ascii=False)
    for one in form_of(sheet):
        for part in course.items[one.item].options:
            assert strip_tags(part.feedback)[:40] not in told


def test_letters_questions_and_score_are_deleted_as_attempts_are_and_the_record_stays(sheet, settings):
    settings.KEEP_ATTEMPTS_DAYS = 30
    for by in (MEI, TOMAS):
        keyed(by, sheet, answers(sheet))
    purge_answers(later(days=31))
    assert sheet.keyings.count() == 2
    purge_answers(later(days=32))
    sheet.refresh_from_db()
    assert (sheet.form, sheet.keyings.count(), sheet.passed) == ([], 0, True)
    assert Completion.objects.count() == 1 and not CompletionScore.objects.exists()
    assert "review" not in read(INES, f"/arrangements/{sheet.arrangement_id}/")


def test_each_hand_reads_the_day_from_the_sheet(sheet):
    for officer in (MEI, TOMAS):
        box = re.search(r'<input[^>]*name="on"[^>]*>', read(officer, f"/office/paper/{sheet.number}/")).group()
        assert "value=" not in box
    keyed(MEI, sheet, {**answers(sheet), "on": ""})
    assert not sheet.keyings.exists()
