"""The pages for what goes wrong: what happened, what was kept, what to do, whom to call."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from upstander.actions.codes import new_code
from upstander.web.context import words_of_institution
from upstander.web.technical import page_of, report_address

#: Two groups of four: short enough to read out.
NUMBER_GROUPS = 2


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or not this reader's: the two are not told apart."""
    return render(request, "public/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "public/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("public/400.html", words_of_institution()), status=400)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its proof of origin: nothing was stored, and the reader can go back to it."""
    return render(request, "public/form_expired.html", status=403)


def page_for_405(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Gives a reader who opens the address of a form's step, as after signing in again, a page instead of nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code != 405 or answer.content or "text/html" not in request.headers.get("accept", ""):
            return answer
        page = render(request, "public/405.html", status=405)
        page["Allow"] = answer["Allow"]
        return page

    return middleware


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke: this page asks nothing of the database, the session or the reader.

    Its number stands in the log too, in the line that says what broke.
    """
    request.error_number = number = new_code(NUMBER_GROUPS)
    try:
        told = {"number": number, "report": report_address(page_of(request), number)}
        page = render_to_string("public/500.html", {**words_of_institution(), **told})
    except Exception:  # whatever broke the page before may break this one too; the reader still gets a sentence
        page = "Something went wrong on our side. / Algo falló de nuestro lado."
    return HttpResponse(page, status=500)
