"""The survey: the questions, what exactly will be stored, and on; never a gate (rows B04, B19).

The answers travel in the forms alone: none stands in an address, a session, a message or a log.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from upstander.actions.survey import answer, decline
from upstander.core.errors import Refusal
from upstander.core.survey import UNSAID, Question, Survey, encoded, option_words, question_words, taken_from
from upstander.queries.doors.learner import person_of
from upstander.queries.survey import Owed, survey_folders
from upstander.web.guard import signed_in
from upstander.web.language import offered, safe_next, switch
from upstander.web.learner.survey_way import LATER, owed_to
from upstander.web.people import language
from upstander.words.survey import prefer_not_to_say


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the page: its words, its options as (value, words, is chosen), and whether they are a scale."""

    name: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    is_scale: bool

    @property
    def said(self) -> str:
        """The words of what was chosen; blank where nothing was."""
        return next((words for _, words, chosen in self.options if chosen), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page."""

    title: str
    lead: str
    questions: tuple[Asked, ...]


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, name: str) -> HttpResponse:
    """The survey, if it still stands before this reader; whoever has taken or declined it is led on."""
    person = person_of(request.user)
    onward = safe_next(request, request.POST.get("next", request.GET.get("next", "")), "/my-training/")
    owed = owed_to(request)
    if owed is None or owed.survey.key != name:
        if name not in survey_folders():
            raise Http404
        return redirect(onward)
    given = taken_from(owed.survey, request.POST)
    if offered(chosen := request.POST.get("language", "")):
        return _in_language(request, chosen, owed, given, onward)
    match request.POST.get("step", "") if request.method == "POST" else "":
        case "later":
            request.session[LATER] = True
            return redirect(onward)
        case "never":
            return _done(lambda: decline(person.pk, owed), onward)
        case "send":
            return _done(lambda: answer(person.pk, owed, given), onward)
        case "look":
            return _shown(request, "learner/survey_stored.html", owed, given, onward)
        case _:
            return _shown(request, "learner/survey.html", owed, given, onward)


def _in_language(request: HttpRequest, chosen: str, owed: Owed, given: Mapping[str, str], onward: str) -> HttpResponse:
    """The same page in another language, with every choice that is not sent yet (row A15)."""
    keep = switch(request, chosen)
    stored = request.POST.get("shown") == "stored"
    return keep(_shown(request, "learner/survey_stored.html" if stored else "learner/survey.html", owed, given, onward))


def _done(act, onward: str) -> HttpResponse:
    """On to where the reader was going, whatever became of the act: a survey is never a gate, and counts once."""
    try:
        act()
    except Refusal as refusal:
        if refusal.code not in {"survey-taken", "no-survey-key", "spool-locked"}:
            raise
    return redirect(onward)


def _shown(request: HttpRequest, template: str, owed: Owed, given: Mapping[str, str], onward: str) -> HttpResponse:
    words = owed.survey.words[language()]
    context = {
        "section": "my-training",
        "title": words["title"],
        "note": words["note"],
        "parts": _parts(owed.survey, given),
        "answered": len(given),
        "onward": onward,
        "record": encoded(owed.survey, given).decode(),
        "given": given,
    }
    return render(request, template, context)


def _parts(survey: Survey, given: Mapping[str, str]) -> list[Part]:
    sections = survey.words[language()]["sections"]
    return [
        Part(
            sections[section.id]["title"],
            sections[section.id].get("lead", ""),
            tuple(_asked(survey, question, given.get(question.id, "")) for question in section.questions),
        )
        for section in survey.sections
    ]


def _asked(survey: Survey, question: Question, chosen: str) -> Asked:
    words = {**option_words(survey, question, language()), UNSAID: prefer_not_to_say()}
    options = tuple((value, said, value == chosen) for value, said in words.items())
    return Asked(question.id, question_words(survey, question, language()), options, bool(question.scale))
