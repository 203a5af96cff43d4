"""The doors of the workbench: versions and drafts of the programmes that a viewer runs; else Http404."""

from django.http import Http404

from upstander.core.access import Roles, may_run_programme, may_start_programme
from upstander.models import Programme, ProgrammeVersion


def version_for_officer(roles: Roles, version_id: int) -> ProgrammeVersion:
    """The version, published or not, if the viewer runs its programme."""
    version = ProgrammeVersion.objects.select_related("programme").filter(pk=version_id).first()
    if version is None or not may_run_programme(roles, version.programme_id):
        raise Http404
    return version


def draft_for_officer(roles: Roles, version_id: int) -> ProgrammeVersion:
    """The draft that can still be edited, if the viewer runs its programme."""
    version = version_for_officer(roles, version_id)
    if version.published_at or version.discarded_at:
        raise Http404
    return version


def record_for_officer(roles: Roles, key: str) -> Programme:
    """The programme by its key, published or not yet, if the viewer runs it."""
    record = Programme.objects.filter(pk=key).first()
    if record is None or not may_run_programme(roles, key):
        raise Http404
    return record


def unpublished_for_officer(roles: Roles) -> list[ProgrammeVersion]:
    """Every draft of the programmes that the viewer runs, the newest first; those that wait for release before all."""
    drafts = ProgrammeVersion.objects.filter(published_at=None, discarded_at=None).order_by("-made_at", "-pk")
    mine = [draft for draft in drafts if may_run_programme(roles, draft.programme_id)]
    return sorted(mine, key=lambda draft: draft.requested_at is None)


def only_for_starters(roles: Roles) -> None:
    """Http404 for whoever may not start a new programme."""
    if not may_start_programme(roles):
        raise Http404
