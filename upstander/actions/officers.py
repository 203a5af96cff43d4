"""Who an officer at the command line is: proved by the account's password, every failure on record."""

from django.db.models import Q

from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine
from upstander.queries.roles import roles_of


def officer_by_password(named: str, password: str, moment: Moment) -> str:
    """The person_id of the officer named (ID number or e-mail) if the password is theirs.

    Refuses with `officer-not-proved` whatever is wrong, so that nothing is learnt from it.
    """
    account = Account.objects.filter(Q(person_id=named) | Q(email__iexact=named)).select_related("person").first()
    proved = bool(account and account.check_password(password) and roles_of(account).is_officer)
    AuditLine.objects.create(
        at=moment.at,
        actor=account.person_id or "" if account else "",
        verb="officer-proved" if proved else "officer-not-proved",
        subject="command-line",
    )
    if not proved or account is None or account.person_id is None:
        raise Refusal("officer-not-proved")
    return account.person_id
