"""Who of the office has taken a case: the last entry says it; nobody is named to the person."""

from uuid import UUID

from django.db import transaction

from upstander.actions.cases import write_down
from upstander.actions.locks import lock_person
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.requests import UNSETTLED
from upstander.models import Case, CaseEntry

TAKE = "take"


def take(case_id: UUID, moment: Moment, by: str) -> Case:
    """The officer takes the case. Refusals as of `hand_over`."""
    return hand_over(case_id, by.removeprefix("person:"), moment, by)


@transaction.atomic
def hand_over(case_id: UUID, to: str, moment: Moment, by: str) -> Case:
    """Hands the case to an officer ("": lays it down), with a line in its thread that the person does not see.

    Refusals: not-yourself (one's own case, or into the hands of its person), move-not-open {move, state} where it is
    settled. The caller has seen that `to` handles cases of this programme.
    """
    lock_person(Case.objects.values_list("person_id", flat=True).get(pk=case_id))
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.person_id in {to, by.removeprefix("person:")}:
        raise Refusal("not-yourself", {"case": str(case.pk)})
    if case.state not in UNSETTLED:
        raise Refusal("move-not-open", {"move": TAKE, "state": case.state})
    data = {"to": f"person:{to}" if to else ""}
    CaseEntry.objects.create(case=case, at=moment.at, actor=by, move=TAKE, data=data, for_person=False)
    write_down(case, "case-take", moment, by)
    return case
