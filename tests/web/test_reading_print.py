"""The course on paper: whole, in reading order, the answers apart, as a page and as a tagged PDF."""

import io
import re
from types import SimpleNamespace

import pdfua
import pikepdf
import pypdf
import pytest

from tests.cast import INES, MOMENT
from tests.learners import lay_out
from tests.staff import open_office, signed_in_as
from upstander.web import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.row("A07", "A15")]


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings, monkeypatch):
    """The tiny course under the keys of the two programmes, on the day of the cast; a folder for what is kept."""
    settings.CONTENT_ROOT = lay_out(tmp_path / "content", "core", "option-a")
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(middleware, "timezone", SimpleNamespace(now=lambda: MOMENT.at))
    open_office()


@pytest.fixture
def ines():
    return signed_in_as(INES)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def in_order(page: str, *said: str) -> bool:
    places = [page.find(one) for one in said]
    return -1 not in places and places == sorted(places)


def test_the_page_holds_the_whole_course_in_reading_order_with_the_answers_at_the_end(ines):
    page = text(ines.get("/learn/option-a/print/"))
    page = page[page.index("<article") :]
    assert in_order(
        page, "Nothing here is graphic.", "Know the tiny policy", "A <em>word</em>", "One thing to keep.",
        "A text to open.", "Dario stays behind", "Of course.", "<svg", "Two and two.", "Count something this week.",
        "A promise costs trust.", "Dario can decide.", "One too many.", 'id="turn"',
    )  # fmt: skip


def test_the_assessment_is_not_on_paper(ines):
    page = text(ines.get("/learn/option-a/print/"))
    assert "The questions at the end of the course are not in this edition." in page


@pytest.mark.parametrize(("duty", "said"), [("required", "You must share it."), ("exempt", "You keep it.")])
def test_what_is_said_speaks_to_the_duty_it_is_printed_for(ines, duty, said):
    page = text(ines.get("/learn/option-a/print/", {"duty": duty}))
    others = {"You must share it.", "You are urged to share it.", "You keep it."} - {said}
    assert said in page
    assert not any(other in page for other in others)


@pytest.mark.parametrize(
    ("lang", "title", "labels"),
    [("en", "A tiny course", ("To remember", "Scenario 1", "Where to turn")),
     ("es", "Un curso diminuto", ("Para recordar", "Situación 1", "A quién acudir"))],
)  # fmt: skip
def test_the_pdf_is_tagged_titled_in_the_readers_language_and_has_bookmarks(ines, tmp_path, lang, title, labels):
    ines.cookies["upstander_language"] = lang
    response = ines.get("/learn/option-a/print.pdf")
    assert response["Content-Type"] == "application/pdf"
    path = tmp_path / "course.pdf"
    path.write_bytes(response.content)
    assert list(pdfua.validate(path).findings) == []
    with pikepdf.open(path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == lang
        assert str(pdf.docinfo["/Title"]) == title
        with pdf.open_outline() as outline:
            assert len(outline.root) >= 3
    said = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    for label in labels:
        assert label in said


def test_the_same_course_is_made_into_a_pdf_once(ines, tmp_path):
    first = ines.get("/learn/option-a/print.pdf").content
    made = list((tmp_path / "paper").iterdir())
    assert len(made) == 1
    made[0].write_bytes(b"kept")
    assert ines.get("/learn/option-a/print.pdf").content == b"kept"
    assert first.startswith(b"%PDF-")


def test_text_of_a_course_is_never_read_as_markup_by_the_printer(ines, settings):
    path = settings.CONTENT_ROOT / "option-a" / "en" / "one.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Before the story.", "#panic() $x$ [a] \\ @b <c> `d`"), "utf-8"
    )
    course = settings.CONTENT_ROOT / "option-a" / "course.toml"
    course.touch()
    response = ines.get("/learn/option-a/print.pdf")
    assert response.content.startswith(b"%PDF-")
