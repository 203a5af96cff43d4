"""Published programmes as rules, now or as they were published at an earlier instant."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.models import ProgrammeVersion
from upstander.queries.in_force import look, versions_now

#: Digest -> rules, for what was in force since the process began.
_IN_FORCE: dict[str, Programme] = {}


@lru_cache(maxsize=64)
def _parsed(digest: str, document: str) -> Programme:
    return parse_programme(document)


def rules_in_force(versions: Iterable[tuple[str, str]]) -> list[Programme]:
    """The rules of these (programme, digest); documents are read only where a digest was never seen before."""
    versions = tuple(versions)
    unseen = {digest for _, digest in versions if digest not in _IN_FORCE}
    if unseen:
        for version in ProgrammeVersion.objects.filter(digest__in=unseen):
            _IN_FORCE[version.digest] = rules_of(version)
    return [_IN_FORCE[digest] for _, digest in versions]


def _published(known_at: datetime | None) -> QuerySet[ProgrammeVersion]:
    """Every version that was published before the instant (None: by now), oldest first."""
    versions = ProgrammeVersion.objects.exclude(published_at=None).order_by("programme_id", "number")
    return versions if known_at is None else versions.filter(published_at__lt=known_at)


def all_published(known_at: datetime | None = None) -> list[Programme]:
    """Every programme by its latest version published before `known_at` (None: by now), ordered by key; one query."""
    if known_at is None:
        return rules_in_force(versions_now())
    versions = _published(known_at)
    latest = versions.filter(programme_id=OuterRef("programme_id")).order_by("-number").values("number")[:1]
    return [_parsed(version.digest, version.document) for version in versions.filter(number=Subquery(latest))]


def in_force() -> list[Programme]:
    """The same as of now, asked once a request: for pages that only show. Whoever writes asks `all_published`."""
    return rules_in_force(look().versions)


def published(key: str, known_at: datetime | None = None) -> Programme:
    """The rules of the latest version that was published before `known_at` (None: by now).

    Refusals: `no-such-programme` {programme}; `not-published-then` {programme, since_on} where it came later.
    """
    return rules_of(published_version(key, known_at))


def rules_of(version: ProgrammeVersion) -> Programme:
    """What a version's document says; parsed once."""
    return _parsed(version.digest, version.document)


def published_version(key: str, known_at: datetime | None = None) -> ProgrammeVersion:
    """The same version as its row, with its number and the instant of its publication; the same refusals."""
    version = _published(known_at).filter(programme_id=key).last()
    if version is not None:
        return version
    first = _published(None).filter(programme_id=key).first()
    if first is None:
        raise Refusal("no-such-programme", {"programme": key})
    since_on = first.published_at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date()
    raise Refusal("not-published-then", {"programme": key, "since_on": since_on.isoformat()})
