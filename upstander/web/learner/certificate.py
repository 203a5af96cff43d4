"""The certificate as a PDF, for whoever holds its unguessable code (row B18)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.delivery import catalogue
from upstander.queries.doors.learner import certificate_by_code
from upstander.words.certificate import Printed, certificate_pdf


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The tagged PDF in the reader's language."""
    row = certificate_by_code(code)
    lang = (get_language() or "en").split("-")[0]
    printed = Printed(
        name=row.completion.person.called,
        course=catalogue.title_of(row.completion.course_key, lang),
        edition=row.completion.edition,
        completed_on=row.completion.completed_on,
        institution=settings.INSTITUTION["name"],
        office=settings.INSTITUTION["office"].get(lang, settings.INSTITUTION["office"]["en"])["name"],
        code=row.code,
        address=settings.BASE_URL + reverse("verify", args=[row.code]),
    )
    response = HttpResponse(certificate_pdf(printed, lang), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{row.code}.pdf"'
    return response
