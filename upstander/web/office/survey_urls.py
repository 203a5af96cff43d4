"""Addresses of the survey at the office."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.office import survey

urlpatterns: list[URLPattern | URLResolver] = [
    path("survey/", survey.surveys, name="office-survey"),
    path("survey/export/", survey.export_file, name="office-survey-export"),
    path("survey/tables/", survey.tables, name="office-survey-tables"),
]
