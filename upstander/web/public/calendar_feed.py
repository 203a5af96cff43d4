"""A person's feed of dates for their calendar program: behind an address that only they know, without a sign-in."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from upstander.actions.standing import refresh
from upstander.core.programme import Programme
from upstander.delivery import catalogue
from upstander.models import Arrangement, Person, TrainingSession
from upstander.queries.calendar_feeds import (
    arrangements_ahead,
    digest_of,
    language_of,
    owner_of_feed,
    seats_ahead,
    to_be_done,
)
from upstander.queries.plan import duties_of
from upstander.queries.programmes import in_force
from upstander.web.language import offered
from upstander.web.people import in_words, language
from upstander.words.calendar import CONTENT_TYPE, Entry, feed_text
from upstander.words.calendar_titles import appointment, feed_name, last_day

#: How often calendar programs are asked to look again, and how often one address may be read within the hour.
REFRESH, READS, WITHIN_SECONDS = timedelta(hours=12), 60, 3_600
#: Addresses that we do not know, from one place, within the time.
MISSES, MISSES_SECONDS = 30, 300
_REMEMBERED_SECONDS = 90 * 86_400
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@csrf_exempt  # a program that tries other verbs first is told which there are
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What is still to be done by its last day, and the reader's seats and appointments by theirs: title and day only.

    404 for an address that was never made and for one that is ended alike; 304 where nothing changed since.
    """
    owner = owner_of_feed(token)
    if owner is None:
        place = get_adapter().get_client_ip(request)
        if _counted(f"calendar-misses:{place}", MISSES_SECONDS) > MISSES:
            return _too_many(request, MISSES_SECONDS)
        return render(request, "public/calendar_gone.html", status=404)
    digest = digest_of(token)
    if _counted(f"calendar-reads:{digest}", WITHIN_SECONDS) > READS:
        return _too_many(request, WITHIN_SECONDS)
    chosen = language_of(owner).split("-")[0]
    with override(chosen if offered(chosen) else settings.LANGUAGE_CODE):
        return _answered(request, digest, _dates(owner, request))


def _answered(request: HttpRequest, digest: str, dates: list[dict[str, Any]]) -> HttpResponse:
    made_of = _text(dates, _EVER)
    changed_at = _changed_at(digest, hashlib.sha256(made_of.encode()).hexdigest(), request.moment.at)
    text = _text(dates, changed_at)
    headers = {
        "ETag": f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"',
        "Last-Modified": http_date(changed_at.timestamp()),
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
    }
    answer = HttpResponse(text, content_type=CONTENT_TYPE, headers=headers)
    return get_conditional_response(request, headers["ETag"], int(changed_at.timestamp()), answer)


def _text(dates: list[dict[str, Any]], stamped_at: datetime) -> str:
    return feed_text([Entry(stamped_at=stamped_at, **one) for one in dates], feed_name(), REFRESH)


def _changed_at(digest: str, content: str, at: datetime) -> datetime:
    """Since when this feed has this content, as far as is remembered; else since now."""
    key, whole = f"calendar-feed:{digest}", at.replace(microsecond=0)
    kept = cache.get(key)
    if kept and kept["content"] == content:
        return datetime.fromisoformat(kept["at"])
    cache.set(key, {"content": content, "at": whole.isoformat()}, _REMEMBERED_SECONDS)
    return whole


def _dates(owner: Person, request: HttpRequest) -> list[dict[str, Any]]:
    """The entries, in the order of their days."""
    rules = {one.key: one for one in in_force()}
    refresh(owner.pk, request.moment, list(rules.values()))
    at = request.moment.at
    duties = to_be_done(duties_of(owner.pk, list(rules.values()), request.moment.day))
    found = [
        *(_due(one.pk, rules[one.programme_id], one.due_on) for one in duties),
        *(_seat(one.session, one.pk) for one in seats_ahead(owner.pk, at)),
        *(_arranged(one) for one in arrangements_ahead(owner.pk, at)),
    ]
    return sorted(found, key=lambda one: (one["on"], one["uid"]))


def _due(standing_id: int, rules: Programme, due_on: date) -> dict[str, Any]:
    title = last_day(in_words(rules.title))
    return _on(f"due-{standing_id}", title, due_on, f"/my-training/#{rules.key}")


def _seat(session: TrainingSession, seat_id: int) -> dict[str, Any]:
    words = session.offer.words.get(language()) or session.offer.words["en"]
    return _on(f"seat-{seat_id}", words["title"], _day(session.starts_at), f"/in-person/{session.pk}/")


def _arranged(arrangement: Arrangement) -> dict[str, Any]:
    title = appointment(catalogue.title_of(arrangement.course_key, language()))
    return _on(f"arrangement-{arrangement.pk}", title, _day(arrangement.starts_at), "/my-training/")


def _on(name: str, title: str, day: date, path: str) -> dict[str, Any]:
    return {"uid": f"{name}@upstander", "title": title, "on": day, "address": settings.BASE_URL + path}


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date()


def _counted(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    return cache.incr(key)


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = render(request, "public/429.html", status=429)
    answer["Retry-After"] = str(seconds)
    return answer
