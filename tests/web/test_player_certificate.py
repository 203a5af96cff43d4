"""The certificate: a tagged PDF for whoever holds its code, and a page where anyone can check it."""

import io
from types import SimpleNamespace

import pdfua
import pikepdf
import pypdf
import pytest
from django.test import Client

from tests.cast import HUGO, INES, MOMENT
from tests.learners import course_of, lay_out, take
from tests.staff import open_office, signed_in_as
from upstander.models import Completion
from upstander.web import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.row("B18")]


@pytest.fixture
def certificate(tmp_path, settings, monkeypatch):
    """The certificate that Ines has earned."""
    settings.CONTENT_ROOT = lay_out(tmp_path, "option-a")
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()
    return take(INES, course_of("option-a").outline, MOMENT).certificate


def words(response) -> str:
    return pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("lang", "title", "course", "day"),
    [
        ("en", "Certificate of completion", "A tiny course", "20 January 2021"),
        ("es", "Certificado de finalización", "Un curso diminuto", "20 de enero de 2021"),
    ],
)
def test_the_pdf_says_who_what_and_when_in_the_readers_language_and_is_tagged(
    certificate, tmp_path, lang, title, course, day
):
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = lang
    response = client.get(f"/certificates/{certificate.code}.pdf")
    said = words(response)
    for word in (title, "Ines Okafor", course, day, certificate.code):
        assert word in said
    path = tmp_path / "certificate.pdf"
    path.write_bytes(response.content)
    assert list(pdfua.validate(path).findings) == []
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == lang
        assert pdf.docinfo["/Title"]


def test_the_certificate_says_nothing_of_score_or_route(certificate):
    said = words(Client().get(f"/certificates/{certificate.code}.pdf"))
    assert "%" not in said and "5 of 5" not in said and "native" not in said


def test_a_name_is_printed_as_it_is_and_never_read_as_markup(certificate):
    person = certificate.completion.person
    person.preferred_name = '#eval("1+1") *Ines* $x$'
    person.save()
    assert '#eval("1+1") *Ines* $x$' in words(Client().get(f"/certificates/{certificate.code}.pdf"))


def test_whoever_holds_the_code_sees_name_course_and_day_and_nothing_more(certificate):
    page = Client().get(f"/verify/{certificate.code}/").content.decode()
    for word in ("This certificate is genuine", "Ines Okafor", "A tiny course", "Wednesday 20 January 2021"):
        assert word in page
    assert "%" not in page.split("<dl")[1].split("</dl>")[0]
    assert INES not in page


def test_a_code_is_taken_however_it_is_typed(certificate):
    typed = certificate.code.lower().replace("-", " ")
    answer = Client().get("/verify/", {"code": typed})
    assert answer.url == f"/verify/{certificate.code}/"


def test_an_unknown_code_is_answered_on_the_form(certificate):
    answer = Client().get("/verify/AAAA-BBBB-CCCC-DDDD/")
    assert answer.status_code == 404
    assert "We know no certificate with this code" in answer.content.decode()
    assert Client().get("/certificates/AAAA-BBBB-CCCC-DDDD.pdf").status_code == 404


def test_a_retracted_completion_proves_nothing(certificate):
    Completion.objects.filter(pk=certificate.completion_id).update(retracted_at=MOMENT.at)
    assert Client().get(f"/verify/{certificate.code}/").status_code == 404
    assert Client().get(f"/certificates/{certificate.code}.pdf").status_code == 404


def test_somebody_elses_course_page_does_not_lead_to_it(certificate):
    assert certificate.code not in signed_in_as(HUGO).get("/learn/option-a/").content.decode()
    assert certificate.code in signed_in_as(INES).get("/learn/option-a/").content.decode()
