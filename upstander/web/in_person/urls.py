"""Addresses of trainings in person: the catalogue, a date, its roster; and the office's desk."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.in_person import case_request, catalogue, desk, desk_session, feedback, roster

urlpatterns: list[URLPattern | URLResolver] = [
    path("in-person/", catalogue.catalogue, name="in-person"),
    path("in-person/<uuid:session_id>/", catalogue.session, name="in-person-session"),
    path("in-person/<uuid:session_id>/seat.ics", catalogue.calendar, name="in-person-calendar"),
    path("in-person/<uuid:session_id>/here/", roster.here, name="in-person-here"),
    path("in-person/<uuid:session_id>/code/", roster.code, name="in-person-code"),
    path("in-person/<uuid:session_id>/roster/", roster.roster, name="in-person-roster"),
    path("in-person/<uuid:session_id>/feedback/", feedback.feedback, name="in-person-feedback"),
    path("office/in-person/", desk.desk, name="office-in-person"),
    path("office/in-person/new/", desk.new_offer, name="office-in-person-new"),
    path("office/in-person/requests/<uuid:case_id>/", case_request.from_request, name="office-in-person-request"),
    path("office/in-person/<slug:key>/", desk.offer, name="office-in-person-offer"),
    path("office/in-person/<slug:key>/date/", desk_session.new_date, name="office-in-person-date"),
    path("office/in-person/dates/<uuid:session_id>/", desk_session.date, name="office-in-person-session"),
    path("office/in-person/dates/<uuid:session_id>/feedback/", feedback.results, name="office-in-person-feedback"),
    path(
        "office/in-person/dates/<uuid:session_id>/roster.<slug:kind>",
        desk_session.roster_file,
        name="office-in-person-roster-file",
    ),
]
