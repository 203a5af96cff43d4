"""When something does not work: the guide, its PDF, and the report with the facts that are let go (A02, B21)."""

import io
import logging
import re
from html import unescape
from urllib.parse import quote

import pdfua
import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.test import Client

from tests.cast import INES, KENJI, MEI, MOMENT
from tests.staff import signed_in_as
from upstander.actions.sending import Subject
from upstander.config.error_number import ErrorNumber
from upstander.core.browser import PLATFORMS
from upstander.models import Case, Standing
from upstander.notices.added.notice import ADDED
from upstander.notices.letter import Writer
from upstander.notices.overdue.notice import OVERDUE
from upstander.notices.reminder.notice import REMINDER
from upstander.queries.programmes import published
from upstander.words.trouble import checks, problems, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)


def text_of(answer) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def read(address: str, person_id: str = "", lang: str = "en", agent: str = FIREFOX) -> str:
    client = signed_in_as(person_id) if person_id else Client()
    client.cookies["upstander_language"] = lang
    answer = client.get(address, headers={"user-agent": agent, "accept-language": "fr-CA,fr;q=0.9"})
    assert answer.status_code == 200, address
    return text_of(answer)


def facts_in(page: str) -> dict[str, str]:
    """The facts that the page offers with a value, by their boxes."""
    boxes = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)"( checked)?', page)
    return {name: value for name, value, checked in boxes if value and checked}


def sent(person_id: str = INES, **given: str) -> Case:
    answer = signed_in_as(person_id).post("/ask/technical/", {"programme": "page-b", "note": "Black film.", **given})
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(pk=answer.url.strip("/").rpartition("/")[2])


def shape(part) -> object:
    """The keys and the lengths of lists, without the words."""
    if isinstance(part, dict):
        return {key: value if key == "key" else shape(value) for key, value in part.items()}
    if isinstance(part, list):
        return [shape(one) for one in part]
    return sorted(re.findall(r"\{\w+\}", part))


@pytest.mark.row("A02", "A15")
def test_the_guide_says_the_same_in_both_languages():
    assert shape(texts("en")) == shape(texts("es"))
    for lang in ("en", "es"):
        for platform in PLATFORMS:
            assert all(len(steps.lines) > 1 for check in checks(lang, platform) for steps in check.mended_by)


@pytest.mark.row("A02")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_whoever_has_no_scripts_reads_what_is_looked_at_and_every_step(lang):
    page = read("/trouble/", lang=lang)
    assert "<noscript>" in page
    for check in checks(lang, "firefox"):
        assert check.title in page and check.why in page
        assert all(line in page for steps in check.mended_by for line in steps.lines)
    for problem in problems(lang):
        assert problem.title in page and all(step in page for step in problem.steps)


@pytest.mark.row("A02")
@pytest.mark.parametrize(
    ("agent", "query", "said"),
    [
        (FIREFOX, "", "Firefox on a computer"),
        (IPHONE, "", "iPhone or iPad"),
        (IPHONE, "?browser=chrome-android", "Chrome on Android"),
        (IPHONE, "?browser=lynx", "iPhone or iPad"),
    ],
)
def test_the_steps_are_those_of_the_browser_in_use_or_of_a_chosen_one(agent, query, said):
    assert f"The steps are for {said}." in read(f"/trouble/{query}", agent=agent)


@pytest.mark.row("A02", "A15")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_guide_is_a_tagged_pdf_in_the_readers_language(lang, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client = Client()
    client.cookies["upstander_language"] = lang
    answer = client.get("/trouble.pdf")
    assert answer["Content-Type"] == "application/pdf"
    path = tmp_path / "guide.pdf"
    path.write_bytes(answer.content)
    assert list(pdfua.validate(path).findings) == []
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == lang
        assert str(pdf.docinfo["/Title"]) == texts(lang)["title"]
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    for problem in problems(lang):
        assert problem.title in said
    assert settings.INSTITUTION["office"]["phone"] in said


def test_the_clock_and_the_sample_are_kept_by_nobody():
    for address in ("/trouble/echo/", "/trouble/sample/"):
        assert "no-store" in Client().get(address)["Cache-Control"]
    assert Client().get("/trouble/echo/").json()["now"] == 1611154800000


@pytest.mark.row("B21")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_the_server_knows_is_offered_line_by_line_with_a_box_each(lang):
    offered = facts_in(read("/ask/technical/?from=/learn/option-a/&error=ABCD-2345", INES, lang))
    assert offered["browser"] == "Firefox 128" and offered["system"] == "Linux"
    assert offered["page"] == "/learn/option-a/" and offered["error"] == "ABCD-2345"
    assert offered["language"] == f"{lang} / fr-CA" and "2021" in offered["time"]
    assert not {"window", "zoom", "connection", "checks"} & set(offered)


@pytest.mark.row("B21")
def test_only_what_was_let_go_is_kept_and_the_office_reads_it_as_a_table():
    case = sent(browser="Firefox 128", window="360 by 800 points")
    assert case.asked == {"note": "Black film.", "browser": "Firefox 128", "window": "360 by 800 points"}
    assert (case.kind, case.programme_id, case.cycle, case.rests_reminders) == ("technical", "page-b", "2020-21", False)
    page = read(f"/office/cases/{case.pk}/", MEI)
    assert '<th scope="row">Browser</th><td>Firefox 128</td>' in page
    assert '<th scope="row">System</th>' not in page
    assert "Firefox 128" in read(f"/cases/{case.pk}/", INES)


@pytest.mark.row("B21")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/learn/option-a/?token=1", "/learn/option-a/"),
        ("/cases/5f0c1d2e-0000-4000-8000-000000000001/", "/cases/…/"),
        ("/account/invitation/Zx81kfu2Qpo0aalwu2ndkq19/", "/account/invitation/…/"),
        ("/verify/ABCD-EFGH-JKLM-NPQR/", "/verify/…/"),
        ("javascript:alert(1)", ""),
        ("/people/10000001/", "/people/…/"),
    ],
)
def test_an_address_goes_without_ids_codes_and_queries(given, kept):
    assert sent(page=given).asked.get("page", "") == kept


@pytest.mark.row("B21")
def test_a_report_without_words_is_refused_and_what_was_struck_stays_struck():
    answer = signed_in_as(INES).post("/ask/technical/", {"programme": "page-b", "note": "", "browser": "Firefox 128"})
    page = text_of(answer)
    assert answer.status_code == 200 and "error-summary" in page and not Case.objects.exists()
    assert set(facts_in(page)) & {"browser", "system", "time"} == {"browser"}


@pytest.mark.row("B21")
def test_whoever_has_signed_out_meanwhile_keeps_their_words_and_sends_nothing():
    page = text_of(Client().post("/ask/technical/", {"note": "Typed with care."}))
    assert "Typed with care." in page and not Case.objects.exists()


@pytest.mark.row("B21", "A17")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_visitor_sees_the_facts_to_copy_and_whom_to_call(lang, settings):
    page = read("/ask/technical/?from=/account/login/", lang=lang)
    assert "Firefox 128" in page and "/account/login/" in page and settings.INSTITUTION["office"]["phone"] in page
    assert 'method="post" novalidate' not in page


@pytest.mark.row("B21")
def test_somebody_to_whom_nothing_is_asked_can_report_too():
    assert sent(KENJI).person_id == KENJI


@pytest.mark.row("B21")
@pytest.mark.parametrize(
    ("address", "person_id", "page"),
    [
        ("/my-training/", INES, "/my-training/"),
        ("/account/login/?next=/cases/", "", "/account/login/"),
        ("/help/page-b/", INES, "/help/page-b/"),
        ("/verify/INES-CERT-2345-6789/", "", "/verify/…/"),
        ("/no/such/page/", INES, "/no/…"),
        ("/courses/", INES, "/courses/"),
    ],
)
def test_every_page_and_error_leads_to_the_report_with_its_own_address(address, person_id, page):
    client = signed_in_as(person_id) if person_id else Client()
    shown = text_of(client.get(address))
    assert f'href="/ask/technical/?from={quote(page, safe="")}"' in shown


@pytest.mark.row("B21", "B15")
def test_a_page_that_tells_something_of_its_reader_is_not_named():
    assert 'href="/ask/technical/"' in text_of(signed_in_as(INES).get("/support/?course=option-a"))


@pytest.mark.row("B21", "A17")
def test_the_number_of_an_error_stands_on_its_page_and_in_the_log(monkeypatch, caplog, settings):
    def broken(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("upstander.web.public.schedule.published", broken)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.ERROR, logger="django.request"):
        caplog.handler.addFilter(ErrorNumber())
        answer = client.get("/programmes/page-b/schedule/")
    page = text_of(answer)
    number = re.search(r">([2-9A-Z]{4}-[2-9A-Z]{4})</strong>", page)[1]
    assert answer.status_code == 500
    assert f"error={number}" in page and settings.INSTITUTION["office"]["phone"] in page
    assert any(number in record.getMessage() for record in caplog.records)


@pytest.mark.row("A02")
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_letter_leads_to_the_guide(lang):
    standing = Standing.objects.get(person_id=INES, programme_id="page-b")
    about = Subject(standing.person, standing, published("page-b"), lang, "ABCD", MOMENT, {})
    for kind in (ADDED, REMINDER, OVERDUE):
        letter = Writer(kind, lambda key, lang: None).compose(about)
        assert f"{settings.BASE_URL}/trouble/" in letter.text, kind
        assert f'href="{settings.BASE_URL}/trouble/"' in letter.html, kind
