"""Keeping the files of a held roster until an officer decides."""

import shutil
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from upstander.actions.roster_report import Files
from upstander.core.days import Moment
from upstander.models import RosterImport

NAMES = ("people.csv", "units.csv", "mapping.toml")


def digest_of(path: Path | None) -> str:
    """SHA-256 of a file, "" for none."""
    if path is None:
        return ""
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def folder_of(held: RosterImport) -> Path:
    return Path(settings.DATA_DIR) / held.hold_path


def hold(files: Files, people_digest: str, units_digest: str, moment: Moment, requested_by: str, summary: dict) -> int:
    """Keeps the files in the data folder and returns the hold's id; the same files again are the same hold."""
    mapping_digest = digest_of(files.mapping)
    again = RosterImport.objects.filter(
        state="held", people_digest=people_digest, units_digest=units_digest, requested_by=requested_by
    ).last()
    if again and again.summary.get("mapping_digest") == mapping_digest:
        return again.pk
    held = RosterImport.objects.create(
        started_at=moment.at,
        state="held",
        requested_by=requested_by,
        people_digest=people_digest,
        units_digest=units_digest,
        summary={**summary, "who": {}, "mapping_digest": mapping_digest},
    )
    held.hold_path = f"roster-holds/{held.pk}"
    folder = folder_of(held)
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    for name, path in zip(NAMES, (files.people, files.units, files.mapping), strict=True):
        if path:
            shutil.copyfile(path, folder / name)
    held.save(update_fields=["hold_path"])
    return held.pk
