"""Importing, publishing and exporting programme files."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from upstander.actions.standing import decide_programme
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.programme_check import check
from upstander.core.programme_file import parse_programme
from upstander.models import AuditLine, Programme, ProgrammeVersion


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the version, whether it is new, and how many standings changed by it."""

    version: ProgrammeVersion
    is_new: bool
    changes: int = 0


def digest_of(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def import_programme(document: str, moment: Moment, by: str, draft: bool = False) -> Imported:
    """Stores a programme file as a version and publishes it if its checks hold; the same document again is no change.

    Raises Refusal `programme-unreadable`, `programme-invalid`, or `version-exists` {programme, version}: a published
    version is never edited (law 3), and a changed document needs a higher number.
    """
    rules = parse_programme(document)
    problems = [] if draft else check(rules)
    if problems:
        raise Refusal("programme-invalid", {"problems": [{"path": p.path, "message": p.message} for p in problems]})
    with transaction.atomic():
        version, is_new = _stored(rules.key, rules.version, document, moment, by)
        publishes = not draft and version.published_at is None
        if publishes:
            _refuse_older(rules.key, rules.version)
            version.published_at = moment.at
            version.save(update_fields=["published_at"])
            AuditLine.objects.create(
                at=moment.at, actor=by, verb="publish-programme", subject=f"programme:{rules.key}",
                data={"version": rules.version, "digest": version.digest},
            )  # fmt: skip
    # Deciding everybody commits chunk by chunk; a run cut short is finished by the same import again or by the night.
    changes = 0 if draft else decide_programme(rules.key, moment, "programme", f"{rules.key}@{rules.version}")
    return Imported(version, is_new or publishes, changes)


def _stored(key: str, number: int, document: str, moment: Moment, by: str) -> tuple[ProgrammeVersion, bool]:
    programme, _ = Programme.objects.get_or_create(key=key)
    digest = digest_of(document)
    version = ProgrammeVersion.objects.filter(programme=programme, number=number).first()
    if version and version.digest != digest:
        if version.published_at:
            raise Refusal("version-exists", {"programme": key, "version": number})
        version.document, version.digest, version.made_at, version.made_by = document, digest, moment.at, by
        version.save()
        return version, True
    if version:
        return version, False
    made = ProgrammeVersion.objects.create(
        programme=programme, number=number, document=document, digest=digest, made_at=moment.at, made_by=by
    )
    return made, True


def _refuse_older(key: str, number: int) -> None:
    newer = ProgrammeVersion.objects.filter(programme_id=key, number__gt=number).exclude(published_at=None)
    if newer.exists():
        raise Refusal("newer-version-published", {"programme": key, "version": number})


def exported(key: str) -> str:
    """The document of the latest published version (else the latest draft), byte for byte as it came in.

    Raises Refusal `no-such-programme` {programme}.
    """
    versions = ProgrammeVersion.objects.filter(programme_id=key)
    version = versions.exclude(published_at=None).last() or versions.last()
    if version is None:
        raise Refusal("no-such-programme", {"programme": key})
    return version.document
