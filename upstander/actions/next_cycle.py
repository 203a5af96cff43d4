"""The next cycle opens by itself as a draft with the last one's settings, once (row B13)."""

import tomllib

from django.db import transaction

from upstander.actions import outbox
from upstander.actions.drafts import discard_draft, next_number, stored_draft
from upstander.actions.programme_text import with_part, with_version
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.next_cycle import following, is_due, moved_parts
from upstander.core.notices import DRAFT_READY
from upstander.core.programme_file import parse_programme
from upstander.models import Programme, ProgrammeVersion
from upstander.queries.programmes import all_published
from upstander.queries.roles import officers_of

NEXT_CYCLE = "next-cycle"


@transaction.atomic
def draft_next_cycle(key: str, moment: Moment, by: str = "schedule") -> ProgrammeVersion:
    """A draft of the published version with its next period, everything else as in the last one.

    A draft of that period which nobody has touched, made from an older version, is laid aside for the new one. Raises
    Refusal `no-such-programme` {programme}, `cycles-by-themselves` {programme}, `no-recurrence` {programme},
    `next-cycle-drafted` {programme, version}.
    """
    programme = Programme.objects.select_for_update().filter(pk=key).first()
    latest = ProgrammeVersion.objects.filter(programme_id=key).exclude(published_at=None).order_by("number").last()
    if programme is None or latest is None:
        raise Refusal("no-such-programme", {"programme": key})
    rules, document = parse_programme(latest.document), tomllib.loads(latest.document)
    for draft in _drafts_of(key, following(rules).key):
        if draft.revision > 1 or draft.requested_at or draft.based_on == latest.number:
            raise Refusal("next-cycle-drafted", {"programme": key, "version": draft.number})
        discard_draft(draft.pk, moment, by)
    number = next_number(key)
    text = with_version(latest.document, number)
    for part, value in moved_parts(document, rules).items():
        text = with_part(text, part, value)
    return stored_draft(programme, number, text, moment, by, NEXT_CYCLE, latest.number)


def draft_due_cycles(moment: Moment, by: str = "schedule") -> list[ProgrammeVersion]:
    """The nightly run's: drafts every programme's next period whose day has come and that was not drafted yet.

    One that somebody laid aside is not made again by itself.
    """
    made = []
    for rules in all_published():
        if is_due(rules, moment.day) and _waits(rules.key):
            made.append(draft_next_cycle(rules.key, moment, by))
            _tell_officers(made[-1], moment)
    return made


def _tell_officers(draft: ProgrammeVersion, moment: Moment) -> None:
    for officer in officers_of(draft.programme_id):
        outbox.plan(DRAFT_READY, officer, draft.programme_id, "", moment, str(draft.number))


def _waits(key: str) -> bool:
    """Whether the period after the published version's last has no draft yet, or only an untouched older one."""
    latest = ProgrammeVersion.objects.filter(programme_id=key).exclude(published_at=None).order_by("number").last()
    if latest is None:
        return False
    coming = following(parse_programme(latest.document)).key
    open_ones = _drafts_of(key, coming)
    if any(d.revision > 1 or d.requested_at or d.based_on == latest.number for d in open_ones):
        return False
    laid_aside = ProgrammeVersion.objects.filter(programme_id=key, made_because=NEXT_CYCLE).exclude(discarded_at=None)
    by_hand = [d for d in laid_aside if _last_period(d) == coming]
    return bool(open_ones) or not by_hand


def _drafts_of(key: str, period: str) -> list[ProgrammeVersion]:
    """The open drafts that were made for this period."""
    drafts = ProgrammeVersion.objects.filter(
        programme_id=key, made_because=NEXT_CYCLE, published_at=None, discarded_at=None
    )
    return [draft for draft in drafts if _last_period(draft) == period or draft.revision > 1]


def _last_period(draft: ProgrammeVersion) -> str:
    """The key of the last period that a draft names; blank where an edit has left none."""
    try:
        return tomllib.loads(draft.document)["cycle"]["periods"][-1]["key"]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
