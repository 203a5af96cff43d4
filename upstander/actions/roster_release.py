"""Releasing a held roster by the word of an authenticated officer."""

import shutil

from upstander.actions.roster import import_roster
from upstander.actions.roster_hold import NAMES, digest_of, folder_of
from upstander.actions.roster_report import SILENT, Files, Listener, Order, Report
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import RosterImport


def release(
    hold_id: int, officer_id: str, moment: Moment, files: Files | None = None, listener: Listener = SILENT
) -> Report:
    """Applies a held import, its files as they were kept; `files`, where given, must be the same ones.

    Refuses with `no-such-hold`, `released-by-requester`, `hold-outdated` (a roster was applied since),
    `hold-other-files` (the files given are not the held ones), `hold-damaged` (the kept files are not).
    """
    held = RosterImport.objects.filter(pk=hold_id, state="held").first()
    if held is None:
        raise Refusal("no-such-hold", {"hold_id": hold_id})
    if held.requested_by == officer_id:
        raise Refusal("released-by-requester", {"person_id": officer_id})
    if RosterImport.objects.filter(pk__gt=held.pk, state="applied").exists():
        raise Refusal("hold-outdated", {"hold_id": hold_id})
    kept = _kept(held)
    if files and _digests(files) != _digests(kept):
        raise Refusal("hold-other-files", {"hold_id": hold_id})
    report = import_roster(kept, moment, Order(release=held, released_by=officer_id), listener)
    held.state, held.released_by, held.applied_at = "released", officer_id, moment.at
    held.save(update_fields=["state", "released_by", "applied_at"])
    shutil.rmtree(folder_of(held), ignore_errors=True)
    return report


def _kept(held: RosterImport) -> Files:
    people, units, mapping = (folder_of(held) / name for name in NAMES)
    files = Files(people, units if units.exists() else None, mapping if mapping.exists() else None)
    wanted = (held.people_digest, held.units_digest, held.summary.get("mapping_digest", ""))
    if not people.exists() or (digest_of(people), digest_of(files.units), digest_of(files.mapping)) != wanted:
        raise Refusal("hold-damaged", {"hold_id": held.pk})
    return files


def _digests(files: Files) -> tuple[str, str]:
    try:
        return digest_of(files.people), digest_of(files.units)
    except OSError as problem:
        raise Refusal("file-missing", {"file": str(files.people), "because": problem.strerror or ""}) from problem
