"""What is missing: problems that block, languages that part, remarks worth a second look, and the minutes."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from upstander.core.readability import readability
from upstander.delivery.native.accessible import paragraphs, remarks_of
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, desk_of
from upstander.web.office.courses.places import Place
from upstander.web.office.courses.sentences import gap_place, gap_sentence, remark_sentence


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the place it belongs to."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How one page reads in each language: a grade for English, a score for Spanish, None for too few words."""

    place: Place
    grade: int | None
    score: int | None
    hard: tuple[str, ...]


@signed_in
@require_safe
def missing(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Everything that stands between the draft and its publication, each with a link to its place."""
    desk = desk_of(request, draft_id)
    remarks = [
        Said(Place("page", one.page, one.lang), remark_sentence(one))
        for course in desk.read.courses.values()
        for one in remarks_of(course)
    ]
    context = {
        **desk.context(),
        "problems": desk.problems,
        "lacking": [Said(gap_place(gap), gap_sentence(gap)) for gap in desk.gaps if not gap.stale],
        "stale": [Said(gap_place(gap), gap_sentence(gap)) for gap in desk.gaps if gap.stale],
        "remarks": remarks,
        "measures": measures(desk),
        "minutes": _minutes(desk),
    }
    return render(request, "office/courses/missing.html", context)


def _minutes(desk: Desk) -> list[dict]:
    """The minutes of each language now and in the edition before."""
    before = desk.minutes_before
    return [{"lang": lang, "now": now, "before": before.get(lang)} for lang, now in desk.minutes.items()]


def measures(desk: Desk) -> list[Measure]:
    """How every page reads, in the order of the course."""
    found: dict[str, dict] = {}
    for lang, course in desk.read.courses.items():
        for page in course.pages:
            found.setdefault(page.ref, {})[lang] = readability(paragraphs(page), lang)
    lines = []
    for ref, by_lang in found.items():
        values = {lang: one.value for lang, one in by_lang.items() if one}
        hard = tuple(lang for lang in LANGUAGES if by_lang.get(lang) and by_lang[lang].is_hard)
        lines.append(Measure(Place("page", ref), values.get("en"), values.get("es"), hard))
    return lines
