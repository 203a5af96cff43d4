"""Messages as they went: by their public code, and all of them for the demo's mailbox."""

from django.conf import settings
from django.db.models import Exists, Q, QuerySet
from django.http import Http404

from upstander.models import Notice, Programme
from upstander.queries.messages import shown


def notice_by_code(code: str) -> Notice | None:
    """The message that carries this code, or None; only messages that left us, or may have, carry one."""
    return Notice.objects.select_related("programme").filter(code=code).exclude(state="not-sent").first()


def mailbox(to: str = "") -> QuerySet[Notice]:
    """The demo's messages, newest first, to addressees whose name or address holds the text; Http404 elsewhere.

    What went within a letter of several is read in that letter and is no message of its own.
    """
    if not settings.DEMO or settings.SMTP is not None:
        raise Http404
    messages = (
        Notice.objects.filter(state="sent", went_with=None)
        .select_related("person")
        .order_by("-sent_at", "-planned_at", "pk")
    )
    for word in to.split():
        messages = messages.filter(
            Q(address__icontains=word)
            | Q(person__preferred_name__icontains=word)
            | Q(person__legal_first_name__icontains=word)
            | Q(person__legal_last_name__icontains=word)
        )
    return messages


def waiting_notices() -> int:
    """How many planned notices wait for their time alone: their programme, or for those of none any, is open.

    Without those of which others than their reader may not know (`messages.shown`): the figure goes to operators.
    """
    opened = Programme.objects.filter(sending_opened_at__isnull=False)
    may_go = Q(Exists(opened), programme=None) | Q(programme__sending_opened_at__isnull=False)
    return shown(Notice.objects.filter(may_go, state="planned")).count()
