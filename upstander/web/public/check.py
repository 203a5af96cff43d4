"""Is this message genuine? Anyone may ask by its code; the answer tells what was sent, when and to whom, masked."""

import re

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.core.decision import SETTLED
from upstander.core.errors import Refusal
from upstander.models import Notice
from upstander.notices.registry import NOTICES, called
from upstander.queries.programmes import published
from upstander.queries.sent_notices import notice_by_code

LETTERS = 12
#: Codes that we do not know, from one address, within the time; then everybody there waits a little.
MISSES, WITHIN_SECONDS = 30, 300


def read_code(typed: str) -> str:
    """A code as people type it (any case, with or without hyphens and spaces) as it is kept."""
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())[: 2 * LETTERS]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def masked(address: str) -> str:
    """An address that its owner recognises and nobody else can read: i•••@a•••.example."""
    name, _, host = address.partition("@")
    domain, _, last = host.rpartition(".")
    return f"{name[:1]}•••@{domain[:1]}•••.{last}"


@never_cache
@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """The form that takes a code."""
    typed = request.GET.get("code", "").strip()
    code = read_code(typed)
    if code:
        return redirect("check", code=code)
    return render(request, "public/check.html", {"typed": typed[:40], "empty": "code" in request.GET})


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind a code; an unknown one is answered on the form, with status 404; many of them with 429.

    Of a code that is not whole nothing is looked up, and nothing said of the message: it was typed by halves.
    """
    count = len(read_code(code).replace("-", ""))
    if count != LETTERS:
        return render(request, "public/check.html", {"typed": code[:40], "count": count}, status=404)
    key = f"check-misses:{get_adapter().get_client_ip(request)}"
    if (cache.get(key) or 0) >= MISSES:
        return render(request, "public/429.html", status=429)
    notice = notice_by_code(read_code(code))
    if notice is None:
        cache.add(key, 0, WITHIN_SECONDS)
        cache.incr(key)
        return render(request, "public/check.html", {"typed": code[:40], "unknown": True}, status=404)
    response = render(request, "public/check_answer.html", _answer(notice))
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(notice: Notice) -> dict:
    """What anybody may read who holds the code; of a case, a seat or what somebody was granted only that it is ours."""
    context = {
        "notice": notice,
        "kind": called(notice.kind),
        "at": notice.sent_at or notice.claimed_at or notice.planned_at,
        "to": masked(notice.address),
    }
    if not _speaks_of_a_duty(notice.kind):
        return context
    title, office = _programme(notice)
    told = {
        "title": title,
        "subject": notice.subject,
        "then": _then(notice.state_at_dispatch),
        "asks": notice.state_at_dispatch not in SETTLED,
        "crossed": notice.crossed,
    }
    return {**context, **told, "office": office} if office else {**context, **told}


def _speaks_of_a_duty(kind: str) -> bool:
    """Whether the message is of the plain kinds about its reader's duty: asked of many, or confirmed to them."""
    found = next((notice.kind for notice in NOTICES if notice.kind.key == kind), None)
    return found is not None and found.of_duty and not (found.asks and found.at_once)


def _programme(notice: Notice) -> tuple[str, dict | None]:
    language = get_language() or "en"
    try:
        rules = published(notice.programme_id)
    except Refusal:
        return settings.INSTITUTION["name"], None
    return rules.title.get(language) or rules.title["en"], rules.office.get(language) or rules.office.get("en")


def _then(state: str) -> str:
    """What the record said when the message went, without how or why."""
    if state in SETTLED:
        return gettext("Nothing was left to do.")
    return gettext("The training was not finished.")
