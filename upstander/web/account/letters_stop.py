"""Declining letters of a kind by the link in one of them: a page with a button, and one click by a mail program.

A GET changes nothing, for mail scanners follow every link. The POST needs no session and no cookie: the signed address
itself is what only the reader of that letter has (RFC 8058). The worst that somebody else could do with it is to stop
letters that may be declined.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from upstander.actions.declining import decline, want_again
from upstander.notices.registry import NOTICES, called
from upstander.queries.declining import declined_now, notice_to_stop
from upstander.words.wording_kinds import purpose_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What would stop, and the button; POST stops it, or starts it again where the page's button says so."""
    notice = notice_to_stop(token)
    kind = next((one.kind for one in NOTICES if one.kind.key == notice.kind), None)
    if kind is None or not kind.declinable:
        raise Http404
    if request.method == "POST":
        if request.POST.get("act") == "start":
            want_again(notice.person_id, kind.key, request.moment)
        else:
            decline(notice.person_id, kind, request.moment)
    context = {
        "called": called(kind.key),
        "purpose": purpose_of(kind.key),
        "stopped": declined_now().filter(person_id=notice.person_id, kind=kind.key).exists(),
        "acted": request.method == "POST",
    }
    answer = render(request, "account/letters_stop.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
