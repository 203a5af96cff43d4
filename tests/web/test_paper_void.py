"""A sheet made before the arrangement was changed: said kindly, and what to do where it was answered (row A07)."""

from html import unescape
from typing import Any

import pikepdf
import pytest

from tests.arranged import answers, arranged, printed
from tests.cast import MEI, PRIYA, RUTH, TOMAS
from tests.staff import MOMENT, later, signed_in_as, stand_on
from upstander.actions.grants import give
from upstander.models import Arrangement, AuditLine, PaperSheet, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university"), pytest.mark.row("A07")]


@pytest.fixture
def sheet(university, monkeypatch) -> PaperSheet:
    """Made in English; the clock says tomorrow evening, after it was answered."""
    give(TOMAS, "officer", MOMENT, "test", programme="page-b")
    made = printed(arranged())
    stand_on(monkeypatch, later(days=1, hours=5))
    return made


def said(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def changed(sheet: PaperSheet, **fields: str) -> str:
    """What the office reads after it saved the arrangement with these fields."""
    client, address = signed_in_as(MEI), f"/office/arrangements/{sheet.arrangement_id}/"
    form = {**client.get(address).context["form"].initial, "act": "save", **fields}
    return said(client.post(address, form, follow=True))


def page_of(sheet: PaperSheet, by: str = MEI, **fields: str) -> str:
    address = f"/office/paper/{sheet.number}/"
    client = signed_in_as(by)
    return said(client.post(address, fields, follow=True) if fields else client.get(address))


def test_a_change_of_language_says_that_the_sheet_is_void_and_the_newer_one_is_printed_in_it(sheet):
    assert f"Sheet {sheet.number} is void; make a new one." in changed(sheet, language="es")
    page = signed_in_as(MEI).post(f"/office/arrangements/{sheet.arrangement_id}/", {"act": "print"}, follow=True)
    newer = PaperSheet.objects.exclude(pk=sheet.pk).get()
    assert newer.language == "es" and f"The questions, sheet {newer.number}" in said(page)
    assert "Void: changed after printing" in said(page)


def test_a_number_is_never_printed_in_two_languages(sheet, tmp_path):
    address = f"/office/arrangements/{sheet.arrangement_id}/sheet.pdf"
    printings = set()
    for language in ("en", "es", "en", "es"):
        changed(sheet, language=language)
        signed_in_as(MEI).post(f"/office/arrangements/{sheet.arrangement_id}/", {"act": "print"})
        (tmp_path / "sheet.pdf").write_bytes(signed_in_as(MEI).get(address).content)
        with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
            printings.add((str(pdf.Root.Lang)[:2], str(pdf.docinfo.Title)[-14:]))
    assert {language for language, _ in printings} == {"en", "es"} and len(printings) == 2
    assert len({number for _, number in printings}) == 2


def test_keying_a_void_sheet_is_refused_with_why_and_which_one_counts(sheet):
    changed(sheet, language="es")
    assert "No other sheet counts yet" in page_of(sheet)
    newer = printed(Arrangement.objects.get(), later(days=1))
    page = page_of(sheet)
    assert "This sheet is void. Do not key it." in page and f"The sheet that counts: {newer.number}" in page
    assert "changed to another language (Español)" in page and 'name="q1"' not in page
    page_of(sheet, **answers(sheet))
    assert not sheet.keyings.exists()
    waiting = said(signed_in_as(MEI).get("/office/paper/"))
    assert newer.number in waiting and sheet.number not in waiting


def test_the_void_sheet_speaks_spanish_too(sheet):
    changed(sheet, language="es")
    client = signed_in_as(MEI)
    client.cookies["upstander_language"] = "es"
    page = said(client.get(f"/office/paper/{sheet.number}/", headers={"accept-language": "es"}))
    assert "Esta hoja está anulada. No la transcriba." in page


def test_the_sheet_that_was_answered_counts_again_with_both_names_on_the_page(sheet):
    changed(sheet, language="es")
    newer = printed(Arrangement.objects.get(), later(days=1))
    page = page_of(sheet, act="in-force", witness=RUTH)
    assert "This sheet counts again, and can be keyed now." in page and 'name="q1"' in page
    assert "This sheet is void" in page_of(newer)
    office = said(signed_in_as(TOMAS).get(f"/office/arrangements/{sheet.arrangement_id}/"))
    assert "Counts again since" in office and "decided by Mei" in office and "seen by Ruth" in office
    page_of(sheet, **answers(sheet))
    assert "Passed." in page_of(sheet, TOMAS, **answers(sheet))
    assert Standing.objects.get(person_id=sheet.arrangement.person_id, programme_id="page-b").state == "satisfied"


@pytest.mark.parametrize(
    ("witness", "words"),
    [("", "required"), (MEI, "Somebody other than you"), ("nobody", "Nobody on the roster")],
)
def test_no_sheet_comes_back_without_a_witness_and_what_was_written_stays(sheet, witness, words):
    changed(sheet, language="es")
    page = page_of(sheet, act="in-force", witness=witness)
    assert words in page and (not witness or f'value="{witness}"' in page)
    assert Arrangement.objects.get().language == "es" and not AuditLine.objects.filter(verb="paper-in-force").exists()


def test_a_sheet_that_somebody_has_keyed_keeps_its_language(sheet):
    page_of(sheet, **answers(sheet))
    assert f"Sheet {sheet.number} has been keyed by one person already" in changed(sheet, language="es")
    assert Arrangement.objects.get().language == "en"


def test_whoever_helps_reads_that_the_sheet_in_their_hands_is_void(sheet):
    changed(sheet, language="es")
    assert f"Sheet {sheet.number} is void. Do not hand it out." in said(signed_in_as(RUTH).get("/helping/"))
    assert signed_in_as(RUTH).get(f"/helping/{sheet.arrangement_id}/sheet.pdf").status_code == 404


def test_a_void_sheet_is_for_the_officers_of_its_programme(sheet):
    changed(sheet, language="es")
    for person_id in (PRIYA, RUTH, sheet.arrangement.person_id):
        client = signed_in_as(person_id)
        assert client.get(f"/office/paper/{sheet.number}/").status_code == 404
        given = {"act": "in-force", "witness": RUTH}
        assert client.post(f"/office/paper/{sheet.number}/", given).status_code == 404
    assert Arrangement.objects.get().language == "es"
