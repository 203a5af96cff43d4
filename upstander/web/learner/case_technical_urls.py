"""The address at which somebody says that something does not work; it stands before those of the other kinds."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.learner import case_technical

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/technical/", case_technical.technical, name="ask-technical"),
]
