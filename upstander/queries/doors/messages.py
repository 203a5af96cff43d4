"""The door of one message at the office: of a programme that the viewer runs, not in confidence, not their own."""

from uuid import UUID

from django.http import Http404

from upstander.core.access import Roles, may_run_programme
from upstander.models import Notice


def message_for_officer(roles: Roles, message_id: UUID) -> Notice:
    """The message, or Http404."""
    found = Notice.objects.filter(pk=message_id).exclude(case__confidential=True).first()
    if found is None or not found.programme_id or not may_run_programme(roles, found.programme_id):
        raise Http404
    if found.person_id == roles.person_id:
        raise Http404
    return found
