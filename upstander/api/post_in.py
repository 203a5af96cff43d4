"""The door for a mail service: hands over what came back, as a whole message or as a list of events."""

import hmac
import json
from collections import Counter
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from upstander.actions.post import receive, receive_event
from upstander.core.post import LONGEST_MESSAGE_BYTES

#: A signature holds this long, before and after our own clock, and only once.
SIGNED_SECONDS = 300
MOST_EVENTS = 1_000
MESSAGES_A_MINUTE, REFUSED_A_MINUTE = 3_000, 60
SIGNATURE = "X-Upstander-Signature"
#: Refusals that pass by themselves.
_LATER = {429, 503}
_KINDS = ("message/rfc822", "application/json")


class _Problem(Exception):
    """A request that is answered by a problem (RFC 9457): its status and what it is called."""

    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.status, self.title = status, title


@csrf_exempt
@never_cache
def post_in(request: HttpRequest) -> HttpResponse:
    """Takes in a message (message/rfc822) or events ([{type, message_id, status, at}]); 404 where no token is set.

    By a bearer token, or by a signature "t=SECONDS,v1=HEX" over "SECONDS.BODY", which is taken once.
    """
    if not settings.MAIL_IN_TOKEN:
        raise Http404
    try:
        body = _body(request)
        return JsonResponse(_taken(request, body))
    except _Problem as problem:
        return _answer(problem.status, problem.title)
    except DatabaseError:
        _forget(request)
        return _answer(503, "The database does not answer; try again.")
    except Exception:
        _forget(request)
        raise


def _answer(status: int, title: str) -> HttpResponse:
    told = {"type": "about:blank", "title": title, "status": status}
    answer = JsonResponse(told, status=status, content_type="application/problem+json")
    if status in _LATER:
        answer["Retry-After"] = "60"
    return answer


def _body(request: HttpRequest) -> bytes:
    """The body of a request that may speak to us; its size is looked at before anything of it is read."""
    if request.method != "POST":
        raise _Problem(405, "Only POST.")
    if request.content_type not in _KINDS:
        raise _Problem(415, f"Send {' or '.join(_KINDS)}.")
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise _Problem(411, "Say the length.")
    if int(length) > LONGEST_MESSAGE_BYTES:
        raise _Problem(413, "That is more than is read.")
    _not_too_often(request, f"refused:{_from(request)}", REFUSED_A_MINUTE, count=False)
    try:
        body = _signed(request) if SIGNATURE in request.headers else _with_token(request)
    except PermissionDenied as refused:
        _not_too_often(request, f"refused:{_from(request)}", REFUSED_A_MINUTE)
        raise _Problem(401, str(refused)) from None
    return body


def _with_token(request: HttpRequest) -> bytes:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), settings.MAIL_IN_TOKEN.encode()):
        raise PermissionDenied("The token is not the one that is set.")
    _not_too_often(request, "taken", MESSAGES_A_MINUTE)
    return request.read(LONGEST_MESSAGE_BYTES)


def _signed(request: HttpRequest) -> bytes:
    said = dict(part.strip().partition("=")[::2] for part in request.headers[SIGNATURE].split(","))
    at, seal = said.get("t", ""), said.get("v1", "")
    if not at.isascii() or not at.isdigit() or abs(request.moment.at.timestamp() - int(at[:12])) > SIGNED_SECONDS:
        raise PermissionDenied("The signature is too old, or its clock goes wrong.")
    body = request.read(LONGEST_MESSAGE_BYTES)
    wanted = hmac.new(settings.MAIL_IN_TOKEN.encode(), at.encode() + b"." + body, sha256).hexdigest()
    if not hmac.compare_digest(seal.encode(), wanted.encode()):
        raise PermissionDenied("The signature is not of this body.")
    _not_too_often(request, "taken", MESSAGES_A_MINUTE)  # before the mark: what is put off comes again as it is
    if not cache.add(_mark(seal), 1, 2 * SIGNED_SECONDS):
        raise _Problem(409, "This was taken in already.")
    return body


def _mark(seal: str) -> str:
    return f"post-in:{seal}"


def _forget(request: HttpRequest) -> None:
    """Lets a request that failed by us come again under the same signature."""
    seal = request.headers.get(SIGNATURE, "").partition("v1=")[2].partition(",")[0].strip()
    if seal:
        try:
            cache.delete(_mark(seal))
        except DatabaseError:
            return


def _from(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _not_too_often(request: HttpRequest, what: str, most: int, count: bool = True) -> None:
    """Refuses what comes too often within a minute."""
    key = f"post-in:{what}:{request.moment.at:%Y%m%d%H%M}"
    if count:
        cache.add(key, 0, 120)
        number = cache.incr(key)
    else:
        number = cache.get(key, 0)
    if number > most:
        raise _Problem(429, "Too many within a minute.")


def _taken(request: HttpRequest, body: bytes) -> dict:
    if request.content_type == "message/rfc822":
        return {"was": receive(body, request.moment)}
    try:
        events = json.loads(body)
    except (ValueError, RecursionError):
        raise _Problem(400, "That is no JSON.") from None
    events = [events] if isinstance(events, dict) else events
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise _Problem(400, "Send one event, or a list of events.")
    if len(events) > MOST_EVENTS:
        raise _Problem(413, f"At most {MOST_EVENTS} events at once.")
    return {"were": Counter(receive_event(event, request.moment) for event in events)}
