"""Addresses of the guide to computer problems."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.public import trouble

urlpatterns: list[URLPattern | URLResolver] = [
    path("trouble/", trouble.trouble, name="trouble"),
    path("trouble.pdf", trouble.pdf, name="trouble-file"),
    path("trouble/echo/", trouble.echo, name="trouble-echo"),
    path("trouble/sample/", trouble.sample, name="trouble-sample"),
]
