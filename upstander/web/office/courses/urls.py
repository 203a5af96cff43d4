"""Addresses of the course desk."""

from django.urls import path

from upstander.web.office.courses import (
    drawing_pages,
    holders_page,
    item_pages,
    list_pages,
    media_pages,
    missing_page,
    outline_pages,
    page_pages,
    preview_pages,
    review_pages,
    settings_page,
    words_page,
)

_DRAFT = "courses/drafts/<int:draft_id>/"
urlpatterns = [
    path("courses/", list_pages.index, name="office-courses"),
    path("courses/new/", list_pages.new, name="office-course-new"),
    path("courses/upload/", list_pages.upload, name="office-course-upload"),
    path(_DRAFT, outline_pages.draft_page, name="office-course-draft"),
    path(f"{_DRAFT}outline/", outline_pages.outline, name="office-course-outline"),
    path(f"{_DRAFT}remove/", outline_pages.remove, name="office-course-remove"),
    path(f"{_DRAFT}discard/", outline_pages.discard, name="office-course-discard"),
    path(f"{_DRAFT}draft.zip", list_pages.draft_file, name="office-course-draft-file"),
    path(f"{_DRAFT}pages/<slug:section>/<slug:page>/", page_pages.page, name="office-course-page"),
    path(f"{_DRAFT}live/<slug:section>/<slug:page>/", page_pages.live, name="office-course-live"),
    path(f"{_DRAFT}questions/", item_pages.items, name="office-course-items"),
    path(f"{_DRAFT}questions/new/", item_pages.new, name="office-course-item-new"),
    path(f"{_DRAFT}questions/<slug:item>/", item_pages.item, name="office-course-item"),
    path(f"{_DRAFT}words/", words_page.words, name="office-course-words"),
    path(f"{_DRAFT}settings/", settings_page.course_settings, name="office-course-settings"),
    path(f"{_DRAFT}drawings/", drawing_pages.drawings, name="office-course-drawings"),
    path(f"{_DRAFT}media/", media_pages.media, name="office-course-media"),
    path(f"{_DRAFT}media/<slug:name>/", media_pages.medium, name="office-course-medium"),
    path(f"{_DRAFT}media/files/<str:file>", media_pages.media_file, name="office-course-media-file"),
    path(f"{_DRAFT}preview/", preview_pages.start, name="office-course-preview"),
    path(f"{_DRAFT}preview/<slug:section>/<slug:page>/", preview_pages.page, name="office-course-preview-page"),
    path(f"{_DRAFT}missing/", missing_page.missing, name="office-course-missing"),
    path(f"{_DRAFT}changes/", review_pages.changes, name="office-course-changes"),
    path(f"{_DRAFT}review/", review_pages.review, name="office-course-review"),
    path("courses/<slug:key>/", list_pages.course, name="office-course"),
    path("courses/<slug:key>/change/", list_pages.change, name="office-course-change"),
    path("courses/<slug:key>/holders/", holders_page.holders, name="office-course-holders"),
    path("courses/<slug:key>/<str:edition>.zip", list_pages.edition_file, name="office-course-file"),
]
