"""Addresses of arrangements and of sheets on paper at the office."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.office import arrangement_paper, arrangements

urlpatterns: list[URLPattern | URLResolver] = [
    path("arrangements/", arrangements.index, name="office-arrangements"),
    path("arrangements/<uuid:arrangement_id>/", arrangements.arrangement, name="office-arrangement"),
    path("arrangements/<uuid:arrangement_id>/sheet.pdf", arrangements.sheet, name="office-arrangement-sheet"),
    path("arrangements/<uuid:arrangement_id>/course.pdf", arrangements.course, name="office-arrangement-course"),
    path("people/<int:standing_id>/arrange/", arrangements.new, name="office-arrange"),
    path("paper/", arrangement_paper.paper, name="office-paper"),
    path("paper/<slug:number>/", arrangement_paper.sheet, name="office-paper-sheet"),
]
