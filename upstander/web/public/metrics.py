"""Figures for whoever watches the service: counts only, nothing about a person, behind a token."""

import hmac

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import Failure, OrmQ
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from upstander.models import Notice, Standing
from upstander.queries.messages import shown
from upstander.queries.post import mailbox_trouble
from upstander.queries.programmes import all_published
from upstander.queries.proof import alarm, last_walk, newest_rechecks, newest_seals
from upstander.queries.standings import counted_in


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Standings and notices by state, jobs waiting and failed; 404 without a token set, or without the right one.

    Letters about what is asked in confidence are not counted, nor those that wait past their day, for they may be put
    off in confidence: a figure that rises would tell that somebody asked.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    standings = Gauge("upstander_standings", "Stored standings", ["programme", "cycle", "state"], registry=registry)
    each_their_own = [rules.key for rules in all_published() if rules.has_own_cycles]
    ongoing = Standing.objects.exclude(programme_id__in=each_their_own, ongoing=False).annotate(counted_in=counted_in())
    counted = ongoing.order_by().values_list("programme_id", "counted_in", "state")
    for *labels, count in counted.annotate(count=Count("pk")):
        standings.labels(*labels).set(count)
    notices = Gauge("upstander_notices", "Notices in the outbox", ["kind", "state"], registry=registry)
    counted = shown(Notice.objects.all()).order_by().values_list("kind", "state")
    for *labels, count in counted.annotate(count=Count("pk")):
        notices.labels(*labels).set(count)
    Gauge("upstander_jobs_waiting", "Jobs in the queue", registry=registry).set(OrmQ.objects.count())
    Gauge("upstander_jobs_failed", "Jobs that failed and are kept", registry=registry).set(Failure.objects.count())
    if settings.MAILBOX is not None:
        failing = Gauge("upstander_mailbox_failing", "Whether the mailbox cannot be read", registry=registry)
        failing.set(mailbox_trouble() is not None)
    _prove(registry)
    return registry


def _prove(registry: CollectorRegistry) -> None:
    """What proves the record: how the last recheck and the last walk came out, and when the last seal was made."""
    rechecks, seals, walk = newest_rechecks(1), newest_seals(1), last_walk()
    figures = (
        ("recheck_checked", "Standings that the last recheck decided again", _first(rechecks, "checked")),
        ("recheck_differences", "Standings that the last recheck decided otherwise", _first(rechecks, "differing")),
        ("recheck_unseen", "Rechecks with differences that no officer has seen", alarm().rechecks),
        ("record_faults", "Places where the record does not match its seals", len(walk.faults) if walk else 0),
        ("recheck_timestamp_seconds", "When the last recheck was made", rechecks and rechecks[0].at.timestamp()),
        ("seal_timestamp_seconds", "When the last seal was made", seals and seals[0].made_at.timestamp()),
    )
    for name, said, value in figures:
        if value != []:
            Gauge(f"upstander_{name}", said, registry=registry).set(value)


def _first(rows: list, name: str) -> int:
    return getattr(rows[0], name) if rows else 0
