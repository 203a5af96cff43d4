"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.public import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
