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
from upstander.queries.programmes import all_published
from upstander.queries.standings import counted_in


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Standings and notices by state, jobs waiting and failed; 404 without a token set, or without the right one."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    standings = Gauge("upstander_standings", "Stored standings", ["programme", "cycle", "state"], registry=registry)
    each_their_own = [rules.key for rules in all_published() if rules.has_own_cycles]
    shown = Standing.objects.exclude(programme_id__in=each_their_own, ongoing=False).annotate(counted_in=counted_in())
    counted = shown.order_by().values_list("programme_id", "counted_in", "state")
    for *labels, count in counted.annotate(count=Count("pk")):
        standings.labels(*labels).set(count)
    notices = Gauge("upstander_notices", "Notices in the outbox", ["kind", "state"], registry=registry)
    for *labels, count in Notice.objects.order_by().values_list("kind", "state").annotate(count=Count("pk")):
        notices.labels(*labels).set(count)
    Gauge("upstander_jobs_waiting", "Jobs in the queue", registry=registry).set(OrmQ.objects.count())
    Gauge("upstander_jobs_failed", "Jobs that failed and are kept", registry=registry).set(Failure.objects.count())
    return registry
