"""A duty is done: goes once for each cycle, with the certificate's link where there is one (row B18)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from upstander.actions.sending import Subject
from upstander.core.notices import CONFIRMATION as KEY
from upstander.core.notices import Kind
from upstander.notices.letter import Notice
from upstander.words.dates import long_date


def _subject(words: Mapping[str, Any]) -> str:
    return gettext("%(title)s: you are done") % words


def _more(about: Subject) -> Mapping[str, Any]:
    standing = about.standing
    return {
        "done_day": long_date(standing.satisfied_on, about.language) if standing.satisfied_on else "",
        "certificate": _certificate(about, standing.satisfied_ref or ""),
        "plan": f"{settings.BASE_URL}/my-training/",
    }


def _certificate(about: Subject, ref: str) -> str:
    """The address at which anybody can verify the certificate of the completion; "" where there is none."""
    person = about.notice.person if about.notice else about.person
    completion = next((one for one in person.completions.all() if str(one.pk) == ref), None)
    certificate = getattr(completion, "certificate", None)  # not every completion has one
    return f"{settings.BASE_URL}/verify/{certificate.code}/" if certificate else ""


CONFIRMATION = Notice(
    Kind(KEY, asks=False, at_once=True),
    to="the person",
    how_often="once in a cycle",
    subject=_subject,
    more=_more,
    reads=("person__completions__certificate",),
    called=gettext_lazy("Confirmation of a completion"),
)
