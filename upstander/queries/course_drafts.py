"""Drafts of courses as they stand: their files, the edition they began from, what was said about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from upstander.core.errors import Refusal
from upstander.models import AuditLine, CourseDraft, CourseDraftFile, CourseEdition, ItemFigures
from upstander.queries.course_editions import edition_of, files_of

LIVING = ("open", "in-review")


def living_drafts() -> dict[str, CourseDraft]:
    """Course key -> its draft that is being written or reviewed."""
    return {draft.course_key: draft for draft in CourseDraft.objects.filter(state__in=LIVING)}


def ended_drafts(key: str) -> list[CourseDraft]:
    """The drafts of a course that were laid aside, the newest first."""
    return list(CourseDraft.objects.filter(course_key=key, state="discarded").order_by("-made_at"))


def files_of_draft(draft: CourseDraft) -> dict[str, str]:
    """Path -> text of every file of the draft."""
    return dict(draft.files.values_list("path", "text"))


def base_of(draft: CourseDraft) -> tuple[CourseEdition | None, dict[str, str]]:
    """The edition from which a draft began, with its files; None and nothing for a new course."""
    try:
        edition = edition_of(draft.course_key, draft.based_on) if draft.based_on else None
    except Refusal:
        edition = None
    return edition, files_of(edition) if edition else {}


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a file last, and when."""

    actor: str
    at: datetime


def last_changes(draft: CourseDraft) -> dict[str, LastChange]:
    """Path -> the last change of each file that was changed since the draft began."""
    rows = CourseDraftFile.objects.filter(draft=draft, version__gt=1).values_list("path", "changed_by", "changed_at")
    return {path: LastChange(actor, at) for path, actor, at in rows}


def writers_of(draft: CourseDraft) -> set[str]:
    """Everybody who wrote in the draft, whoever began it among them; an upload's begin is no writing of its own."""
    lines = AuditLine.objects.filter(
        subject=f"course:{draft.course_key}", verb="edit-course-draft", data__draft=draft.pk
    )
    return {draft.made_by, *lines.values_list("actor", flat=True)}


def figures_of_items(key: str) -> Mapping[str, ItemFigures]:
    """Item -> its newest figures in any edition of the course."""
    rows = ItemFigures.objects.filter(course_key=key).order_by("made_on", "pk")
    return {row.item: row for row in rows}
