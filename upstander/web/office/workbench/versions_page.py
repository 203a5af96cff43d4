"""The versions of a programme: published, drafts, held, the next cycle's; a draft begun, a new programme begun."""

import tomllib
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from upstander.actions.draft_text import new_programme_from, templates
from upstander.actions.drafts import start_draft
from upstander.core.errors import Refusal
from upstander.models import ProgrammeVersion
from upstander.queries.doors.versions import only_for_starters, record_for_officer, unpublished_for_officer
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import actor_names, by_of, title_of
from upstander.web.office.workbench.refusals import refusal_sentence

BECAUSE = {
    "import": _("imported from a file"),
    "edit": _("begun in the office"),
    "next-cycle": _("made by itself for the next cycle"),
    "preset": _("made from legal presets"),
}


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list."""

    version: ProgrammeVersion
    state: str
    because: str
    made_by: str
    requested_by: str
    released_by: str
    title: str


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """Every version; POST begins a draft from the published one."""
    record = record_for_officer(roles_of(request.user), key)
    if request.method == "POST":
        try:
            draft = start_draft(key, request.moment, by_of(request))
        except Refusal as refusal:
            messages.error(request, refusal_sentence(refusal))
            return redirect("office-versions", key=key)
        return redirect("office-draft", version_id=draft.pk)
    lines = version_lines(list(ProgrammeVersion.objects.filter(programme=record).order_by("-number")))
    context = {
        "section": "office",
        "record": record,
        "title": lines[0].title if lines else key,
        "drafts": [line for line in lines if line.state in {"draft", "held"}],
        "published": [line for line in lines if line.state == "published"],
        "discarded": [line for line in lines if line.state == "discarded"],
    }
    return render(request, "office/workbench/versions.html", context)


def version_lines(found: list[ProgrammeVersion]) -> list[VersionLine]:
    """The versions as lines, names fetched at once."""
    names = actor_names([by for each in found for by in (each.made_by, each.requested_by, each.released_by)])
    return [
        VersionLine(
            each,
            _state(each),
            str(BECAUSE.get(each.made_because, each.made_because)),
            names[each.made_by],
            names[each.requested_by],
            names[each.released_by],
            _title(each),
        )
        for each in found
    ]


def unpublished_lines(request: HttpRequest) -> list[VersionLine]:
    """What the reader's programmes have on the workbench, those that wait for a second officer first."""
    return version_lines(unpublished_for_officer(roles_of(request.user)))


def _state(version: ProgrammeVersion) -> str:
    if version.published_at:
        return "published"
    if version.discarded_at:
        return "discarded"
    return "held" if version.requested_at else "draft"


def _title(version: ProgrammeVersion) -> str:
    try:
        return title_of(tomllib.loads(version.document), version.programme_id)
    except (ValueError, RecursionError):
        return version.programme_id


class NewProgrammeForm(forms.Form):
    """A key for good, and what to begin with."""

    key = forms.CharField(
        label=_("Key"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as new-staff. It stands in addresses and never changes."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    template = forms.ChoiceField(label=_("Begin with"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [(key, title_of(tomllib.loads(text), key)) for key, text in templates().items()]
        self.fields["template"].choices = [("", gettext("Nothing: only what every programme needs")), *offered]
        self.fields["template"].initial = ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: HttpRequest) -> HttpResponse:
    """A new programme's first draft, from nothing or from an installed template."""
    only_for_starters(roles_of(request.user))
    form = NewProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            draft = new_programme_from(chosen["key"], chosen["template"], request.moment, by_of(request))
        except Refusal as refusal:
            form.add_error("key", refusal_sentence(refusal))
        else:
            return redirect("office-draft", version_id=draft.pk)
    context = {"section": "office", "form": form}
    return render(request, "office/workbench/new.html", context)
