"""A question of the bank between its file and its form: what is the same in every language, what each one says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.core.duty import DUTIES

LANGUAGES = ("en", "es")
#: kind -> the key under which a file keeps its parts, and the texts of one part.
PARTS = {
    "single": ("options", ("text", "feedback", *DUTIES)),
    "multiple": ("options", ("text", "feedback", *DUTIES)),
    "matching": ("pairs", ("left", "right", "feedback")),
    "ordering": ("steps", ("text", "feedback")),
    "branching": ("branches", ("text", "feedback", *DUTIES)),
}
KIND_WORDS = {
    "single": _("One right answer"),
    "multiple": _("Several right answers"),
    "matching": _("Pairs to match"),
    "ordering": _("Steps to put in order"),
    "branching": _("A story in steps"),
}
TEXT_WORDS = {
    "text": _("Answer"),
    "left": _("Left side"),
    "right": _("What belongs to it"),
    "feedback": _("What is said about it"),
    "required": _("Besides, to who must share"),
    "encouraged": _("Besides, to who is urged to share"),
    "exempt": _("Besides, to who may keep it"),
    "prompt": _("What happens, and the question"),
}


@dataclass
class Part:
    """One option, pair or step: `texts` by name and language."""

    id: str
    correct: bool = False
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def has_variants(self) -> bool:
        return any(self.texts.get(duty, {}).get(lang) for duty in DUTIES for lang in LANGUAGES)


@dataclass
class Group:
    """The parts of an item; a story has one group a step, any other kind a single one without a name."""

    id: str = ""
    prompt: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


@dataclass
class ItemForm:
    """One question as its form holds it; what is wrong in it is the check's business."""

    id: str
    kind: str
    objective: str = ""
    page: str = ""
    difficulty: int = 1
    partial: bool = False
    stem: dict[str, str] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)

    @property
    def text_names(self) -> tuple[str, ...]:
        return PARTS[self.kind][1]


def blank(item: str, kind: str) -> ItemForm:
    """A new question with as many empty parts as its kind usually has."""
    groups = [Group(str(n)) for n in (1, 2)] if kind == "branching" else [Group()]
    for group in groups:
        group.parts = [Part(letter) for letter in ("abc" if kind != "matching" else "abcd")]
    return ItemForm(item, kind, groups=groups)


def from_file(item: str, said: Mapping[str, Mapping[str, Any]]) -> ItemForm:
    """The form of what the banks say of an item, by language; English leads where they differ."""
    rows = [said[lang] for lang in LANGUAGES if said.get(lang)]
    first = rows[0]
    kind = first.get("kind") if first.get("kind") in PARTS else "single"
    form = ItemForm(
        item,
        str(kind),
        str(first.get("objective", "")),
        str(first.get("page", "")),
        int(first["difficulty"]) if str(first.get("difficulty", "")).isdecimal() else 1,
        first.get("marking") == "partial",
        {lang: str(said.get(lang, {}).get("stem", "")) for lang in LANGUAGES},
    )
    key = PARTS[form.kind][0]
    if form.kind != "branching":
        form.groups = [Group(parts=_parts(form, {lang: said.get(lang, {}).get(key, []) for lang in LANGUAGES}))]
        return form
    for row in _together({lang: said.get(lang, {}).get(key, []) for lang in LANGUAGES}):
        prompt = {lang: str(row.get(lang, {}).get("prompt", "")) for lang in LANGUAGES}
        parts = _parts(form, {lang: row.get(lang, {}).get("options", []) for lang in LANGUAGES})
        form.groups.append(Group(_id_of(row), prompt, parts))
    return form


def _parts(form: ItemForm, lists: Mapping[str, Any]) -> list[Part]:
    parts = []
    for row in _together(lists):
        one = next(row[lang] for lang in LANGUAGES if lang in row)
        texts = {name: {lang: str(row.get(lang, {}).get(name, "")) for lang in LANGUAGES} for name in form.text_names}
        parts.append(Part(_id_of(row), one.get("correct") is True, texts))
    return parts


def _together(lists: Mapping[str, Any]) -> list[dict[str, Mapping]]:
    """The rows of the same id in each language, in the order of the first language that has them."""
    found: dict[str, dict[str, Mapping]] = {}
    for lang in LANGUAGES:
        for row in lists.get(lang) or []:
            if isinstance(row, Mapping):
                found.setdefault(str(row.get("id", "")), {})[lang] = row
    return list(found.values())


def _id_of(row: Mapping[str, Mapping]) -> str:
    return str(next(row[lang].get("id", "") for lang in LANGUAGES if lang in row))


def to_file(form: ItemForm, lang: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the bank of one language says of the question; keys that the form does not know stay as they were."""
    values: dict[str, Any] = {
        **{key: value for key, value in before.items() if key not in {one for one, _texts in PARTS.values()}},
        "id": form.id,
        "objective": form.objective,
        "kind": form.kind,
        "difficulty": form.difficulty,
        "page": form.page,
        "stem": form.stem.get(lang, ""),
    }
    values.pop("marking", None)
    if form.partial:
        values["marking"] = "partial"
    key = PARTS[form.kind][0]
    if form.kind == "branching":
        values[key] = [
            {
                "id": group.id,
                "prompt": group.prompt.get(lang, ""),
                "options": list(_rows(form, group, lang, following)),
            }
            for group, following in zip(form.groups, [*(g.id for g in form.groups[1:]), ""], strict=True)
        ]
    else:
        values[key] = list(_rows(form, form.groups[0], lang, ""))
    return values


def _rows(form: ItemForm, group: Group, lang: str, following: str) -> Iterable[dict[str, Any]]:
    for part in group.parts:
        row: dict[str, Any] = {"id": part.id}
        for name in form.text_names:
            text = part.texts.get(name, {}).get(lang, "").strip()
            if text or name not in DUTIES:
                row[name] = text
        if form.kind not in ("matching", "ordering"):
            row["correct"] = part.correct
        if part.correct and following:
            row["next"] = following
        yield row


def is_said(form: ItemForm, lang: str) -> bool:
    """Whether the form says anything in this language."""
    texts = [form.stem.get(lang, "")]
    texts += [group.prompt.get(lang, "") for group in form.groups]
    texts += [held.get(lang, "") for group in form.groups for part in group.parts for held in part.texts.values()]
    return any(text.strip() for text in texts)
