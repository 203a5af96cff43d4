"""Help: every question of a programme answered, in general and for the person who is signed in (rows A09-A17, C02)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from upstander.core.errors import Refusal
from upstander.core.questions_own import status
from upstander.core.search import LONGEST, words_of
from upstander.queries.programmes import all_published, published
from upstander.web.public.help_answers import Answers, answers_of, entries, parts_of
from upstander.web.public.help_reader import reader_of
from upstander.web.public.help_search import found, meant, places_found
from upstander.words.answers import question_words

#: What people look for before they know where: the place on this page -> the question that answers it.
OFTEN = {
    "more-time": "more-time",
    "leave": "leave",
    "ending": "appointment-ends",
    "done": "reminders-done",
    "language": "languages",
    "no-computer": "no-computer",
    "another-way": "upsetting",
    "working-hours": "working-hours",
    "technical": "technical",
    "wrong": "wrong-reason",
}


@never_cache
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The way to every programme's answers, a search over all of them, and what cannot wait."""
    programmes = all_published()
    typed = _typed(request)
    answers = [answers_of(programme, request.moment.day, _language()) for programme in programmes]
    doors = [_door(request, each, place == 0) for place, each in enumerate(answers)]
    context = {"section": "help", "programmes": doors, "typed": typed}
    if words_of(typed):
        hits = [{"answers": each, "entries": found(typed, each)} for each in answers]
        context |= {"hits": [hit for hit in hits if hit["entries"]], "searched": True, "places": _places(typed)}
        if not context["hits"] and not any(context["places"].values()):
            context |= {"nothing": True, "meant": meant(typed, answers, _language())}
    return render(request, "public/help.html", context)


def _places(typed: str) -> dict[str, list]:
    """What is found beside the questions, under the titles of its parts."""
    titles = {
        "now": gettext("What cannot wait"),
        "trouble": gettext("When something does not work"),
        "courses": gettext("Courses"),
        "explainers": gettext("Explained in a few minutes"),
        "ask": gettext("Ask the office"),
    }
    return {titles[part]: places for part, places in places_found(typed, _language()).items() if places}


def _door(request: HttpRequest, answers: Answers, holds_places: bool) -> dict:
    """One programme: how the reader stands in it, and what is often asked; the first one holds the known places."""
    reader = reader_of(request, answers.programme)
    said = answers.say([status(reader.asker, request.moment.day)], reader.naming) if reader else []
    often = [
        {"place": place if holds_places and place != key else "", "key": key, "title": question_words(key)}
        for place, key in OFTEN.items()
        if key in answers.keys
    ]
    return {"answers": answers, "status": said[0] if said else None, "often": often}


@never_cache
@require_safe
def help_programme(request: HttpRequest, key: str) -> HttpResponse:
    """All questions of one programme; signed in, each with the answer for the reader before the general one."""
    try:
        programme = published(key)
    except Refusal as refusal:
        raise Http404 from refusal
    answers = answers_of(programme, request.moment.day, _language())
    reader = reader_of(request, programme)
    typed = _typed(request)
    wanted = {entry.key for entry in found(typed, answers)} if words_of(typed) else answers.keys
    shown = entries(answers, reader, request.moment.day, wanted)
    context = {
        "section": "help",
        "answers": answers,
        "programme": programme,
        "reader_here": reader,
        "status": answers.say([status(reader.asker, request.moment.day)], reader.naming)[0] if reader else None,
        "parts": parts_of(shown),
        "count": len(shown),
        "contents": answers.contents,
        "typed": typed,
        "searched": bool(words_of(typed)),
    }
    return render(request, "public/help_programme.html", context)


def _typed(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _language() -> str:
    return (get_language() or "en").split("-")[0]
