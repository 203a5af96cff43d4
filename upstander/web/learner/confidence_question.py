"""Ask about this page: the question carries the page along, and the office answers in the product (row B14)."""

from html import unescape
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.page_questions import Place, ask
from upstander.core.requests import CONTENT_QUESTION, KINDS
from upstander.queries.page_questions import about_page as questions_about
from upstander.queries.page_questions import asked_before, own_about
from upstander.web.guard import signed_in
from upstander.web.learner.confidence_way import duties_about
from upstander.web.learner.player_visit import Visit, visit
from upstander.web.people import language


class QuestionForm(forms.Form):
    """The question in the reader's own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = forms.CharField(
            label=gettext("Your question"),
            help_text=gettext("If it is about a person or an event, give no names here."),
            max_length=KINDS[CONTENT_QUESTION].fields["note"].longest,
            widget=forms.Textarea(attrs={"rows": 6}),
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, course: str) -> HttpResponse:
    """The form, with what goes along said plainly; POST opens the question."""
    if request.GET.get("for") == "another-way":  # an address that letters and bookmarks may still carry
        return redirect(f"{reverse('support')}?course={course}")
    here = visit(request, course)
    place = _place(here, request.GET.get("page", ""), request.GET.get("item", ""))
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = ask(
            here.person.pk, _about(request, here), place, form.cleaned_data["note"], here.course.lang, request.moment
        )
        said = gettext("The office has your question. It has the number %(number)s.") % {"number": case.number}
        messages.success(request, said)
        return redirect("case", case_id=case.pk)
    context = {
        "here": here,
        "section": "courses",
        "form": form,
        "place": place,
        "own": own_about(here.person.pk, here.course.key, place.page),
        "asked_before": asked_before(here.course.key, place.page, language()),
        "back": _back(here, place),
    }
    return render(request, "confidence/ask.html", context)


def _place(here: Visit, page: str, item: str) -> Place:
    """The page or the item that the question is about, if the course has it; else the course."""
    course, shown = here.course, here.course.page(page)
    if shown is not None:
        return Place(course.key, course.edition, shown.ref, "", unescape(strip_tags(shown.title)))
    found = here.outline.assessment.bank.get(item)
    if found is not None:
        return Place(course.key, course.edition, "", found.id, unescape(strip_tags(found.stem)))
    return Place(course.key, course.edition, title=course.title)


def _about(request: HttpRequest, here: Visit) -> tuple[str | None, str]:
    """The programme and cycle of the reader's duty with this course; none where no programme offers it."""
    about = duties_about(request, here.person, here.course.key, "")
    return (about[0].rules.key, about[0].cycle) if about else (None, "")


def _back(here: Visit, place: Place) -> str:
    return here.page_address(place.page) if place.page else reverse("learn-start", args=[here.course.key])


def about_page(visit: Visit, page: str) -> dict[str, Any]:
    """What a lesson page shows of questions: those asked before, and the reader's own."""
    shared, own = questions_about(visit.person.pk, visit.course.key, page, visit.course.lang)
    return {"asked_before": shared, "own_questions": own}
