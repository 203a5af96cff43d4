"""The doors to what came back by mail: failing addresses and held replies, for officers of the people concerned."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from upstander.core.access import Roles, programmes_run
from upstander.models import FailingAddress, MailReport, Standing
from upstander.queries.doors.cases import cases_for_officer
from upstander.queries.post import SUPPRESSED, not_looked_at
from upstander.queries.programmes import all_published


def failing_for_officer(roles: Roles) -> QuerySet[FailingAddress]:
    """The addresses to which nothing goes, of the people of the viewer's programmes; Http404 for no officer."""
    if not roles.is_officer:
        raise Http404
    rows = FailingAddress.objects.filter(SUPPRESSED, person__vanished_on=None)
    if roles.all_programmes:
        return rows
    mine = Standing.objects.filter(person_id=OuterRef("person_id"), programme_id__in=list(roles.officer_of))
    return rows.filter(Exists(mine.exclude(state="not-required")))


def failing_address_for_officer(roles: Roles, failing_id: int) -> FailingAddress:
    """One of them, with its person."""
    row = failing_for_officer(roles).select_related("person").filter(pk=failing_id).first()
    if row is None:
        raise Http404
    return row


def replies_to_look_at(roles: Roles) -> list[MailReport]:
    """Replies by mail to cases that the viewer handles which no officer has looked at since; the newest first."""
    programmes = programmes_run(roles, [rules.key for rules in all_published()])
    return not_looked_at(cases_for_officer(roles, programmes))
