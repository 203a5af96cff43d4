"""The doors of the course desk: drafts and editions for whoever writes courses; for anybody else Http404."""

from django.http import Http404

from upstander.core.access import Roles, may_write_courses
from upstander.core.errors import Refusal
from upstander.models import CourseDraft, CourseEdition
from upstander.queries.course_drafts import LIVING
from upstander.queries.course_editions import edition_of


def only_for_authors(roles: Roles) -> None:
    """Http404 for whoever does not write courses."""
    if not may_write_courses(roles):
        raise Http404


def draft_for_author(roles: Roles, draft_id: int) -> CourseDraft:
    """The draft that can still be written, for an author."""
    draft = any_draft_for_author(roles, draft_id)
    if draft.state not in LIVING:
        raise Http404
    return draft


def any_draft_for_author(roles: Roles, draft_id: int) -> CourseDraft:
    """The draft in whatever state, for an author."""
    only_for_authors(roles)
    draft = CourseDraft.objects.filter(pk=draft_id).first()
    if draft is None:
        raise Http404
    return draft


def edition_for_author(roles: Roles, key: str, edition: str = "") -> CourseEdition:
    """One edition of a course ("" the current one), for an author."""
    only_for_authors(roles)
    try:
        return edition_of(key, edition)
    except Refusal as refusal:
        raise Http404(refusal.code) from refusal
