"""Is this certificate genuine? Anyone may ask; the answer is a name, a course and a date (row B18)."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.core.errors import Refusal
from upstander.delivery import catalogue
from upstander.queries.doors.learner import certificate_by_code


def read_code(typed: str) -> str:
    """A code as people type it (any case, with or without hyphens and spaces) as it is kept."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())[:24]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """The form that takes a code."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return render(request, "public/verify.html", {"typed": ""})
    code = read_code(typed)
    return redirect("verify", code=code) if code else render(request, "public/verify.html", {"typed": typed})


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind a code; an unknown one is answered on the form, with status 404."""
    try:
        certificate = certificate_by_code(read_code(code))
    except Http404:
        return render(request, "public/verify.html", {"typed": code[:40], "unknown": True}, status=404)
    completion = certificate.completion
    lang = (get_language() or "en").split("-")[0]
    try:
        title = catalogue.course(completion.course_key, lang).title
    except Refusal:
        title = completion.course_key
    context = {"certificate": certificate, "completion": completion, "title": title}
    response = render(request, "public/verify_answer.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
