"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web import language, theme
from upstander.web.public import health, metrics, pages, schedule, verify

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("programmes/<slug:key>/schedule/", schedule.schedule, name="schedule"),
    path("verify/", verify.verify_form, name="verify-form"),
    path("verify/<str:code>/", verify.verify, name="verify"),
    path("language/", language.language, name="language"),
    path("theme.css", theme.theme_css, name="theme"),
    path("robots.txt", pages.robots, name="robots"),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
