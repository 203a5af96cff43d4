"""Drafts of a programme: begun from what is published, edited part by part, never published by themselves."""

import re
from typing import Any

from django.db import transaction
from django.db.models import Max

from upstander.actions.programme_text import ORDER, digest_of, with_part, with_version
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import AuditLine, Programme, ProgrammeVersion

#: What an edit cannot change: a programme's key is for good, and its version number is counted here.
FIXED = ("key", "version")
BLANK = """\
key = "{key}"
version = 1

[title]
en = "{key}"
es = "{key}"

[cycle]
kind = "yearly"
starts_on = "07-01"
first_year = {year}

[window]
days = 45
grace_days = 0

[requirement]
complete = 1

[counts]
roles = ["employee"]

[leave]
sabbatical = "continues"
junior_faculty = "continues"
parental = "defers"
medical = "defers"
military = "defers"
unpaid = "defers"
other = "defers"
"""


@transaction.atomic
def start_draft(key: str, moment: Moment, by: str, because: str = "edit") -> ProgrammeVersion:
    """A draft that says what the published version says, under the next number; comments and order are kept.

    Raises Refusal `no-such-programme` {programme}.
    """
    programme = _locked(key)
    latest = ProgrammeVersion.objects.filter(programme=programme).exclude(published_at=None).last()
    if latest is None:
        raise Refusal("no-such-programme", {"programme": key})
    number = next_number(key)
    return stored_draft(programme, number, with_version(latest.document, number), moment, by, because, latest.number)


@transaction.atomic
def new_programme(key: str, moment: Moment, by: str) -> ProgrammeVersion:
    """The first draft of a new programme, with what every file needs and nobody in its audience yet.

    Raises Refusal `programme-key-unfit` {programme} and `programme-exists` {programme}.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) or len(key) > 60:
        raise Refusal("programme-key-unfit", {"programme": key})
    if Programme.objects.filter(pk=key).exists():
        raise Refusal("programme-exists", {"programme": key})
    programme = Programme.objects.create(key=key)
    return stored_draft(programme, 1, BLANK.format(key=key, year=moment.day.year), moment, by, "edit", None)


@transaction.atomic
def edit_draft(version_id: int, revision: int, part: str, value: Any, moment: Moment, by: str) -> ProgrammeVersion:
    """Sets one top-level part of the draft of that revision to a plain value, or takes it out (None).

    What is wrong after it is kept with its problems. A request to publish that waits falls: it was for another text.
    Raises Refusal `not-a-draft`, `draft-changed-meanwhile` {revision}, `part-fixed` {part}, `no-such-part` {part},
    `value-unwritable` {part}.
    """
    version = locked_draft(version_id, revision)
    if part in FIXED:
        raise Refusal("part-fixed", {"part": part})
    if part not in ORDER:
        raise Refusal("no-such-part", {"part": part})
    document = with_part(version.document, part, value)
    if document == version.document:
        return version
    version.document, version.digest = document, digest_of(document)
    version.revision += 1
    version.requested_at, version.requested_by, version.effect = None, "", {}
    version.save()
    data = {"part": part, "revision": version.revision, "digest": version.digest}
    note(moment, by, "edit-draft", version, data)
    return version


@transaction.atomic
def discard_draft(version_id: int, moment: Moment, by: str) -> None:
    """Lays a draft aside for good; its number is not used again. Raises Refusal `not-a-draft`."""
    version = locked_draft(version_id)
    version.discarded_at = moment.at
    version.requested_at, version.requested_by, version.effect = None, "", {}
    version.save()
    note(moment, by, "discard-draft", version)


def next_number(key: str) -> int:
    """The number after every one that was ever given."""
    return (ProgrammeVersion.objects.filter(programme_id=key).aggregate(most=Max("number"))["most"] or 0) + 1


def stored_draft(
    programme: Programme, number: int, document: str, moment: Moment, by: str, because: str, based_on: int | None
) -> ProgrammeVersion:
    """Keeps a document as a draft, with a line in the audit."""
    version = ProgrammeVersion.objects.create(
        programme=programme, number=number, document=document, digest=digest_of(document), made_at=moment.at,
        made_by=by, made_because=because, based_on=based_on,
    )  # fmt: skip
    note(moment, by, "start-draft", version, {"because": because, "based_on": based_on})
    return version


def locked_draft(version_id: int, revision: int | None = None) -> ProgrammeVersion:
    """The draft, locked until the transaction ends.

    Raises Refusal `not-a-draft` {version_id} and `draft-changed-meanwhile` {revision}: the one it has now.
    """
    version = ProgrammeVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None or version.published_at or version.discarded_at:
        raise Refusal("not-a-draft", {"version_id": version_id})
    if revision is not None and version.revision != revision:
        raise Refusal("draft-changed-meanwhile", {"revision": version.revision})
    return version


def note(moment: Moment, by: str, verb: str, version: ProgrammeVersion, data: dict | None = None) -> None:
    """A line in the audit about one version."""
    AuditLine.objects.create(
        at=moment.at, actor=by, verb=verb, subject=f"programme:{version.programme_id}",
        data={"version": version.number, **(data or {})},
    )  # fmt: skip


def _locked(key: str) -> Programme:
    programme = Programme.objects.select_for_update().filter(pk=key).first()
    if programme is None:
        raise Refusal("no-such-programme", {"programme": key})
    return programme
