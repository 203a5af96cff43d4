"""Addresses of what the office has arranged: the reader's own, and of those whom they help."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.learner import arrangements

urlpatterns: list[URLPattern | URLResolver] = [
    path("arrangements/<uuid:arrangement_id>/", arrangements.arrangement, name="arrangement"),
    path("arrangements/<uuid:arrangement_id>/entry.ics", arrangements.calendar, name="arrangement-calendar"),
    path("arrangements/<uuid:arrangement_id>/review/<slug:number>/", arrangements.review, name="arrangement-review"),
    path("helping/", arrangements.helping, name="helping"),
    path("helping/<uuid:arrangement_id>/sheet.pdf", arrangements.helping_sheet, name="helping-sheet"),
    path("helping/<uuid:arrangement_id>/course.pdf", arrangements.helping_course, name="helping-course"),
]
