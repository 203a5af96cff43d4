"""A draft against the published version: in words, part by part in both languages, and in people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from upstander.core.programme import Programme
from upstander.core.programme_reader import LANGUAGES
from upstander.web.guard import signed_in
from upstander.web.office.workbench.desk import desk_of
from upstander.web.office.workbench.parts import BY_KEY, part_of_path
from upstander.web.office.workbench.people_effect import effect_context, published_rules
from upstander.web.office.workbench.reading import Readback, names_in
from upstander.words.rules import difference_sentences


@signed_in
@require_safe
def difference_page(request: HttpRequest, version_id: int) -> HttpResponse:
    """What the draft says otherwise than the published version, and what that does to people."""
    desk = desk_of(request, version_id)
    old, new = published_rules(desk.version.programme_id), desk.view.rules
    context = {
        **desk.context(),
        **effect_context(desk, request.moment),
        "old": old,
        "parts": in_words(old, new) if old and new else [],
    }
    return render(request, "office/workbench/difference.html", context)


def in_words(old: Programme, new: Programme) -> list[tuple[str, Readback]]:
    """Every part that differs, with its differences in every language."""
    found: dict[str, Readback] = {}
    for language in LANGUAGES:
        for changed in difference_sentences(old, new, language, names_in(language, old, new)):
            key = part_of_path(changed.part)
            back = found.setdefault(key, Readback())
            back.sentences.setdefault(language, []).append(changed.sentence)
    return [(str(BY_KEY[key].title) if key else gettext("The whole text"), back) for key, back in found.items()]
