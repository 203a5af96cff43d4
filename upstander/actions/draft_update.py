"""A programme's answer to a new edition: a draft in which those who completed an older one are asked to read it."""

import tomllib
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from upstander.actions.drafts import edit_draft, start_draft
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import ProgrammeVersion
from upstander.queries.programmes import all_published


@transaction.atomic
def draft_update(
    course_key: str,
    edition: str,
    older: Sequence[str],
    since_on: date,
    days: int,
    by: str,
    moment: Moment,
    programmes: Container[str] | None = None,
) -> list[ProgrammeVersion]:
    """A draft of every published programme that offers the course and does not ask for this edition yet.

    `programmes` narrows it to these keys. Each draft says what the published version says, and the update; publishing
    it goes its usual way. Raises Refusal `course-not-offered` {course} where none of them offers the course.
    """
    update = {"edition": edition, "older": list(older), "since_on": since_on, "days": days}
    among = [rules for rules in all_published() if programmes is None or rules.key in programmes]
    offering = [rules for rules in among if rules.option(course_key)]
    if not offering:
        raise Refusal("course-not-offered", {"course": course_key})
    drafts = []
    for rules in offering:
        option = rules.option(course_key)
        if option and edition not in {known.edition for known in option.updates}:
            draft = start_draft(rules.key, moment, by)
            options = _with_update(tomllib.loads(draft.document)["options"], course_key, update)
            drafts.append(edit_draft(draft.pk, draft.revision, "options", options, moment, by))
    return drafts


def _with_update(options: Sequence[Mapping[str, Any]], course_key: str, update: Mapping[str, Any]) -> list[dict]:
    return [
        {**option, "updates": [*option.get("updates", ()), update]} if option["course"] == course_key else {**option}
        for option in options
    ]
