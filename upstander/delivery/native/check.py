"""The check of a course before anybody meets it: every language read whole, compared, and tied to its objectives."""

import re
from collections.abc import Mapping
from pathlib import Path

from upstander.core.bank import Item
from upstander.core.topics import TOPICS
from upstander.delivery.native import markup
from upstander.delivery.native.check_variant import check_variant
from upstander.delivery.native.loader import LANGUAGES, languages_of, read_course
from upstander.delivery.native.lock import check_edition
from upstander.delivery.native.pieces import Course
from upstander.delivery.native.problems import Found, Problem
from upstander.delivery.native.toml import line_of, read_toml
from upstander.words.variant import variant_of

NEUTRAL = {
    "key", "edition", "roles", "pass_percent", "sequence", "check", "objectives", "sections", "form", "covers",
    "change",
}  # fmt: skip
SPOKEN = {
    "title", "summary", "who_for", "format", "topics", "content_note", "goals", "objectives", "sections", "change",
}  # fmt: skip
MAY_BE_LEFT_OUT = {"goals", "change"}
#: Faults that make a page lose a block: it then differs from the other language by them, not by its translation.
BLOCK_FAULTS = {
    "block-broken",
    "block-unknown",
    "image-without-alt",
    "figure-unsafe",
    "explainer-unknown",
    "page-without-id",
}
NAMED = ("figure", "media", "explainer")
ONE_OF = {"sequence": ("in-order", "free"), "check": ("assessment", "check")}
_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>")
_KEY = re.compile(r"\{\{\s*([a-z_A-Z0-9 -]*?)\s*\}\}")


def check_course(root: Path, key: str, institution: Mapping) -> tuple[Course, list[Problem]]:
    """The course (in English where it has it) and everything that is wrong with it in any language."""
    found = Found(root)
    folder = root / key
    neutral = read_toml(folder / "course.toml", Found(root))
    _check_keys(folder / "course.toml", neutral, NEUTRAL, {"key", "edition", "sections"}, found)
    _check_values(folder / "course.toml", key, neutral, found)
    check_edition(folder, neutral, found)
    spoken = languages_of(root, key) or LANGUAGES[:1]
    for lang in LANGUAGES:
        if lang not in spoken:
            found.add("translation-missing", folder / "course.toml", what="course.toml", lang=lang)
    courses = {lang: _read(root, key, lang, institution, found) for lang in spoken}
    first = courses[spoken[0]]
    for other in spoken[1:]:
        _compare(folder, first, courses[other], found)
    _check_objectives(folder, neutral, first, found)
    return first, _once(found.problems)


def _read(root: Path, key: str, lang: str, institution: Mapping, found: Found) -> Course:
    folder = root / key / lang
    course = read_course(root, key, lang, markup.placeholders(institution, lang), found)
    said = read_toml(folder / "course.toml", Found(root))
    _check_keys(folder / "course.toml", said, SPOKEN, SPOKEN - MAY_BE_LEFT_OUT, found)
    for name in ("course.toml", "bank.toml"):
        if (folder / name).is_file():
            _check_words(folder / name, found)
    for section in course.sections:
        if not section.pages:
            found.add("section-without-page", folder / f"{section.id}.md", section=section.id)
    regional = variant_of(institution, lang)
    if regional:
        check_variant(folder, regional, found)
    seen: set[str] = set()
    for page in course.pages:
        for name in (page.ref, *(f"#{question.id}" for question in page.questions)):
            if name in seen:
                found.add("id-repeated", folder / f"{page.section}.md", page.line, id=name)
            seen.add(name)
    _check_items(folder / "bank.toml", course, found)
    return course


def _check_keys(path: Path, document: Mapping, known: set[str], needed: set[str], found: Found) -> None:
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    is_empty = path.is_file() and not source.strip()
    for name in sorted(needed - set(document)) if document or is_empty else []:
        found.add("key-missing", path, key=name)
    for name in sorted(set(document) - known):
        found.add("key-unknown", path, line_of(source, name), key=name)


def _check_values(path: Path, key: str, neutral: Mapping, found: Found) -> None:
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    for name, allowed in ONE_OF.items():
        if neutral.get(name, allowed[0]) not in allowed:
            found.add("value-wrong", path, line_of(source, name), key=name, expected=" | ".join(allowed))
    if neutral and neutral.get("key") != key:
        found.add("value-wrong", path, line_of(source, "key"), key="key", expected=key)
    strange = sorted(set(neutral.get("covers", [])) - TOPICS)
    if strange:
        found.add("topic-unknown", path, line_of(source, "covers"), topic=strange[0])
    if not 0 < int(neutral.get("pass_percent", 80)) <= 100:
        found.add("value-wrong", path, line_of(source, "pass_percent"), key="pass_percent", expected="1-100")


def _check_words(path: Path, found: Found) -> None:
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        for tag in _TAG.findall(text):
            found.add("html", path, number, found=tag[:60])
        for name in _KEY.findall(text):
            if name not in markup.PLACEHOLDERS:
                found.add("placeholder-unknown", path, number, key=name)


def _check_items(path: Path, course: Course, found: Found) -> None:
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    pages = set(course.outline.pages)
    for item in course.items.values():
        line = line_of(source, f'id = "{item.id}"')
        if item.page not in pages:
            found.add("item-page-missing", path, line, item=item.id, page=item.page)
        if item.objective not in course.objectives:
            found.add("item-objective-missing", path, line, item=item.id, objective=item.objective)


def _check_objectives(folder: Path, neutral: Mapping, course: Course, found: Found) -> None:
    path = folder / "course.toml"
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    taught = {objective for section in course.sections for objective in section.objectives}
    for objective in course.objectives:
        line = line_of(source, f'id = "{objective}"')
        if objective not in taught:
            found.add("objective-without-section", path, line, objective=objective)
        if not any(item.objective == objective for item in course.items.values()):
            found.add("objective-without-item", path, line, objective=objective)
    served = {row.get("goal") for row in neutral.get("objectives", [])}
    for goal in course.goals:
        if goal not in served:
            found.add("goal-without-objective", path, goal=goal)
    _check_blueprint(path, course, found)


def _check_blueprint(path: Path, course: Course, found: Found) -> None:
    if not course.outline.assessment.length:
        found.add("key-missing", path, key="form")
    for row in course.outline.assessment.blueprint:
        fitting = [i for i in course.items.values() if i.objective == row.objective and i.kind in row.kinds]
        if len(fitting) < row.count:
            what = f"{row.objective} ({', '.join(row.kinds)})"
            found.add("blueprint-too-large", path, objective=what, needed=row.count, there=len(fitting))


def _compare(folder: Path, first: Course, other: Course, found: Found) -> None:
    """What must be the same in every language: pages, blocks, their choices, items, their parts and keys."""
    broken = {problem.file.rpartition("/")[2] for problem in found.problems if problem.code in BLOCK_FAULTS}
    for here, there in zip(other.sections, first.sections, strict=True):
        path = folder / other.lang / f"{here.id}.md"
        if path.name in broken:
            continue
        ours, theirs = [page.id for page in here.pages], [page.id for page in there.pages]
        if ours != theirs:
            _differs(path, 1, f"pages of {here.id}", ours, theirs, found)
            continue
        for page, like in zip(here.pages, there.pages, strict=True):
            if _shape(page.blocks) != _shape(like.blocks):
                _differs(path, page.line, page.ref, _shape(page.blocks), _shape(like.blocks), found)
    _compare_items(folder / other.lang / "bank.toml", first.items, other.items, other.lang, found)


def _differs(path: Path, line: int, what: str, here: object, there: object, found: Found) -> None:
    found.add("translation-differs", path, line, what=what, here=_short(here), there=_short(there))


def _short(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _shape(blocks: tuple) -> list[str]:
    shapes = []
    for block in blocks:
        if block.kind in {"scenario", "check"}:
            verdicts = "/".join(
                f"{answer.verdict}{''.join(f'+{v}' for v in answer.variants)}" for answer in block.answers
            )
            shapes.append(f"{block.kind} {block.id} [{verdicts}]")
        elif block.kind != "prose":
            shapes.append(f"{block.kind} {block.name}" if block.kind in NAMED else block.kind)
    return shapes


def _compare_items(path: Path, first: Mapping[str, Item], other: Mapping[str, Item], lang: str, found: Found) -> None:
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    for name in sorted(set(first) ^ set(other)):
        found.add("translation-missing", path, line_of(source, f'id = "{name}"'), what=name, lang=lang)
    for name in sorted(set(first) & set(other)):
        ours, theirs = _item_shape(other[name]), _item_shape(first[name])
        if ours != theirs:
            _differs(path, line_of(source, f'id = "{name}"'), name, ours, theirs, found)


def _item_shape(item: Item) -> str:
    def keys(options: tuple) -> str:
        return " ".join(
            f"{option.id}{'*' if option.correct else ''}{option.next}{''.join(f'+{v}' for v in option.variants)}"
            for option in options
        )

    parts = [part.id for part in (*item.pairs, *item.steps)]
    branches = [f"{branch.id}({keys(branch.options)})" for branch in item.branches]
    return f"{item.kind} {item.objective} {item.page} {keys(item.options)} {' '.join(parts + branches)}".strip()


def _once(problems: list[Problem]) -> list[Problem]:
    kept = {(p.code, p.file, p.line, p.sentence()): p for p in problems}
    return sorted(kept.values(), key=lambda problem: (problem.file, problem.line, problem.code))
