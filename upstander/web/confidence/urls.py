"""Addresses of the custodians' pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.confidence import case, decide, file, queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.index, name="confidence"),
    path("<uuid:case_id>/", case.case, name="confidence-case"),
    path("<uuid:case_id>/files/<uuid:file_id>/", file.file, name="confidence-case-file"),
    path("<uuid:case_id>/files/<uuid:file_id>/remove/", file.remove, name="confidence-case-file-remove"),
    path("<uuid:case_id>/done/", decide.done, name="confidence-done"),
    path("<uuid:case_id>/date/", decide.date, name="confidence-date"),
]
