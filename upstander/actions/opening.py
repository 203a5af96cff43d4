"""Opening and closing a programme's sending: until an officer has opened it, no message of it goes out."""

from django.db import transaction

from upstander.actions.notices import plan_due
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.programme import Programme as Rules
from upstander.models import AuditLine, Programme
from upstander.queries.waiting_notices import waiting_notices

PLAN_AT_ONCE = 5_000


def _locked(key: str) -> Programme:
    programme = Programme.objects.select_for_update().filter(pk=key).first()
    if programme is None:
        raise Refusal("no-such-programme", {"programme": key})
    return programme


@transaction.atomic
def open_sending(key: str, moment: Moment, by: str) -> bool:
    """Opens the programme's sending, with a line in the audit; false if it was open. Refusal: no-such-programme."""
    programme = _locked(key)
    if programme.sending_opened_at is not None:
        return False
    programme.sending_opened_at, programme.sending_opened_by = moment.at, by
    programme.save(update_fields=["sending_opened_at", "sending_opened_by"])
    AuditLine.objects.create(at=moment.at, actor=by, verb="open-sending", subject=f"programme:{key}")
    return True


def plan_what_waits(rules: Rules, moment: Moment, hours_matter: bool = True) -> None:
    """Plans at once what is due, so that it can go with the next run; more than `PLAN_AT_ONCE` is left to the night."""
    waiting = waiting_notices(rules, moment.day)
    if waiting.total <= PLAN_AT_ONCE:
        plan_due(rules, moment, hours_matter)


@transaction.atomic
def close_sending(key: str, moment: Moment, by: str) -> bool:
    """Closes it again: what is planned stays planned and is asked again later; false if it was closed."""
    programme = _locked(key)
    if programme.sending_opened_at is None:
        return False
    programme.sending_opened_at, programme.sending_opened_by = None, ""
    programme.save(update_fields=["sending_opened_at", "sending_opened_by"])
    AuditLine.objects.create(at=moment.at, actor=by, verb="close-sending", subject=f"programme:{key}")
    return True
