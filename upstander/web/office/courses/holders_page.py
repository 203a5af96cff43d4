"""Who knows an older edition of a course, and the form by which a programme asks its people to read what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from upstander.actions.draft_update import draft_update
from upstander.core.access import may_run_programme
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.requirement import Update
from upstander.delivery.catalogue import title_of
from upstander.models import CourseEdition
from upstander.queries.course_editions import editions_of
from upstander.queries.course_holders import holders_by_edition
from upstander.queries.doors.courses import edition_for_author
from upstander.queries.programmes import all_published
from upstander.queries.roles import roles_of
from upstander.web.day_field import DayField
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import by_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.people import in_words, language

#: What the form proposes: it begins in a fortnight, and there is a month to read.
AHEAD, DAYS = timedelta(days=14), 30
LONGEST_DAYS = 366
#: How a completion that names no edition, brought in from elsewhere, is called in the form.
UNNAMED = "-"


class AskForm(forms.Form):
    """Which editions do not stand alone any more, from which day on, and how many days there are to read."""

    def __init__(self, *args: Any, holders: Mapping[str, int], tomorrow: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["older"] = forms.MultipleChoiceField(
            label=gettext("Who completed it in one of these editions"),
            choices=[(edition or UNNAMED, _held(edition, number)) for edition, number in holders.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=[edition or UNNAMED for edition in holders if edition],
        )
        self.fields["since_on"] = DayField(label=gettext("Asked from this day on"), initial=tomorrow + AHEAD)
        self.fields["days"] = forms.IntegerField(
            label=gettext("Days to read what changed"), min_value=1, max_value=LONGEST_DAYS, initial=DAYS
        )
        self._tomorrow = tomorrow

    def clean_since_on(self) -> date:
        """Nobody is asked as of a day that is over."""
        since_on = self.cleaned_data["since_on"]
        if since_on < self._tomorrow:
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        return since_on

    def editions(self) -> list[str]:
        return ["" if name == UNNAMED else name for name in self.cleaned_data["older"]]


def _held(edition: str, number: int) -> str:
    facts = {"edition": edition, "number": number}
    if not edition:
        return (
            gettext("without the name of an edition, brought in from elsewhere (people who have it: %(number)s)")
            % facts
        )
    return gettext("%(edition)s (people who have it: %(number)s)") % facts


@dataclass(frozen=True, slots=True)
class Offering:
    """One programme that offers the course: what it asks already, or the form by which it can ask."""

    key: str
    title: str
    may: bool
    asks: Update | None
    form: AskForm | None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def holders(request: HttpRequest, key: str) -> HttpResponse:
    """The programmes that offer the course; POST drafts the next version of one of them with the request in it."""
    edition = edition_for_author(roles_of(request.user), key)
    found = [_offering(request, edition, rules) for rules in all_published() if key in rules.course_keys]
    if request.method != "POST":
        return _page(request, edition, found)
    chosen = next((one for one in found if one.may and one.key == request.POST.get("programme", "")), None)
    if chosen is None:
        raise Http404
    if chosen.form is None or not chosen.form.is_valid():
        return _page(request, edition, found, status=422)
    return _asked(request, edition, chosen, chosen.form, found)


def _asked(
    request: HttpRequest, edition: CourseEdition, chosen: Offering, form: AskForm, found: list[Offering]
) -> HttpResponse:
    said = form.cleaned_data
    try:
        drafts = draft_update(
            edition.course_key, edition.edition, form.editions(), said["since_on"], said["days"], by_of(request),
            request.moment, programmes=(chosen.key,),
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, edition, found, refusal_sentence(refusal), 422)
    if not drafts:
        return _page(request, edition, found, status=409)
    messages.success(
        request,
        gettext("The request stands in a draft of the programme. See whose duty opens again, then publish it there."),
    )
    return redirect("office-draft", drafts[0].pk)


def _offering(request: HttpRequest, edition: CourseEdition, rules: Programme) -> Offering:
    option = rules.option(edition.course_key)
    asks = next((one for one in option.updates if one.edition == edition.edition), None) if option else None
    may, form = may_run_programme(roles_of(request.user), rules.key), None
    if may and asks is None and option:
        mine = request.method == "POST" and request.POST.get("programme") == rules.key
        older = [one.edition for one in editions_of(edition.course_key) if one.place < edition.place]
        form = AskForm(
            request.POST if mine else None,
            holders=_known(holders_by_edition(edition.course_key, rules.key), older),
            tomorrow=request.moment.day + timedelta(days=1),
            auto_id=f"{rules.key}-%s",
        )
    return Offering(rules.key, in_words(rules.title), may, asks, form)


def _known(held: Mapping[str, int], older: Iterable[str]) -> dict[str, int]:
    """The older editions on record, the newest first, and completions that name none where there are any."""
    known = {edition: held.get(edition, 0) for edition in reversed(list(older))}
    return known | ({"": held[""]} if held.get("") else {})


def _page(
    request: HttpRequest, edition: CourseEdition, found: list[Offering], refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "section": "courses-desk",
        "edition": edition,
        "key": edition.course_key,
        "programmes": found,
        "says": in_words(edition.says) if edition.says else "",
        "title": title_of(edition.course_key, language()),
        "faulty": next((one.form for one in found if one.form and one.form.errors), None),
        "refused": refused,
        "is_first": edition.place == 1,
    }
    return render(request, "office/courses/holders.html", context, status=status)
