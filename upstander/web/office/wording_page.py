"""One letter in one language, in the office's own words: written, looked at with real facts, tried, published."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from upstander.actions.wording import give_back, keep_draft, note_preview, publish_words, send_test
from upstander.core.errors import Refusal
from upstander.core.notices import is_address
from upstander.core.wording import SUBJECT_LONGEST, TEXT_LONGEST
from upstander.models import NoticeText, Person
from upstander.queries.doors.wording import place_to_write, text_for_officer
from upstander.queries.wording import Place, faults, held, in_force, newest, own_of, texts_of, waiting_with
from upstander.web.guard import signed_in
from upstander.web.office.wording_people import people_found, people_newest, with_chosen
from upstander.web.office.wording_seen import seen_by, tries_with_own_facts
from upstander.web.office.wording_view import Desk, Sheet, by_place, conditions_of, desk_of, names_of
from upstander.web.office.workbench.desk import actor_names
from upstander.words.wording import wording_refusal
from upstander.words.wording_starters import starter

NUMBERS_SHOWN = 30


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, kind: str, lang: str) -> HttpResponse:
    """The form with the letter beside it; POST looks, looks somebody up, keeps, tries, publishes or goes back."""
    desk = desk_of(request, kind, lang)
    if request.method != "POST":
        return _form(request, desk, _opened(request, desk))
    sheet = Sheet.of(request.POST)
    act = request.POST.get("act", "look")
    if act in ("look", "find"):
        return _looked(request, desk, sheet, act)
    place_to_write(desk.roles, desk.place)
    try:
        said = _ACTS.get(act, _keep)(request, desk, sheet)
    except Refusal as refusal:
        return _form(request, desk, sheet, refusal)
    messages.success(request, said)
    return redirect(desk.address(sheet.standing))


@signed_in
@require_POST
def live(request: HttpRequest, kind: str, lang: str) -> HttpResponse:
    """The letter while it is being written: nothing is kept but that somebody was looked at."""
    desk, sheet = desk_of(request, kind, lang), Sheet.of(request.POST)
    seen = seen_by(desk, sheet, request.moment)
    _note(request, desk, sheet)
    return render(request, "office/wording_seen.html", {"seen": seen, "desk": desk, "live": True})


def _opened(request: HttpRequest, desk: Desk) -> Sheet:
    """The number that was asked for, else the newest, else what is in force, else words to begin with."""
    asked = text_for_officer(desk.place, request.GET.get("number", ""))
    last = newest(desk.place)
    now = own_of(in_force([desk.place.kind]), desk.place.kind, desk.place.programme, desk.place.language)
    shown = asked or (last if last and last.text else now)
    subject, text = (shown.subject, shown.text) if shown else starter(desk.place.kind, desk.place.language)
    sheet = Sheet(subject, text, last.number if last else 0)
    standing = request.GET.get("standing", "")
    sheet.standing = int(standing) if standing.isascii() and standing.isdecimal() and len(standing) < 16 else None
    return sheet


def _looked(request: HttpRequest, desk: Desk, sheet: Sheet, act: str) -> HttpResponse:
    found = people_found(desk, sheet.search, request.moment.day) if act == "find" else []
    if len(found) == 1:
        sheet.standing = found[0].standing
    return _form(request, desk, sheet, found=found, searched=act == "find" and bool(sheet.search))


def _keep(request: HttpRequest, desk: Desk, sheet: Sheet) -> str:
    keep_draft(desk.place, sheet.subject, sheet.text, sheet.seen, request.moment, _by(desk))
    return gettext("Kept as a draft. Letters go on as before.")


def _publish(request: HttpRequest, desk: Desk, sheet: Sheet) -> str:
    publish_words(desk.place, sheet.subject, sheet.text, sheet.seen, request.moment, _by(desk))
    return gettext("Published. From now on this letter goes with these words.")


def _back(request: HttpRequest, desk: Desk, sheet: Sheet) -> str:
    give_back(desk.place, sheet.seen, request.moment, _by(desk))
    return gettext("Taken back. From now on this letter goes with the words from before.")


def _try(request: HttpRequest, desk: Desk, sheet: Sheet) -> str:
    person = Person.objects.get(pk=desk.roles.person_id)
    found = faults(desk.place.kind, sheet.subject, sheet.text)
    if found:
        raise Refusal("wording-faults", {"faults": found})
    if not is_address(person.email):
        raise Refusal("wording-no-address", {})
    text = keep_draft(desk.place, sheet.subject, sheet.text, sheet.seen, request.moment, _by(desk))
    programme = desk.place.programme or next((one.key for one in desk.programmes), None)
    send_test(text, person.pk, programme, request.moment)
    return gettext("A test goes to %(address)s within minutes. The words are kept as a draft.") % {
        "address": person.email
    }


_ACTS = {"publish": _publish, "back": _back, "test": _try, "keep": _keep}


def _by(desk: Desk) -> str:
    return f"person:{desk.roles.person_id}"


def _form(
    request: HttpRequest,
    desk: Desk,
    sheet: Sheet,
    refused: Refusal | None = None,
    found: list | None = None,
    searched: bool = False,
) -> HttpResponse:
    theirs = refused.data.get("theirs") if refused else None
    if theirs is not None:
        sheet.seen = theirs.number
    several = found if found and len(found) > 1 else []
    newest_ones = [] if several else people_newest(desk, request.moment)
    now, seen = held(desk.place), seen_by(desk, sheet, request.moment)
    _note(request, desk, sheet)
    context: dict[str, Any] = {
        "section": "office",
        "desk": desk,
        "sheet": sheet,
        "seen": seen,
        "people": with_chosen(desk, several or newest_ones, sheet.standing),
        "are_found": bool(several),
        "anybody": bool(newest_ones),
        "nobody_found": searched and not found,
        "own_facts": tries_with_own_facts(desk, request.moment),
        "refused": wording_refusal(refused) if refused else "",
        "faults": by_place(refused.data.get("faults", ())) if refused else {},
        "theirs": theirs,
        "now": now if now and now.text else None,
        "numbers": _numbers(desk.place),
        "names": names_of(desk.place.kind),
        "conditions": conditions_of(desk.place.kind),
        "elsewhere": _elsewhere(desk),
        "waiting": waiting_with(desk.place),
        "longest": {"subject": SUBJECT_LONGEST, "text": TEXT_LONGEST},
        "live": False,
    }
    return render(request, "office/wording_letter.html", context, status=409 if theirs else 200)


def _note(request: HttpRequest, desk: Desk, sheet: Sheet) -> None:
    if sheet.standing is not None:
        note_preview(sheet.standing, desk.place.kind, request.moment, _by(desk))


def _numbers(place: Place) -> list[tuple[NoticeText, str]]:
    """Every number of the words with who saved it, the newest first."""
    texts = list(texts_of(place)[:NUMBERS_SHOWN])
    names = actor_names([text.made_by for text in texts])
    return [(text, names[text.made_by]) for text in texts]


def _elsewhere(desk: Desk) -> list[tuple[str, str, bool]]:
    """The other languages: their code, the page of the letter there, and whether it has own words."""
    texts, place = in_force([desk.place.kind]), desk.place
    return [
        (code, desk.address(language=code), own_of(texts, place.kind, place.programme, code) is not None)
        for code, _ in settings.LANGUAGES
        if code != place.language
    ]
