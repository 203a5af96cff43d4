"""People who write courses in the browser, and a draft of a course for the tests."""

from typing import Any

from tests.cast import MOMENT
from upstander.actions.course_drafts import start_draft
from upstander.actions.course_editions import record_shipped
from upstander.actions.course_writing import put_file, put_media
from upstander.actions.grants import give
from upstander.delivery.catalogue import content_root, edition


def written(person_id: str) -> dict[str, Any]:
    """A draft of option-a, one of its pages, questions and films; this person writes courses."""
    give(person_id, "author", MOMENT, "test")
    record_shipped(content_root(), MOMENT)
    course = edition("option-a", "en")
    draft = start_draft("option-a", MOMENT, "test")
    put_media(draft.pk, "welcome", "welcome.mp4", 95, MOMENT, "test")
    put_file(draft.pk, "media/welcome.en.vtt", "WEBVTT\n", MOMENT, "test")
    return {
        "course_draft": draft.pk,
        "course_medium": "welcome",
        "course_film": "welcome.en.vtt",
        "course_edition": course.edition,
        "course_section": course.pages[0].section,
        "course_page": course.pages[0].id,
        "course_item": next(iter(course.items)),
    }
