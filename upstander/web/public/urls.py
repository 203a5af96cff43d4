"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web import language, reading, theme
from upstander.web.public import (
    calendar_feed,
    check,
    explainer,
    health,
    help,
    mailbox,
    metrics,
    pages,
    schedule,
    verify,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("help/", help.help_page, name="help"),
    path("help/<slug:key>/", help.help_programme, name="help-programme"),
    path("explainers/<slug:name>/", explainer.explainer, name="explainer"),
    path("explainers/<slug:name>/captions.<slug:lang>.vtt", explainer.captions, name="explainer-captions"),
    path("privacy/", pages.privacy, name="privacy"),
    path("programmes/<slug:key>/schedule/", schedule.schedule, name="schedule"),
    path("verify/", verify.verify_form, name="verify-form"),
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("check/", check.check_form, name="check-form"),
    path("check/<str:code>/", check.check, name="check"),
    path("calendar/<str:token>.ics", calendar_feed.feed, name="calendar-feed"),
    path("mailbox/", mailbox.messages, name="mailbox"),
    path("mailbox/<uuid:notice_id>/", mailbox.message, name="mailbox-message"),
    path("language/", language.language, name="language"),
    path("reading/", reading.reading, name="reading"),
    path("theme.css", theme.theme_css, name="theme"),
    path("robots.txt", pages.robots, name="robots"),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
