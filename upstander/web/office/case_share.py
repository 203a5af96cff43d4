"""A question and its answer for everybody: edited in every language, shown on the page without the asker (row B14)."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from upstander.actions import page_questions
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER, moves_open
from upstander.models import Case
from upstander.queries.doors.cases import case_for_officer
from upstander.queries.page_questions import answer_of, shared_for_officer, shared_of_course
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.people import language
from upstander.words.request_refusals import refusal_words


class ShareForm(forms.Form):
    """Question and answer in every language of the site; both are read by everybody on the page."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang, name in settings.LANGUAGES:
            is_own = lang == case.language
            self._add(
                f"question_{lang}", gettext("Question (%(language)s)"), name, lang, case.asked.get("note", ""), is_own
            )
            self._add(f"answer_{lang}", gettext("Answer (%(language)s)"), name, lang, answer_of(case), is_own)

    def _add(self, key: str, label: str, name: str, lang: str, text: str, is_own: bool) -> None:
        self.fields[key] = forms.CharField(
            label=label % {"language": name},
            max_length=page_questions.LONGEST_SHARED,
            initial=text if is_own else "",
            widget=forms.Textarea(attrs={"rows": 3, "lang": lang}),
        )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        given = self.cleaned_data
        return {
            lang: {"question": given[f"question_{lang}"], "answer": given[f"answer_{lang}"]}
            for lang, _ in settings.LANGUAGES
        }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The form, beside what is shown of this course already."""
    roles = roles_of(request.user)
    case = case_for_officer(roles, case_id)
    if "share" not in moves_open(case.kind, case.state, OFFICER):
        raise Http404
    form = ShareForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            page_questions.share(case.pk, form.words, request.moment, f"person:{roles.person_id}")
        except Refusal as refusal:
            form.add_error(None, refusal_words(refusal))
        else:
            messages.success(request, gettext("Everybody who reads the page sees it now."))
            return redirect("office-case", case_id=case.pk)
    shown = [
        (one, one.words.get(language()) or next(iter(one.words.values())))
        for one in shared_of_course(case.asked["course"])
    ]
    return render(request, "office/case_share.html", {"section": "office", "case": case, "form": form, "shown": shown})


@signed_in
@require_POST
def end(request: HttpRequest, shared_id: int) -> HttpResponse:
    """Takes an answer down from its page; the record of it stays."""
    roles = roles_of(request.user)
    shared = shared_for_officer(roles, shared_id)
    page_questions.take_down(shared.pk, request.moment, f"person:{roles.person_id}")
    messages.success(request, gettext("It is shown no longer."))
    return redirect("office-cases")
