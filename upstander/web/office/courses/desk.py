"""What every page of the course desk shares: a draft with its files as they read, and who did what."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from upstander.core.course_translation import Gap, document, gaps
from upstander.delivery.drafts import Draft, read_draft
from upstander.models import CourseDraft, CourseEdition
from upstander.queries.course_drafts import base_of, files_of_draft
from upstander.queries.doors.courses import draft_for_author
from upstander.queries.roles import roles_of
from upstander.web.office.courses.places import Placed, placed
from upstander.web.office.workbench.desk import actor_name
from upstander.web.people import in_words, language

LANGUAGES = ("en", "es")


@dataclass
class Desk:
    """A draft on the desk of one author; reading it whole is put off until a page needs it."""

    draft: CourseDraft
    files: dict[str, str]

    @cached_property
    def read(self) -> Draft:
        return read_draft(self.draft.course_key, self.files, settings.INSTITUTION)

    @cached_property
    def base(self) -> tuple[CourseEdition | None, dict[str, str]]:
        return base_of(self.draft)

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps(self.files, self.base[1])

    @cached_property
    def problems(self) -> list[Placed]:
        return [placed(problem, self.files) for problem in self.read.problems]

    @property
    def title(self) -> str:
        titles = {lang: document(self.files, f"{lang}/course.toml").get("title") for lang in LANGUAGES}
        return in_words({lang: title for lang, title in titles.items() if isinstance(title, str) and title}) or (
            self.draft.course_key
        )

    @property
    def minutes(self) -> dict[str, int]:
        return {lang: course.minutes for lang, course in self.read.courses.items()}

    @property
    def minutes_before(self) -> dict[str, int]:
        files = self.base[1]
        if not files:
            return {}
        read = read_draft(self.draft.course_key, files, settings.INSTITUTION)
        return {lang: course.minutes for lang, course in read.courses.items()}

    def context(self) -> dict[str, Any]:
        return {
            "section": "courses-desk",
            "draft": self.draft,
            "title": self.title,
            "made_by": actor_name(self.draft.made_by),
            "asked_by": actor_name(self.draft.asked_by),
            "in_review": self.draft.state == "in-review",
            "here": language(),
        }


def desk_of(request: HttpRequest, draft_id: int) -> Desk:
    """The draft, if the reader writes courses and it can still be written; else Http404."""
    draft = draft_for_author(roles_of(request.user), draft_id)
    return Desk(draft, files_of_draft(draft))


def by_of(request: HttpRequest) -> str:
    return f"person:{roles_of(request.user).person_id}"
