"""A few questions after a session for whoever was there; for the office what came of them, once it may be shown."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.session_feedback import give_feedback
from upstander.core.errors import Refusal
from upstander.core.in_person import HELD
from upstander.core.session_feedback import ASKED_FOR, QUESTIONS, Figures, figures, may_answer
from upstander.core.suppression import K
from upstander.queries.doors.in_person import session_for_officer, session_for_person
from upstander.queries.doors.learner import person_of
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.in_person_view import date_view
from upstander.words.in_person import in_person_refusal
from upstander.words.in_person_feedback import answer_words, question_words, share_words


class FeedbackForm(forms.Form):
    """Every question, none of which has to be answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, answers in QUESTIONS.items():
            choices = [(answer, answer_words(question, answer)) for answer in answers]
            self.fields[question] = forms.ChoiceField(
                label=question_words(question), choices=choices, widget=forms.RadioSelect, required=False
            )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The questions, for whoever was there; POST keeps what was ticked."""
    person = person_of(request.user)
    found, seat = session_for_person(person, session_id)
    if seat is None or found.state != HELD:
        raise Http404
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(found.pk, person.pk, form.cleaned_data, request.moment)
        except Refusal as refusal:
            form.add_error(None, in_person_refusal(refusal, settings.INSTITUTION_ZONE))
        else:
            messages.success(request, gettext("Thank you. Nobody can tell which answers are yours."))
            return redirect("in-person-session", session_id=found.pk)
    context = {
        "section": "courses",
        "date": date_view(found, 0, seat),
        "form": form,
        "may_answer": may_answer(found.state, seat.state, seat.gave_feedback, found.ends_at, request.moment.at),
        "gave": seat.gave_feedback,
        "least": K,
        "days": ASKED_FOR.days,
    }
    return render(request, "in_person/feedback.html", context)


@signed_in
@require_safe
def results(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """For the office: shares of the answers, once they are no longer asked for and enough people answered."""
    found = session_for_officer(roles_of(request.user), session_id)
    if found.state != HELD:
        raise Http404
    given = figures(found.feedback.values_list("answers", flat=True), found.ends_at, request.moment.at)
    context = {
        "section": "office",
        "date": date_view(found, 0),
        "is_asked": given is None,
        "tables": [_table(one) for one in given or () if one.column],
        "least": K,
        "shown_from": (found.ends_at + ASKED_FOR).date(),
    }
    return render(request, "in_person/feedback_results.html", context)


def _table(figures: Figures) -> dict:
    shares = figures.column.shares
    rows = [(answer_words(figures.question, one), share_words(shares.get(one))) for one in QUESTIONS[figures.question]]
    return {"question": question_words(figures.question), "base": figures.column.base, "rows": rows}
