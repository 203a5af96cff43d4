"""A draft edited beyond one part: several parts at once, its whole text, and a new programme from a template."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from django.conf import settings
from django.db import transaction

from upstander.actions.drafts import FIXED, edit_draft, locked_draft, new_programme, note
from upstander.actions.programme_text import digest_of
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import ProgrammeVersion

#: A programme's file is a few hundred lines; what is far longer was never one.
LONGEST_TEXT = 400_000


@transaction.atomic
def edit_parts(version_id: int, revision: int, values: Mapping[str, Any], moment: Moment, by: str) -> ProgrammeVersion:
    """Sets several parts of a draft, or none of them. Raises what `edit_draft` raises."""
    version = locked_draft(version_id, revision)
    for part, value in values.items():
        version = edit_draft(version_id, version.revision, part, value, moment, by)
    return version


@transaction.atomic
def rewrite_draft(version_id: int, revision: int, document: str, moment: Moment, by: str) -> ProgrammeVersion:
    """Puts a whole text in the place of the draft's; it may have problems, but must be TOML of the same programme.

    Raises Refusal `not-a-draft`, `draft-changed-meanwhile` {revision}, `programme-unreadable` {message},
    `part-fixed` {part}.
    """
    version = locked_draft(version_id, revision)
    found, held = _read(document), tomllib.loads(version.document)
    for part in FIXED:
        if found.get(part) != held.get(part) or type(found.get(part)) is not type(held.get(part)):
            raise Refusal("part-fixed", {"part": part})
    if document == version.document:
        return version
    version.document, version.digest = document, digest_of(document)
    version.revision += 1
    version.requested_at, version.requested_by, version.effect = None, "", {}
    version.save()
    note(moment, by, "edit-draft", version, {"part": "text", "revision": version.revision, "digest": version.digest})
    return version


@transaction.atomic
def new_programme_from(key: str, template: str, moment: Moment, by: str) -> ProgrammeVersion:
    """The first draft of a new programme with an installed template's rules ("" for none).

    Raises Refusal `programme-key-unfit`, `programme-exists` {programme} and `no-such-template` {template}.
    """
    texts = templates()
    if template and template not in texts:
        raise Refusal("no-such-template", {"template": template})
    version = new_programme(key, moment, by)
    if not template:
        return version
    document = tomlkit.parse(texts[template])
    document["key"], document["version"] = key, version.number
    return rewrite_draft(version.pk, version.revision, tomlkit.dumps(document), moment, by)


def templates() -> dict[str, str]:
    """The programme files that come with the program, by their keys."""
    folder = Path(settings.PACKAGE) / "programmes"
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml")))
    found = {tomllib.loads(text).get("key"): text for text in texts}
    return {str(key): text for key, text in found.items() if key}


def _read(document: str) -> Mapping:
    if len(document) > LONGEST_TEXT:
        raise Refusal("programme-unreadable", {"message": f"longer than {LONGEST_TEXT} characters"})
    try:
        return tomllib.loads(document)
    except RecursionError as problem:
        raise Refusal("programme-unreadable", {"message": "lists or tables are nested too deeply"}) from problem
    except ValueError as problem:
        raise Refusal("programme-unreadable", {"message": str(problem)}) from problem
