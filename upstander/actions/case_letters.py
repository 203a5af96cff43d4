"""Telling somebody that the office has answered them, once for each answer that they have not seen yet."""

from upstander.actions import outbox
from upstander.core.case_letters import ANSWERS, CASE_ANSWERED, TOLD_APART
from upstander.core.days import Moment
from upstander.core.requests import ONLY_HERE, kind_of
from upstander.models import Case, CaseEntry, Notice


def tell_of_answer(case: Case, entry: CaseEntry, moment: Moment) -> bool:
    """Plans the letter for a step that answers; false for any other, and while one about this case waits to go.

    Call it inside the transaction that takes the step, under the person's lock. Of a case in confidence the row names
    no programme, so that it stands in nobody's list; whoever wanted no message gets none.
    """
    if case.asked.get("told") == ONLY_HERE:
        return False
    if entry.move not in ANSWERS or not kind_of(case.kind).of_person or entry.data.get("kind") in TOLD_APART:
        return False
    if Notice.objects.filter(case=case, kind=CASE_ANSWERED, state="planned").exists():
        return False
    programme, cycle = (None, "") if case.confidential else (case.programme_id, case.cycle)
    return outbox.plan(CASE_ANSWERED, case.person_id, programme, cycle, moment, str(entry.pk), case=case)


def has_read(case: Case) -> None:
    """The person looks at the case: a letter that would send them there is not needed any more."""
    waiting = Notice.objects.filter(case=case, kind=CASE_ANSWERED, state="planned")
    waiting.update(state="not-sent", not_sent_reason="seen-already")
