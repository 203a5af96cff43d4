"""Who an officer at the command line is: proved by the account's password, every failure on record."""

from collections.abc import Callable

from django.db.models import Q

from upstander.core.access import Roles, may_take_survey_boxes
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine
from upstander.queries.roles import roles_of


def officer_by_password(named: str, password: str, moment: Moment) -> str:
    """The person_id of the officer named (ID number or e-mail) if the password is theirs.

    Refuses with `officer-not-proved` whatever is wrong, so that nothing is learnt from it.
    """
    return _by_password(named, password, moment, "officer", lambda roles: roles.is_officer)


def analyst_by_password(named: str, password: str, moment: Moment) -> str:
    """The person_id of the analyst named, as `officer_by_password`; refuses with `analyst-not-proved`."""
    return _by_password(named, password, moment, "analyst", may_take_survey_boxes)


def _by_password(named: str, password: str, moment: Moment, role: str, has_role: Callable[[Roles], bool]) -> str:
    account = Account.objects.filter(Q(person_id=named) | Q(email__iexact=named)).select_related("person").first()
    proved = bool(account and account.check_password(password) and has_role(roles_of(account)))
    AuditLine.objects.create(
        at=moment.at,
        actor=account.person_id or "" if account else "",
        verb=f"{role}-proved" if proved else f"{role}-not-proved",
        subject="command-line",
    )
    if not proved or account is None or account.person_id is None:
        raise Refusal(f"{role}-not-proved")
    return account.person_id
