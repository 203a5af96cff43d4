"""What was posted when the session had ended waits, at most an hour, for the same reader to sign in (row A06).

Only for pages without scripts; with them the device keeps it. It waits in the anonymous session on the server, never
in an address or a log, and only if the page's signed mark says that a signed-in reader had opened it.
"""

from copy import copy

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

KEPT_SECONDS = 60 * 60
LARGEST_BYTES = 4096
_NAME = "kept_post"
_SIGNER = Signer(salt="upstander.web.kept_post")


def mark_of(enrolment_id: object) -> str:
    """The mark that a page's forms carry: whose course it is, signed."""
    return _SIGNER.sign(str(enrolment_id))


def marked(mark: str) -> str | None:
    """The enrolment that a mark names; None where we did not sign it."""
    try:
        return _SIGNER.unsign(mark)
    except BadSignature:
        return None


def keep(request: HttpRequest) -> HttpResponse:
    """Keeps the post for the reader who signs in now, and leads to the sign-in, which returns to the same place."""
    posted = request.POST.copy()
    posted.pop("csrfmiddlewaretoken", None)
    posted["given"] = str(int(request.moment.at.timestamp() * 1000))
    text = posted.urlencode()
    if marked(posted.get("mark", "")) and len(text) <= LARGEST_BYTES:
        at = int(request.moment.at.timestamp())
        request.session[_NAME] = {"path": request.path, "posted": text, "at": at}
        request.session.set_expiry(KEPT_SECONDS)
        messages.info(request, _("Your session had ended. What you chose is kept: sign in, and it is counted."))
    else:
        messages.info(request, _("Your session had ended, and what you chose last was not kept. Sign in to go on."))
    return redirect_to_login(request.path)


def take(request: HttpRequest) -> HttpRequest | None:
    """The request as it would be with what was kept for this place, once; None where nothing was, or for too long.

    Whose it is the page checks by the mark, as with every post.
    """
    kept = request.session.get(_NAME)
    if kept is None or request.method != "GET":
        return None
    del request.session[_NAME]
    if kept["path"] != request.path or request.moment.at.timestamp() - kept["at"] > KEPT_SECONDS:
        return None
    again = copy(request)
    again.method = "POST"
    again.POST = QueryDict(kept["posted"])
    return again


def signed_in_now(request: HttpRequest) -> None:
    """The hour ends with the sign-in: the session lasts as long as any other."""
    if _NAME in request.session:
        request.session.set_expiry(0)
