"""A draft: read back part by part, edited as one text where no form reaches, taken away as a file, laid aside."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.draft_text import rewrite_draft
from upstander.actions.drafts import discard_draft
from upstander.core.cases import Failure
from upstander.core.decision import STATES
from upstander.core.errors import Refusal
from upstander.core.presets import Preset
from upstander.queries.doors.versions import version_for_officer
from upstander.queries.drafts import ExampleOutcome
from upstander.queries.presets import installed_presets, signatures
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import Desk, by_of, changed_since, desk_of, revision_of
from upstander.web.office.workbench.parts import PARTS, Part
from upstander.web.office.workbench.parts_rules import entries
from upstander.web.office.workbench.problems import problems_of
from upstander.web.office.workbench.reading import Readback, readback, unplaced
from upstander.web.office.workbench.refusals import refusal_sentence
from upstander.web.office.workbench.text_lines import numbered_problems
from upstander.web.people import language
from upstander.words.dates import plain_date
from upstander.words.states import state_word

EXPECTED_WORDS = {
    "state": gettext_noop("Status"),
    "group": gettext_noop("Group"),
    "cycle": gettext_noop("Cycle"),
    "opens_on": gettext_noop("Opens on"),
    "due_on": gettext_noop("Due on"),
    "next_change_on": gettext_noop("Next change on"),
    "satisfied_by": gettext_noop("Satisfied by"),
    "reasons": gettext_noop("Reasons that must be given"),
    "no_reasons": gettext_noop("Reasons that must not be given"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One part on the page."""

    part: Part
    back: Readback
    examples: tuple["Outcome", ...] = ()
    presets: tuple[dict[str, Any], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.back.sentences or self.back.text or self.examples or self.presets)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one example comes out, with a line for each thing that came out otherwise."""

    name: str
    holds: bool
    failures: tuple[str, ...] = ()


def outcome_of(example: ExampleOutcome) -> Outcome:
    """The example for the page; what fails singly and in the batch is said once."""
    said = dict.fromkeys(_failure_line(failure) for failure in example.failures)
    return Outcome(example.name, example.holds, tuple(said))


def _failure_line(failure: Failure) -> str:
    if failure.part == "example":
        return gettext("It cannot be worked out: %(why)s") % {"why": failure.expected}
    told = {
        "part": gettext(EXPECTED_WORDS.get(failure.part, failure.part)),
        "expected": _value_word(failure.part, failure.expected),
        "got": _value_word(failure.part, failure.got),
    }
    return gettext("%(part)s: expected %(expected)s, came out %(got)s.") % told


def _value_word(part: str, value: Any) -> str:
    if part == "state" and value in STATES:
        return f"“{state_word(value)}”"
    if isinstance(value, date):
        return plain_date(value, language())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or gettext("none")
    return gettext("none") if value in (None, "none") else str(value)


@signed_in
@require_safe
def draft_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """The draft as cards, with what is wrong at the part it belongs to."""
    desk = desk_of(request, version_id)
    context = {**desk.context(), "cards": _cards(desk), "unplaced": unplaced(desk.view)}
    context["problems"] = problems_of(desk.view)
    return render(request, "office/workbench/draft.html", context)


def _cards(desk: Desk) -> list[Card]:
    back = readback(desk.view)
    presets = {"legal": _presets(desk)} if "legal" in desk.view.document else {}
    return [
        Card(
            part,
            back[part.key],
            tuple(map(outcome_of, desk.view.examples)) if part.key == "examples" else (),
            presets.get(part.key, ()),
        )
        for part in PARTS
    ]


def _presets(desk: Desk) -> tuple[dict[str, Any], ...]:
    installed: dict[str, Preset] = {preset.id: preset for preset in installed_presets()}
    signed = signatures()
    found = []
    for entry in entries(desk.view.document, "legal"):
        key = str(entry.get("preset", ""))
        preset = installed.get(key)
        as_it_stands = preset is not None and preset.digest == entry.get("digest")
        found.append({"key": key, "installed": preset, "current": as_it_stands, "signed": signed.get(key)})
    return tuple(found)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def draft_text(request: HttpRequest, version_id: int) -> HttpResponse:
    """The whole document as text, with problems by line; what was typed stays whatever happens."""
    desk = desk_of(request, version_id)
    text, refused, others = desk.version.document, "", []
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        revision = revision_of(request)
        try:
            rewrite_draft(version_id, revision, text, request.moment, by_of(request))
        except Refusal as refusal:
            refused = refusal_sentence(refusal)
            desk = desk_of(request, version_id)
            others = changed_since(desk.version, revision)
        else:
            messages.success(request, gettext("Saved: the whole text."))
            return redirect("office-draft-text" if request.POST.get("act") == "stay" else "office-draft", version_id)
    context = {
        **desk.context(),
        "text": text,
        "revision": desk.version.revision,
        "problems": numbered_problems(text, [] if refused else problems_of(desk.view)),
        "refused": refused,
        "others": others,
        "stored": desk.version.document if others else "",
    }
    return render(request, "office/workbench/text.html", context)


@signed_in
@require_safe
def draft_file(request: HttpRequest, version_id: int) -> HttpResponse:
    """The document of any version as a file; importing it gives the same one back."""
    version = version_for_officer(roles_of(request.user), version_id)
    answer = HttpResponse(version.document, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{version.programme_id}-{version.number}.toml"'
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Asks first; POST lays the draft aside."""
    desk = desk_of(request, version_id)
    if request.method == "POST":
        try:
            discard_draft(version_id, request.moment, by_of(request))
        except Refusal as refusal:
            messages.error(request, refusal_sentence(refusal))
        else:
            messages.success(request, gettext("The draft is laid aside. Its text stays in the list of versions."))
        return redirect("office-versions", key=desk.version.programme_id)
    return render(request, "office/workbench/discard.html", desk.context())
