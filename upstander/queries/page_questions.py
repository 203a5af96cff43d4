"""Questions about a page: what was asked before, the reader's own, and which of these were answered unread."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Q
from django.http import Http404

from upstander.core.access import Roles, may_run_programme
from upstander.core.requests import CONTENT_QUESTION
from upstander.models import AskedBefore, AuditLine, Case, CaseEntry
from upstander.queries.programmes import all_published
from upstander.queries.rows import fetched

#: Moves of the office that the person should be told of.
_TOLD = ("respond", "ask", "reply", "arrange")


_ANY = """
SELECT EXISTS(SELECT 1 FROM {shared} WHERE course_key = %s AND page = %s AND ended_on IS NULL),
       EXISTS(SELECT 1 FROM {cases} WHERE person_id = %s AND kind = %s)
"""


@dataclass(frozen=True, slots=True)
class Shared:
    """A question that was asked before and its answer, in the language of the reader where there is one."""

    question: str
    answer: str
    lang: str


def asked_before(course_key: str, page: str, lang: str) -> list[Shared]:
    """What the office has answered for everybody about this page, oldest first; one query."""
    rows = AskedBefore.objects.filter(course_key=course_key, page=page, ended_on=None)
    return [_in(row, lang) for row in rows]


def _in(row: AskedBefore, lang: str) -> Shared:
    spoken = lang if lang in row.words else next(iter(row.words))
    return Shared(row.words[spoken]["question"], row.words[spoken]["answer"], spoken)


def about_page(person_id: str, course_key: str, page: str, lang: str) -> tuple[list[Shared], list[Case]]:
    """What was asked before about this page, and the reader's own questions; one query where there are none."""
    sql = _ANY.format(
        shared=connection.ops.quote_name(AskedBefore._meta.db_table),
        cases=connection.ops.quote_name(Case._meta.db_table),
    )
    shared, own = fetched(sql, [course_key, page, person_id, CONTENT_QUESTION])[0]
    return (
        asked_before(course_key, page, lang) if shared else [],
        own_about(person_id, course_key, page) if own else [],
    )


def shared_of_course(course_key: str) -> list[AskedBefore]:
    """Every answer of the course that is shown now, by page."""
    return list(AskedBefore.objects.filter(course_key=course_key, ended_on=None).order_by("page", "shared_on", "id"))


def own_about(person_id: str, course_key: str, page: str) -> list[Case]:
    """The reader's own questions about this page, the newest first; one query."""
    cases = Case.objects.filter(person_id=person_id, kind=CONTENT_QUESTION, asked__course=course_key, asked__page=page)
    return list(cases.order_by("-opened_at", "id"))


def unread(person_id: str) -> list[Case]:
    """The person's questions that the office has answered since they last looked; at most two queries."""
    answered = Q(entries__move__in=_TOLD)
    cases = Case.objects.filter(person_id=person_id, kind=CONTENT_QUESTION)
    rows = list(cases.annotate(told_at=Max("entries__at", filter=answered)).exclude(told_at=None))
    if not rows:
        return []
    lines = AuditLine.objects.filter(
        subject__in=[f"case:{case.pk}" for case in rows], actor=f"person:{person_id}", verb="case-seen"
    )
    looked = dict(lines.order_by().values_list("subject").annotate(last=Max("at")))
    return [case for case in rows if looked.get(f"case:{case.pk}") is None or looked[f"case:{case.pk}"] < case.told_at]


def answer_of(case: Case) -> str:
    """The office's last answer to a question; "" where there is none yet."""
    last = CaseEntry.objects.filter(case=case, move="respond").order_by("-at", "-id").first()
    return last.text if last else ""


def programmes_offering(course_key: str) -> list[str]:
    """The keys of the published programmes that offer this course, in their order."""
    return [rules.key for rules in all_published() if course_key in rules.course_keys]


def shared_for_officer(roles: Roles, shared_id: int) -> AskedBefore:
    """An answer shown to everybody, if the viewer runs a programme that offers its course; else Http404."""
    shared = AskedBefore.objects.filter(pk=shared_id, ended_on=None).first()
    if shared is None or not _may_share(roles, programmes_offering(shared.course_key)):
        raise Http404
    return shared


def _may_share(roles: Roles, programmes: Iterable[str]) -> bool:
    return roles.all_programmes or any(may_run_programme(roles, key) for key in programmes)
