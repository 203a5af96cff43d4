"""The doors of rehearsals: those of the programmes that a viewer runs; else Http404."""

from uuid import UUID

from django.http import Http404

from upstander.core.access import Roles, may_run_programme
from upstander.models import Programme, ProgrammeVersion, Rehearsal


def versions_to_rehearse(roles: Roles, key: str) -> list[ProgrammeVersion]:
    """Every version of the programme, drafts too, newest first, if the viewer runs it."""
    if not may_run_programme(roles, key) or not Programme.objects.filter(pk=key).exists():
        raise Http404
    return list(ProgrammeVersion.objects.filter(programme_id=key, discarded_at=None).order_by("-number"))


def rehearsal_for_officer(roles: Roles, key: str, rehearsal_id: UUID) -> Rehearsal:
    """The rehearsal of this programme, if the viewer runs it."""
    kept = Rehearsal.objects.filter(pk=rehearsal_id, programme_id=key).first()
    if kept is None or not may_run_programme(roles, key):
        raise Http404
    return kept
