"""The demo's mailbox: every message as it went, like in a mail program; it exists in the demo alone."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.models import Notice
from upstander.queries.sent_notices import mailbox

ON_A_PAGE = 25


@never_cache
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The list, newest first; `to` narrows it to one addressee, `page` turns the pages."""
    return render(request, "public/mailbox.html", _listed(request))


@never_cache
@require_safe
def message(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One message beside the list, as HTML or (`as=text`) as the plain text that goes first."""
    found = mailbox().filter(pk=notice_id).first()
    if found is None:
        raise Http404
    plain = request.GET.get("as") == "text"
    context = {**_listed(request), "message": found, "plain": plain, "body": "" if plain else _body(found)}
    return render(request, "public/mailbox.html", context)


def _listed(request: HttpRequest) -> dict:
    to = request.GET.get("to", "").strip()[:100]
    page = Paginator(mailbox(to), ON_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "to": to, "mine": getattr(request.user, "person", None)}


def _body(notice: Notice) -> str:
    """What stands between the body's tags: made by our own templates, which escape what people have written."""
    _, _, rest = notice.body_html.partition("<body>")
    return mark_safe(rest.partition("</body>")[0])
