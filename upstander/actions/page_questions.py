"""Questions about a page: asked with the page's place, and answers that the office shows to everybody (row B14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from upstander.actions.cases import Wanted, move, open_case
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.requests import CONTENT_QUESTION, OFFICER
from upstander.models import AskedBefore, AuditLine, Case

LONGEST_SHARED = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """What a question carries along: the course and edition, the page (section/page), the item of a review, and the
    title of it as the person reads it.
    """

    course: str
    edition: str = ""
    page: str = ""
    item: str = ""
    title: str = ""


def ask(person_id: str, about: tuple[str | None, str], place: Place, text: str, language: str, moment: Moment) -> Case:
    """Opens the question as a case of the programme and cycle in `about`.

    Refusals: `field-needed` {field: note}, `field-too-long` {field, longest}.
    """
    asked = {
        "note": text.strip(),
        "course": place.course,
        "page": place.page,
        "item": place.item,
        "edition": place.edition,
        "title": place.title[:200],
    }
    programme, cycle = about
    wanted = Wanted(programme, cycle, "officer", asked, language=language, kind=CONTENT_QUESTION)
    return open_case(person_id, wanted, moment, f"person:{person_id}")


@transaction.atomic
def share(case_id: UUID, words: Mapping[str, Mapping[str, str]], moment: Moment, by: str) -> AskedBefore:
    """Shows a question and its answer, as the office has edited them, to every reader of the page; without the asker.

    `words` {lang: {"question", "answer"}}. Refusals: `text-needed` {lang}, `text-too-long` {longest}, `not-yourself`.
    """
    for lang, said in words.items():
        for text in (said.get("question", ""), said.get("answer", "")):
            if not text.strip():
                raise Refusal("text-needed", {"lang": lang})
            if len(text) > LONGEST_SHARED:
                raise Refusal("text-too-long", {"longest": LONGEST_SHARED})
    case = move(case_id, "share", OFFICER, moment, by)
    kept = {lang: {name: said[name].strip() for name in ("question", "answer")} for lang, said in words.items()}
    shared = AskedBefore.objects.create(
        course_key=case.asked["course"], page=case.asked.get("page", ""), words=kept, shared_on=moment.day
    )
    _audit("question-shared", shared, moment, by)
    return shared


@transaction.atomic
def take_down(shared_id: int, moment: Moment, by: str) -> None:
    """The answer is shown no longer; the record of it stays."""
    shared = AskedBefore.objects.select_for_update().get(pk=shared_id)
    if shared.ended_on is None:
        shared.ended_on = moment.day
        shared.save(update_fields=["ended_on"])
        _audit("question-taken-down", shared, moment, by)


def _audit(verb: str, shared: AskedBefore, moment: Moment, by: str) -> None:
    AuditLine.objects.create(at=moment.at, actor=by, verb=verb, subject=f"asked-before:{shared.pk}")
