"""Published programmes as rules."""

from functools import lru_cache

from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_file import parse_programme
from upstander.models import ProgrammeVersion


@lru_cache(maxsize=64)
def _parsed(digest: str, document: str) -> Programme:
    return parse_programme(document)


def all_published() -> list[Programme]:
    """Every programme by its latest published version, ordered by key; one query, parsed once per version."""
    latest: dict[str, ProgrammeVersion] = {}
    for version in ProgrammeVersion.objects.exclude(published_at=None).order_by("programme_id", "number"):
        latest[version.programme_id] = version
    return [_parsed(version.digest, version.document) for version in latest.values()]


def published(key: str) -> Programme:
    """The latest published version. Raises Refusal `no-such-programme` {programme}."""
    version = ProgrammeVersion.objects.filter(programme_id=key).exclude(published_at=None).order_by("number").last()
    if version is None:
        raise Refusal("no-such-programme", {"programme": key})
    return _parsed(version.digest, version.document)
