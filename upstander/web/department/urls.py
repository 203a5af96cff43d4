"""Addresses of the department pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.department import changes, facts, pages, reminding

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.first, name="department"),
    path("facts/", facts.facts, name="department-facts"),
    path("<slug:key>/", pages.department, name="department-programme"),
    path("<slug:key>/changes/", changes.changes, name="department-changes"),
    path("<slug:key>/remind/", reminding.remind, name="department-remind"),
    path("<slug:key>/people.<slug:kind>", pages.people_file, name="department-people-file"),
]
