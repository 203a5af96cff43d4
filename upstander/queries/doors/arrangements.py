"""The doors of arrangements and sheets: the programme's officers', the helper's, and the person's own; else Http404."""

from uuid import UUID

from django.http import Http404

from upstander.core.access import Roles
from upstander.core.arrangements import CANCELLED, PAPER
from upstander.core.requests import may_handle
from upstander.models import Arrangement, PaperSheet, Person

_WITH = ("person", "facilitator", "witness", "case", "programme")


def arrangement_for_officer(roles: Roles, arrangement_id: UUID) -> Arrangement:
    """An arrangement in a programme that the viewer runs, for somebody else."""
    found = Arrangement.objects.select_related(*_WITH).filter(pk=arrangement_id).first()
    if found is None or not may_handle(roles, found.programme_id, found.person_id):
        raise Http404
    return found


def sheet_for_officer(roles: Roles, number: str) -> PaperSheet:
    """A sheet of a programme that the viewer runs, of somebody else."""
    sheet = PaperSheet.objects.select_related("arrangement__person", "arrangement__facilitator").filter(pk=number)
    found = sheet.first()
    if found is None or not may_handle(roles, found.arrangement.programme_id, found.arrangement.person_id):
        raise Http404
    return found


def arrangement_for_helper(viewer: Person, arrangement_id: UUID) -> Arrangement:
    """An arrangement at which the viewer helps, while it is not called off."""
    rows = Arrangement.objects.select_related(*_WITH).filter(pk=arrangement_id, facilitator=viewer)
    found = rows.exclude(state=CANCELLED).first()
    if found is None:
        raise Http404
    return found


def arrangement_for_person(viewer: Person, arrangement_id: UUID) -> Arrangement:
    """What was arranged for the viewer."""
    found = Arrangement.objects.select_related(*_WITH).filter(pk=arrangement_id, person=viewer).first()
    if found is None:
        raise Http404
    return found


def marked_sheets(arrangement: Arrangement) -> list[PaperSheet]:
    """The person's own sheets that are marked and whose answers are still kept, the newest first."""
    rows = arrangement.sheets.exclude(marked_at=None).exclude(form=[]).order_by("-marked_at")
    return list(rows.prefetch_related("keyings")) if arrangement.kind == PAPER else []
