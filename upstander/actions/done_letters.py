"""Telling somebody that a completion is on record: the duty is done, or, where it was no duty's, the course alone."""

from collections.abc import Iterable

from upstander.actions import outbox
from upstander.actions.standing_run import Told
from upstander.core.days import Moment
from upstander.core.facts import CHANGES_ONLY
from upstander.core.notices import CERTIFICATE, CONFIRMATION
from upstander.models import Completion
from upstander.queries.programmes import all_published


def tell_of_completion(completion: Completion, changes: Iterable[Told], moment: Moment) -> None:
    """Plans a confirmation for every duty that this completion settled; for one that settled none, its certificate.

    Call it inside the transaction that records it, with what deciding again has changed.
    """
    ref, person_id = str(completion.pk), completion.person_id
    settled = [one for one in changes if one.after_state == "satisfied" and one.before_state != "satisfied"]
    for change in settled:
        outbox.plan(CONFIRMATION, person_id, change.programme_id, change.cycle, moment, ref)
    if not settled and completion.source != CHANGES_ONLY:
        outbox.plan(CERTIFICATE, person_id, _offered_in(completion.course_key), "", moment, completion=completion)


def _offered_in(course: str) -> str | None:
    """The first programme that offers the course: whose sending the letter waits for, and whose office signs it."""
    return next((rules.key for rules in all_published() if course in rules.course_keys), None)
