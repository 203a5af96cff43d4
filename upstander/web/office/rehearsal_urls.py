"""Addresses of the rehearsals of one programme."""

from django.urls import URLPattern, path

from upstander.web.office import rehearsal

urlpatterns: list[URLPattern] = [
    path("", rehearsal.ask, name="office-rehearse"),
    path("<uuid:rehearsal_id>/", rehearsal.show, name="office-rehearsal"),
    path("<uuid:rehearsal_id>/people/<slug:which>/", rehearsal.people, name="office-rehearsal-people"),
    path("<uuid:rehearsal_id>/<slug:which>.csv", rehearsal.people_file, name="office-rehearsal-file"),
]
