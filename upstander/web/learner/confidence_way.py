"""Another way: a pause, people to turn to, and a request that only its custodians see (row B15).

The address and the title of these pages say nothing of what is asked on them.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions import another_way
from upstander.actions import standing as standing_action
from upstander.actions.cases import Wanted
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.requests import ANOTHER_WAY, KINDS, ONLY_HERE, UNSETTLED, WAYS
from upstander.delivery import catalogue
from upstander.models import Case, Person
from upstander.queries.doors.confidence import custodians_of
from upstander.queries.doors.learner import person_of
from upstander.queries.plan import duties_of
from upstander.queries.programmes import all_published
from upstander.web.away import come_back, neutral_site, step_away
from upstander.web.guard import signed_in
from upstander.web.learner.player_visit import visit
from upstander.web.people import in_words, language
from upstander.words.confidence import way_word

_FIELDS = KINDS[ANOTHER_WAY].fields
#: States in which nothing is left for which another way could be found.
_NOTHING_TO_DO = frozenset({"not-required", "exempt", "satisfied", "waived"})


@dataclass(frozen=True, slots=True)
class About:
    """One duty that a request can be about, and the reader's unsettled request about it."""

    rules: Programme
    cycle: str
    title: str
    case: Case | None


class WayForm(forms.Form):
    """Everything may stay empty; one button sends it."""

    def __init__(self, *args: Any, about: list[About], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(about) > 1:
            titles = [(one.rules.key, one.title) for one in about]
            self.fields["programme"] = forms.ChoiceField(
                label=gettext("Which training is it about?"), choices=titles, widget=forms.RadioSelect
            )
        self.fields["ways"] = forms.MultipleChoiceField(
            label=gettext("What would help? Tick any, or none."),
            choices=[(key, way_word(key)) for key in WAYS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["reach"] = forms.CharField(
            label=gettext("How and when can we reach you safely? (optional)"),
            help_text=gettext("For example a telephone number, and an hour."),
            required=False,
            max_length=_FIELDS["reach"].longest,
            widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        )
        self.fields["told"] = forms.ChoiceField(
            label=gettext("How would you like to learn that there is an answer?"),
            choices=[
                ("", gettext("A short e-mail says that there is an answer, and nothing of what it is about")),
                (ONLY_HERE, gettext("No e-mail: I will look on this site")),
            ],
            initial="",
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["note"] = forms.CharField(
            label=gettext("Anything else you would like us to know (optional)"),
            help_text=gettext("You need not say why."),
            required=False,
            max_length=_FIELDS["note"].longest,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest) -> HttpResponse:
    """A pause, whom to turn to, and one button that asks for another way; no reason is asked."""
    person, course = person_of(request.user), request.GET.get("course", "")
    about = duties_about(request, person, course, request.GET.get("programme", ""))
    form = WayForm(request.POST if request.method == "POST" else None, about=about)
    if request.method == "POST" and about and form.is_valid():
        return _asked(request, person, about, form, course)
    open_ones = [one for one in about if one.case is not None]
    context = {
        "section": "my-training",
        "form": form,
        "about": about,
        "open_ones": open_ones,
        "may_ask": len(open_ones) < len(about),
        "held": all(custodians_of(one.rules.key, but=person.pk) for one in about),
        "course": course if course and _has_pages(course) else "",
        "directory": settings.INSTITUTION.get("directory", ""),
        "neutral_site": neutral_site(),
    }
    return render(request, "confidence/support.html", context)


def duties_about(request: HttpRequest, person: Person, course: str, programme: str) -> list[About]:
    """The duties that a request can be about: still to do before any other, else whatever offers the course."""
    rules = {one.key: one for one in all_published()}
    named = [one for one in rules.values() if (not course or course in one.course_keys) and programme in ("", one.key)]
    standing_action.refresh(person.pk, request.moment)
    standings = duties_of(person.pk, named, request.moment.day)
    to_do = [standing for standing in standings if standing.state not in _NOTHING_TO_DO]
    chosen = to_do or (standings if course or programme else [])
    unsettled = Case.objects.filter(person=person, kind=ANOTHER_WAY, state__in=UNSETTLED)
    cases = {case.programme_id: case for case in unsettled}
    return [
        About(rules[one.programme_id], one.cycle, in_words(rules[one.programme_id].title), cases.get(one.programme_id))
        for one in chosen
    ]


def _has_pages(course: str) -> bool:
    try:
        return bool(catalogue.edition(course, language()).pages)
    except Refusal:
        return False


def _asked(request: HttpRequest, person: Person, about: list[About], form: WayForm, course: str) -> HttpResponse:
    given = form.cleaned_data
    one = next((one for one in about if one.rules.key == given.get("programme", about[0].rules.key)), None)
    if one is None:
        raise Http404
    texts = {name: given[name] for name in ("reach", "told", "note")}
    asked = {"ways": ",".join(given["ways"]), **texts, "course": course[:60]}
    try:
        case = another_way.ask(
            person.pk, Wanted(one.rules.key, one.cycle, "officer", asked, language=language()), request.moment
        )
    except Refusal as refusal:
        if "case" not in refusal.data:
            raise
        return redirect("case", case_id=refusal.data["case"])
    messages.success(request, gettext("We have it. Your request has the number %(number)s.") % {"number": case.number})
    return redirect("case", case_id=case.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, course: str) -> HttpResponse:
    """Pause and step away: the place is kept, and the way back leads here until the reader goes on (row B15)."""
    here = visit(request, course)
    if request.method == "POST":
        come_back(request)
        return redirect(here.resume_address if here.enrolment else "learn-start", *_start(here))
    step_away(request, here.course.key)
    answer = render(request, "confidence/pause.html", {"here": here, "neutral_site": neutral_site()})
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def _start(here: Any) -> list[str]:
    return [] if here.enrolment else [here.course.key]
