"""A course is completed beyond what was owed: goes once for it, with the certificate's link (row B18)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext, gettext_lazy

from upstander.actions.sending import Subject
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.notices import CERTIFICATE as KEY
from upstander.core.notices import COMPLETION, Kind
from upstander.models import Completion
from upstander.models import Notice as Row
from upstander.notices.letter import Notice
from upstander.words.dates import long_date


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(course)s: your certificate") % words


def _code_of(completion: Completion) -> str:
    try:
        return completion.certificate.code
    except ObjectDoesNotExist:
        return ""


def _more(about: Subject) -> Mapping[str, Any]:
    completion = about.notice.completion
    return {
        "done_day": long_date(completion.completed_on, about.language),
        "certificate": f"{settings.BASE_URL}/verify/{_code_of(completion)}/",
        "plan": f"{settings.BASE_URL}/my-training/",
    }


def _still(notice: Row, moment: Moment) -> Reason | None:
    completion = notice.completion
    if completion is None or completion.person_id != notice.person_id:
        return Reason("not-theirs")
    if completion.retracted_at is not None or not _code_of(completion):
        return Reason("not-finished")
    return None


CERTIFICATE = Notice(
    Kind(KEY, asks=False, about=COMPLETION, at_once=True, declinable=True),
    to="the person",
    how_often="once for each completion that no duty asked for",
    subject=_subject,
    called=gettext_lazy("Certificate"),
    more=_more,
    still=_still,
    reads=("completion__certificate",),
)
