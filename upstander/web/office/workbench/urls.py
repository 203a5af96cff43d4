"""Addresses of the workbench, under those of the office."""

from django.urls import URLPattern, path

from upstander.web.office.workbench import (
    calendar,
    counting,
    difference_page,
    draft_page,
    live,
    part_page,
    people_effect,
    publish_page,
    versions_page,
)

urlpatterns: list[URLPattern] = [
    path("new-programme/", versions_page.new_programme, name="office-new-programme"),
    path("programmes/<slug:key>/versions/", versions_page.versions, name="office-versions"),
    path("versions/<int:version_id>.toml", draft_page.draft_file, name="office-version-file"),
    path("drafts/<int:version_id>/", draft_page.draft_page, name="office-draft"),
    path("drafts/<int:version_id>/parts/<slug:part>/", part_page.part_page, name="office-draft-part"),
    path("drafts/<int:version_id>/parts/<slug:part>/count/", live.live_count, name="office-draft-live"),
    path("drafts/<int:version_id>/calendar/", calendar.calendar, name="office-draft-calendar"),
    path("drafts/<int:version_id>/count/", counting.count, name="office-draft-count"),
    path("drafts/<int:version_id>/text/", draft_page.draft_text, name="office-draft-text"),
    path("drafts/<int:version_id>/difference/", difference_page.difference_page, name="office-draft-difference"),
    path("drafts/<int:version_id>/people/", people_effect.people_effect, name="office-draft-effect"),
    path("drafts/<int:version_id>/publish/", publish_page.publish_page, name="office-draft-publish"),
    path("drafts/<int:version_id>/release/", publish_page.release_page, name="office-draft-release"),
    path("drafts/<int:version_id>/publishing/", publish_page.publishing, name="office-draft-publishing"),
    path("drafts/<int:version_id>/discard/", draft_page.discard, name="office-draft-discard"),
]
