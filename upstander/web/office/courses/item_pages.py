"""The bank of a draft: its questions as a list, and one question as a form in both languages side by side."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.course_toml import items_of
from upstander.actions.course_writing import write_item
from upstander.core.course_pages import mark_of
from upstander.core.course_translation import document, rows_of
from upstander.core.errors import Refusal
from upstander.models import ItemFigures
from upstander.queries.course_drafts import figures_of_items
from upstander.web.guard import signed_in
from upstander.web.office.courses.desk import LANGUAGES, Desk, by_of, desk_of
from upstander.web.office.courses.item_values import (
    KIND_WORDS,
    PARTS,
    TEXT_WORDS,
    Group,
    ItemForm,
    Part,
    blank,
    from_file,
    is_said,
    to_file,
)
from upstander.web.office.courses.outline_pages import outline_of
from upstander.web.office.courses.sentences import refusal_sentence
from upstander.web.people import in_words, language

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


@signed_in
@require_safe
def items(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Every question with its objective, kind, problems and figures."""
    desk = desk_of(request, draft_id)
    figures = figures_of_items(desk.draft.course_key)
    rows: dict[str, dict[str, Any]] = {}
    for lang in LANGUAGES:
        for row in rows_of(desk.files, lang):
            rows.setdefault(str(row.get("id", "?")), {})[lang] = row
    problems = [one.place.key for one in desk.problems if one.place.kind == "item"]
    lines = [_line(name, said, problems.count(name), figures.get(name)) for name, said in rows.items()]
    return render(request, "office/courses/items.html", {**desk.context(), "lines": lines, "kinds": KIND_WORDS})


def _line(name: str, said: dict[str, Any], problems: int, figures: ItemFigures | None) -> dict[str, Any]:
    first = next(iter(said.values()))
    return {
        "id": name,
        "has_form": _ID.fullmatch(name) is not None,
        "stem": in_words({lang: str(row.get("stem", "")) for lang, row in said.items()}),
        "kind": KIND_WORDS.get(str(first.get("kind")), first.get("kind")),
        "objective": first.get("objective", ""),
        "lacks": [lang for lang in LANGUAGES if lang not in said],
        "problems": problems,
        "figures": figures,
    }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A new question: its kind and its short name; the form follows."""
    desk = desk_of(request, draft_id)
    typed = {"id": request.POST.get("id", "").strip(), "kind": request.POST.get("kind", "single")}
    refused = ""
    if request.method == "POST":
        taken = {str(row.get("id")) for lang in LANGUAGES for row in rows_of(desk.files, lang)}
        if not _ID.fullmatch(typed["id"]) or typed["id"] == "new":
            refused = gettext("A short name consists of letters, digits and hyphens, like “Q12”.")
        elif typed["id"] in taken:
            refused = gettext("“%(id)s” is taken here. Choose another short name.") % {"id": typed["id"]}
        elif typed["kind"] in PARTS:
            return _form(request, desk, blank(typed["id"], typed["kind"]), dict.fromkeys(LANGUAGES, mark_of("")))
    context = {**desk.context(), "typed": typed, "refused": refused, "kinds": KIND_WORDS}
    context["suggested"] = typed["id"] or _free_id(desk)
    return render(request, "office/courses/item_new.html", context)


def _free_id(desk: Desk) -> str:
    taken = {str(row.get("id")) for lang in LANGUAGES for row in rows_of(desk.files, lang)}
    return next(f"Q{number}" for number in range(1, 1000) if f"Q{number}" not in taken)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, draft_id: int, item: str) -> HttpResponse:
    """One question; POST saves it, or adds, moves and takes out a part of the form."""
    desk = desk_of(request, draft_id)
    said = {lang: row for lang in LANGUAGES for row in rows_of(desk.files, lang) if row.get("id") == item}
    if request.method != "POST":
        if not said:
            raise Http404
        return _form(request, desk, from_file(item, said), _marks(desk, item))
    form = typed(request.POST, item)
    seen = {lang: request.POST.get(f"seen-{lang}", "") for lang in LANGUAGES}
    act = request.POST.get("act", "")
    if act:
        reshape(form, act)
        return _form(request, desk, form, seen, typed=True)
    wanted = {
        lang: to_file(form, lang, said.get(lang, {})) for lang in LANGUAGES if lang in said or is_said(form, lang)
    }
    try:
        write_item(draft_id, item, wanted, seen, request.moment, by_of(request))
    except Refusal as refusal:
        theirs = refusal.data["texts"] if refusal.code == "course-changed-meanwhile" else {}
        seen |= {lang: mark_of(text.strip()) for lang, text in theirs.items()}
        return _form(request, desk, form, seen, refused=refusal, theirs=theirs, typed=True)
    messages.success(request, gettext("Saved in the draft."))
    return redirect("office-course-item", draft_id, item)


def _marks(desk: Desk, item: str) -> dict[str, str]:
    marks = {}
    for lang in LANGUAGES:
        try:
            marks[lang] = mark_of(items_of(desk.files.get(f"{lang}/bank.toml", "")).get(item, "").strip())
        except Refusal:
            marks[lang] = ""
    return marks


def typed(post: QueryDict, item: str) -> ItemForm:
    """The form as it was posted."""
    kind = post.get("kind", "single")
    difficulty = post.get("difficulty", "1")
    form = ItemForm(
        item,
        kind if kind in PARTS else "single",
        post.get("objective", "")[:40],
        post.get("page", "")[:100],
        int(difficulty) if difficulty in ("1", "2", "3") else 1,
        post.get("partial") == "yes",
        {lang: _text(post, f"stem-{lang}") for lang in LANGUAGES},
    )
    for g in range(min(20, _number(post, "groups"))):
        prompt = {lang: _text(post, f"g{g}-prompt-{lang}") for lang in LANGUAGES}
        group = Group(post.get(f"g{g}-id", ""), prompt)
        for p in range(min(20, _number(post, f"g{g}-parts"))):
            at = f"g{g}p{p}"
            texts = {name: {lang: _text(post, f"{at}-{name}-{lang}") for lang in LANGUAGES} for name in form.text_names}
            ticked, chosen = post.get(f"{at}-correct") == "yes", post.get(f"g{g}-right") == post.get(f"{at}-id", "?")
            correct = ticked if form.kind == "multiple" else chosen
            group.parts.append(Part(post.get(f"{at}-id", "")[:20], correct, texts))
        form.groups.append(group)
    form.groups = form.groups or [Group()]
    return form


def _text(post: QueryDict, name: str) -> str:
    """One line of Markdown: an item's texts are sentences, not pages."""
    return " ".join(post.get(name, "")[:4000].split())


def _number(post: QueryDict, name: str) -> int:
    text = post.get(name, "0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def reshape(form: ItemForm, act: str) -> None:
    """Does what a button inside the form asked for: add:G, group, out:G:P, up:G:P, out-group:G."""
    verb, *at = act.split(":")
    places = [int(one) for one in at if one.isdecimal()]
    if verb == "group":
        form.groups.append(Group(_next_id([g.id for g in form.groups], "123456789"), {}, [Part("a"), Part("b")]))
    elif verb == "out-group" and places and places[0] < len(form.groups) and len(form.groups) > 1:
        del form.groups[places[0]]
    elif places and places[0] < len(form.groups):
        parts = form.groups[places[0]].parts
        if verb == "add":
            parts.append(Part(_next_id([part.id for part in parts], "abcdefghijklmnopqrst")))
        elif len(places) > 1 and places[1] < len(parts):
            part = parts.pop(places[1])
            if verb == "up":
                parts.insert(max(0, places[1] - 1), part)


def _next_id(taken: list[str], names: str) -> str:
    return next((name for name in names if name not in taken), f"x{len(taken)}")


def _form(
    request: HttpRequest,
    desk: Desk,
    form: ItemForm,
    seen: dict[str, str],
    refused: Refusal | None = None,
    theirs: dict[str, str] | None = None,
    typed: bool = False,
) -> HttpResponse:
    objectives = document(desk.files, f"{language()}/course.toml").get("objectives", {})
    ids = [str(row.get("id", "")) for row in document(desk.files, "course.toml").get("objectives", [])]
    quick = Desk(desk.draft, desk.files)
    quick.__dict__["problems"] = []
    problems = [] if typed else [one for one in desk.problems if (one.place.kind, one.place.key) == ("item", form.id)]
    context = {
        **desk.context(),
        "form_of": form,
        "langs": [{"code": lang, "stem": form.stem.get(lang, "")} for lang in LANGUAGES],
        "seen": seen,
        "kind_word": KIND_WORDS[form.kind],
        "groups": _drawn(form),
        "objectives": [(one, objectives.get(one, one)) for one in ids],
        "pages": outline_of(quick),
        "problems": problems,
        "refused": refusal_sentence(refused) if refused else "",
        "theirs": theirs or {},
        "typed": typed,
        "figures": _figures(desk, form),
        "can_be_partial": form.kind in ("multiple", "matching", "ordering"),
    }
    return render(request, "office/courses/item.html", context, status=409 if theirs else 200)


def _drawn(form: ItemForm) -> list[dict[str, Any]]:
    """The groups and parts as the template draws them: every text with its name, its words and its languages."""
    drawn = []
    for g, group in enumerate(form.groups):
        parts = []
        for p, part in enumerate(group.parts):
            texts = [_field(f"g{g}p{p}-{name}", name, part.texts.get(name, {})) for name in form.text_names]
            rows = [one for one in texts if one["name"] not in ("required", "encouraged", "exempt")]
            variants = [one for one in texts if one not in rows]
            parts.append({"at": f"g{g}p{p}", "n": p, "part": part, "rows": rows, "variants": variants})
        prompt = _field(f"g{g}-prompt", "prompt", group.prompt) if form.kind == "branching" else None
        drawn.append({"at": f"g{g}", "n": g, "group": group, "parts": parts, "prompt": prompt})
    return drawn


def _field(at: str, name: str, texts: dict[str, str]) -> dict[str, Any]:
    sides = [{"lang": lang, "name": f"{at}-{lang}", "text": texts.get(lang, "")} for lang in LANGUAGES]
    return {"name": name, "label": TEXT_WORDS[name], "sides": sides}


def _figures(desk: Desk, form: ItemForm) -> dict[str, Any]:
    """The figures of the question with the words of its options; `row` None where too few people answered."""
    row = figures_of_items(desk.draft.course_key).get(form.id)
    if row is None:
        return {"row": None}
    shares = []
    for group in form.groups:
        for part in group.parts:
            key = f"{group.id}.{part.id}" if group.id else part.id
            text = in_words({lang: text for lang, text in part.texts.get("text", {}).items() if text})
            shares.append({"text": text or part.id, "share": row.options.get(key), "right": part.correct})
    return {"row": row, "shares": shares if row.options else []}
