"""People who write courses in the browser, and a draft of a course for the tests."""

from typing import Any

from tests.cast import MOMENT
from upstander.actions.course_drafts import start_draft
from upstander.actions.course_editions import record_shipped
from upstander.actions.grants import give
from upstander.delivery.catalogue import content_root, edition


def written(person_id: str) -> dict[str, Any]:
    """A draft of option-a, one of its pages and one of its questions; this person writes courses."""
    give(person_id, "author", MOMENT, "test")
    record_shipped(content_root(), MOMENT)
    course = edition("option-a", "en")
    return {
        "course_draft": start_draft("option-a", MOMENT, "test").pk,
        "course_edition": course.edition,
        "course_section": course.pages[0].section,
        "course_page": course.pages[0].id,
        "course_item": next(iter(course.items)),
    }
