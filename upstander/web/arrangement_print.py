"""What is printed for an arrangement: the course on paper and its sheet of questions, for the office and the helper."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from upstander.actions.paper import form_of
from upstander.core.duty import default_duty
from upstander.delivery import catalogue
from upstander.delivery.native.paper import as_data, paper
from upstander.delivery.native.pieces import Course
from upstander.delivery.native.sheet import sheet_data
from upstander.models import Arrangement, PaperSheet
from upstander.queries.arrangements import open_sheet
from upstander.queries.doors.learner import held_by
from upstander.web.contact import contact_lines
from upstander.words.arrangement_sheet import Sheet, sheet_pdf
from upstander.words.course_verdicts import VERDICT_WORDS
from upstander.words.reading_paper import labels, paper_pdf


def course_file(found: Arrangement) -> HttpResponse:
    """The whole course in the language of the arrangement, speaking to the person's own duty to report."""
    course = _course(found, found)
    lang = course.lang
    with override(lang):
        data = as_data(paper(course, default_duty(held_by(found.person)), VERDICT_WORDS))
    data |= {"words": labels(lang), "institution": settings.INSTITUTION["name"], "contact": contact_lines(lang)}
    return _pdf(paper_pdf(data), f"{course.key}-{lang}")


def sheet_file(request: HttpRequest, found: Arrangement, sheet: PaperSheet) -> HttpResponse:
    """The sheet as a PDF; `?print=large` in large print."""
    course = _course(found, sheet)
    printed = Sheet(
        number=sheet.number,
        course=course.title,
        institution=settings.INSTITUTION["name"],
        called=found.person.called,
        address=f"{settings.BASE_URL}{reverse('office-paper-sheet', args=[sheet.number])}",
        contact=contact_lines(course.lang)[:1],
        printed_at=sheet.printed_at,
        large=request.GET.get("print") == "large",
    )
    return _pdf(sheet_pdf(printed, sheet_data(course, form_of(sheet)), course.lang), f"sheet-{sheet.number}")


def waiting_sheet(found: Arrangement) -> PaperSheet | None:
    """The sheet that can be printed again until it is keyed."""
    return open_sheet(found)


def _course(found: Arrangement, of: Arrangement | PaperSheet) -> Course:
    edition = of.edition if isinstance(of, PaperSheet) else ""
    return catalogue.edition(found.course_key, of.language, edition)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
