"""A reader's standings are decided again where their day has come, once in a request, before any is shown."""

from django.http import HttpRequest

from upstander.actions import standing as standing_action
from upstander.core.programme import Programme
from upstander.queries.programmes import in_force


def freshened(request: HttpRequest, person_id: str) -> list[Programme]:
    """The programmes in force, with this person's standings up to date in all of them."""
    programmes = in_force()
    if getattr(request, "freshened_for", None) != person_id:
        standing_action.refresh(person_id, request.moment, programmes)
        request.freshened_for = person_id
    return programmes
