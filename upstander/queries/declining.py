"""Letters that somebody wants no more: who declined what, and the signed link by which a letter is declined."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import Http404

from upstander.models import Notice, Unsubscribed

_SIGNER = {"sep": "~", "salt": "upstander.letters.stop"}


def declined(person_ids: Collection[str], kinds: Collection[str]) -> set[tuple[str, str]]:
    """The (person, kind) that go no more; one query, none where no such kind is among them."""
    if not kinds:
        return set()
    rows = declined_now().filter(person_id__in=list(person_ids), kind__in=list(kinds))
    return set(rows.values_list("person_id", "kind"))


def declined_now() -> QuerySet[Unsubscribed]:
    return Unsubscribed.objects.filter(ended_at=None)


def stop_address(notice_id: UUID) -> str:
    """The address that declines letters of a message's kind for its reader; it names neither of them."""
    return f"{settings.BASE_URL}/account/letters/stop/{Signer(**_SIGNER).sign(notice_id.hex)}/"


def notice_to_stop(token: str) -> Notice:
    """The message whose link this is; Http404 for one that we never wrote, or of a message that is gone."""
    try:
        found = Notice.objects.select_related("person").filter(pk=UUID(Signer(**_SIGNER).unsign(token))).first()
    except (BadSignature, ValueError):
        found = None
    if found is None:
        raise Http404
    return found
