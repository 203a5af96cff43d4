"""Importing and exporting programme files."""

from dataclasses import dataclass

from django.db import transaction

from upstander.actions.drafts import note
from upstander.actions.programme_text import digest_of
from upstander.actions.publishing import Outcome, publish, refuse_unready
from upstander.actions.standing import decide_programme
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.programme_file import parse_programme
from upstander.models import Programme, ProgrammeVersion
from upstander.queries.preview import Progress


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the version, whether it is new, how many standings changed by it, and whether it is held.

    `outcome` is what publishing came to; None where nothing was to be published.
    """

    version: ProgrammeVersion
    is_new: bool
    changes: int = 0
    held: bool = False
    outcome: Outcome | None = None


def import_programme(
    document: str, moment: Moment, by: str, draft: bool = False, progress: Progress | None = None
) -> Imported:
    """Stores a programme file as a version and publishes it if its checks hold; the same document again is no change.

    An effect above the brake is held for a second officer. Raises Refusal `programme-unreadable`, `programme-invalid`,
    or `version-exists` {programme, version}: a published version is never edited (law 3), and a changed document needs
    a higher number; and, unless it is kept as a draft, whatever `publish` refuses. Then nothing is stored.
    """
    rules = parse_programme(document)
    with transaction.atomic():
        version, is_new = _stored(rules.key, rules.version, document, moment, by)
        if not draft and version.published_at is None:
            refuse_unready(version, moment)
    if draft:
        return Imported(version, is_new)
    if version.published_at:
        # Deciding everybody commits chunk by chunk; a run cut short is finished by the same import again.
        return Imported(
            version, is_new, decide_programme(rules.key, moment, "programme", f"{rules.key}@{rules.version}")
        )
    if version.requested_at and not is_new:
        return Imported(version, False, held=True)
    outcome = publish(version.pk, version.revision, moment, by, progress)
    return Imported(outcome.version, True, outcome.changes, outcome.held, outcome)


def _stored(key: str, number: int, document: str, moment: Moment, by: str) -> tuple[ProgrammeVersion, bool]:
    programme, _ = Programme.objects.get_or_create(key=key)
    digest = digest_of(document)
    version = ProgrammeVersion.objects.select_for_update().filter(programme=programme, number=number).first()
    if version is None:
        made = ProgrammeVersion.objects.create(
            programme=programme, number=number, document=document, digest=digest, made_at=moment.at, made_by=by
        )
        note(moment, by, "import-programme", made, {"digest": digest})
        return made, True
    if version.digest == digest and version.discarded_at is None:
        return version, False
    if version.published_at:
        raise Refusal("version-exists", {"programme": key, "version": number})
    version.document, version.digest, version.made_at, version.made_by = document, digest, moment.at, by
    version.made_because, version.based_on, version.discarded_at = "import", None, None
    version.revision += 1
    version.requested_at, version.requested_by, version.effect = None, "", {}
    version.save()
    note(moment, by, "import-programme", version, {"digest": digest, "revision": version.revision})
    return version, True


def exported(key: str, number: int | None = None) -> str:
    """The document of one version (None: of the latest published one, else the latest draft), byte for byte.

    Raises Refusal `no-such-programme` {programme} and `no-such-version` {programme, version}.
    """
    versions = ProgrammeVersion.objects.filter(programme_id=key).order_by("number")
    if number is not None:
        one = versions.filter(number=number).first()
        if one is None:
            raise Refusal("no-such-version", {"programme": key, "version": number})
        return one.document
    version = versions.exclude(published_at=None).last() or versions.filter(discarded_at=None).last()
    if version is None:
        raise Refusal("no-such-programme", {"programme": key})
    return version.document
