"""Legal presets as the office reads them: the list, one preset with its signatures, several stacked, and the draft."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.presets import draft_from_presets, sign_preset, withdraw_signature
from upstander.core.access import may_start_programme
from upstander.core.errors import Refusal
from upstander.core.presets import Asked, Preset, Stack, Tension, stack
from upstander.delivery import catalogue
from upstander.models import Person, PresetSignature
from upstander.queries.doors.officers import programmes_for_officer
from upstander.queries.doors.versions import only_for_starters
from upstander.queries.presets import installed_presets, preset, presets, signatures, signatures_of
from upstander.queries.roles import roles_of
from upstander.web.guard import signed_in
from upstander.words import presets as words


@dataclass(frozen=True, slots=True)
class Listed:
    """A preset in a list: its words in the reader's language and whether it is signed here."""

    preset: Preset
    who: str
    kind: str
    confidence: str
    interval: str
    first: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a stack in words: what is asked, by which presets, and what the others ask."""

    name: str
    value: str
    by: tuple[str, ...]
    others: tuple[str, ...]


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every preset, with how much of it was read and whether it is signed; several can be chosen and stacked."""
    _officers_only(request)
    signed = signatures()
    rows = [_listed(each, signed.get(each.id)) for each in installed_presets()]
    return render(request, "office/presets.html", {"section": "office", "rows": rows})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, preset_id: str) -> HttpResponse:
    """One preset as a reviewer reads it; POST signs it as it stands or withdraws the signature."""
    by = _officers_only(request)
    found = _preset(preset_id)
    refused = _act(request, found, by) if request.method == "POST" else ""
    if request.method == "POST" and not refused:
        return redirect("office-preset", preset_id=preset_id)
    signed = signatures().get(found.id)
    history = signatures_of(found.id)
    people = Person.objects.in_bulk([each.signed_by.removeprefix("person:") for each in history])
    return render(
        request,
        "office/preset.html",
        {
            "section": "office",
            "listed": _listed(found, signed),
            "check": found.check[_language()],
            "topics": [words.TOPICS[topic] for topic in found.topics],
            "extra": [(words.TOPICS[topic], minutes) for topic, minutes in found.extra_minutes.items()],
            "roles": [words.ROLES[role] for role in found.roles],
            "signed": signed,
            "history": [(each, _signer(each, people)) for each in history],
            "refused": refused,
            "note": request.POST.get("note", ""),
        },
        status=422 if refused else 200,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stacked(request: HttpRequest) -> HttpResponse:
    """What the chosen presets ask together, each value with its source; POST makes the draft of a programme."""
    by = _officers_only(request)
    chosen = request.POST.getlist("preset") or request.GET.getlist("preset")
    known = {each.id for each in installed_presets()}
    whole = stack(presets([key for key in chosen if key in known]))
    refused = ""
    key = request.POST.get("key", "").strip()
    if request.method == "POST" and whole.presets:
        only_for_starters(roles_of(request.user))
        try:
            titles = words.titles_by_language(whole)
            version, points = draft_from_presets(whole, key, titles, catalogue.offered(), request.moment, by)
        except Refusal as refusal:
            refused = _sentence(refusal)
        else:
            for point in points:
                messages.warning(request, _tension(point))
            messages.success(request, gettext("The draft is made. Nobody owes anything by it before it is published."))
            return redirect("office-draft", version_id=version.pk)
    signed = signatures()
    context = {
        "section": "office",
        "rows": [_listed(each, signed.get(each.id)) for each in whole.presets],
        "values": _values(whole),
        "topics": [(words.TOPICS[topic], ids) for topic, ids in whole.topics.items()],
        "tensions": [(words.TENSIONS[tension.code], tension.presets) for tension in whole.tensions],
        "unsigned": [each.id for each in whole.presets if each.id not in signed],
        "refused": refused,
        "key": key,
        "may_start": may_start_programme(roles_of(request.user)),
    }
    return render(request, "office/preset_stack.html", context, status=422 if refused else 200)


def _officers_only(request: HttpRequest) -> str:
    """Who asks, as the record names them; Http404 for somebody who is no officer."""
    roles = roles_of(request.user)
    programmes_for_officer(roles)
    return f"person:{roles.person_id}"


def _preset(key: str) -> Preset:
    try:
        return preset(key)
    except Refusal as refusal:
        raise Http404(refusal.code) from refusal


def _act(request: HttpRequest, found: Preset, by: str) -> str:
    """Signs or withdraws; the sentence that says why not, or empty."""
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_signature(found.id, request.moment, by)
            messages.success(request, gettext("The signature is withdrawn. No programme is published with it now."))
        else:
            digest, note = request.POST.get("digest", ""), request.POST.get("note", "")
            sign_preset(found.id, digest, note, request.moment, by)
            messages.success(request, gettext("Signed. You answer for the use of this preset here."))
    except Refusal as refusal:
        return _sentence(refusal)
    return ""


def _signer(signature: PresetSignature, people: dict[str, Person]) -> str:
    """The reviewer's name; the reference itself where the person is no longer on record."""
    person = people.get(signature.signed_by.removeprefix("person:"))
    return person.called if person else signature.signed_by


def _sentence(refusal: Refusal) -> str:
    said = {
        "preset-changed": gettext("The text of this preset is another one by now. Read it again, then sign."),
        "preset-note-missing": gettext("Only a part of this law was read. Write what you have read of it."),
        "preset-without-people": gettext("No course satisfies these, or the roster knows none of their people."),
        "preset-not-signed": gettext("This preset is not signed here."),
        "programme-exists": gettext("A programme with this key exists already. Take another key."),
        "programme-key-unfit": gettext("A key has small letters, digits and hyphens, such as “state-law”."),
    }
    return said[refusal.code]


def _language() -> str:
    return "es" if (get_language() or "en").startswith("es") else "en"


def _listed(found: Preset, signed: PresetSignature | None) -> Listed:
    return Listed(
        preset=found,
        who=found.who[_language()],
        kind=str(words.KINDS[found.kind]),
        confidence=str(words.CONFIDENCE[found.confidence]),
        interval=words.interval_sentence(found),
        first=words.first_sentence(found),
        signed_on=signed.signed_at.date() if signed else None,
    )


def _tension(point: Tension) -> str:
    named = [str(words.TOPICS.get(name, name)) for name in point.presets]
    return gettext("%(sentence)s (%(which)s)") % {"sentence": words.TENSIONS[point.code], "which": ", ".join(named)}


def _values(whole: Stack) -> list[Value]:
    rows: list[tuple[str, Asked | None]] = [
        (gettext("Minutes"), whole.minutes),
        *((gettext("Minutes of: %(topic)s") % {"topic": words.TOPICS[t]}, a) for t, a in whole.extra_minutes.items()),
        (gettext("Months until it is repeated"), whole.every_months),
        (gettext("How repeats are counted"), whole.counted_from),
        (gettext("Days for somebody new"), whole.first_due),
        (gettext("Years for which records are kept"), whole.keep_years),
        (gettext("Interactive"), whole.interactive),
    ]
    return [
        Value(name, _plain(asked.value), asked.by, tuple(f"{each}: {_plain(value)}" for each, value in asked.others))
        for name, asked in rows
        if asked
    ]


def _plain(value: object) -> str:
    """A number as it is, a code in words."""
    if value in ("required", "recommended"):
        return gettext("required") if value == "required" else gettext("recommended")
    return words.anchor_word(value) if isinstance(value, str) else str(value)
