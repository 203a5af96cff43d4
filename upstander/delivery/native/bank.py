"""The item bank of one language: TOML to items, every fault with its line."""

from collections.abc import Mapping
from pathlib import Path

from upstander.core.bank import KINDS, Branch, Choice, Item, Pair, Step
from upstander.core.duty import DUTIES
from upstander.delivery.native import markup
from upstander.delivery.native.problems import Found
from upstander.delivery.native.toml import line_of, read_toml

PARTS = {"single": "options", "multiple": "options", "matching": "pairs", "ordering": "steps", "branching": "branches"}
KNOWN = {"id", "objective", "kind", "difficulty", "page", "stem", "marking", *PARTS.values()}


def read_bank(path: Path, words: Mapping[str, str], found: Found) -> dict[str, Item]:
    """Every item that can be used, by id and in order; the others are on the list of problems."""
    if not path.is_file():
        return {}
    document = read_toml(path, found)
    source = path.read_text(encoding="utf-8") if document else ""
    items: dict[str, Item] = {}
    for row in document.get("items", []):
        name = str(row.get("id", "?"))
        line = line_of(source, f'id = "{name}"')
        fault = _fault(row)
        if fault:
            found.add("item-broken", path, line, item=name, why=fault)
            continue
        if name in items:
            found.add("id-repeated", path, line_of(source, f'id = "{name}"', 2), id=name)
            continue
        items[name] = _item(row, words)
        _check_item(items[name], path, line, found)
    return items


def _fault(row: Mapping) -> str:
    """What makes the row unusable, in words; empty where it can be read."""
    for key in ("id", "objective", "kind", "page", "stem"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            return f"“{key}” is missing"
    if row["kind"] not in KINDS:
        return f"“{row['kind']}” is not one of {', '.join(KINDS)}"
    unknown = set(row) - KNOWN
    if unknown:
        return f"“{min(unknown)}” is not a word of this format"
    parts = row.get(PARTS[row["kind"]])
    if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(part, Mapping) for part in parts):
        return f"it needs at least two {PARTS[row['kind']]}"
    return next((fault for part in parts if (fault := _part_fault(row["kind"], part))), "")


def _part_fault(kind: str, part: Mapping) -> str:
    needed = {
        "matching": ("id", "left", "right"),
        "ordering": ("id", "text"),
        "branching": ("id", "prompt", "options"),
    }.get(kind, ("id", "text"))
    missing = [key for key in needed if not part.get(key)]
    if missing:
        return f"“{missing[0]}” is missing in one of its parts"
    spoken = [duty for duty in DUTIES if part.get(duty)]
    if spoken and len(spoken) < len(DUTIES):
        return f"“{next(duty for duty in DUTIES if duty not in spoken)}” is missing beside “{spoken[0]}”"
    if kind == "branching":
        if not isinstance(part["options"], list) or not all(isinstance(one, Mapping) for one in part["options"]):
            return "“options” is no list of options in one of its parts"
        return next((fault for option in part["options"] if (fault := _part_fault("single", option))), "")
    return ""


def _item(row: Mapping, words: Mapping[str, str]) -> Item:
    def said(part: Mapping, key: str) -> str:
        return markup.inline(str(part.get(key, "")), words)

    def choices(rows: list) -> tuple[Choice, ...]:
        return tuple(
            Choice(
                id=r["id"],
                text=said(r, "text"),
                correct=r.get("correct") is True,
                feedback=said(r, "feedback"),
                next=str(r.get("next", "")),
                variants={duty: said(r, duty) for duty in DUTIES if r.get(duty)},
            )
            for r in rows
        )

    return Item(
        id=row["id"],
        objective=row["objective"],
        kind=row["kind"],
        stem=said(row, "stem"),
        page=row["page"],
        difficulty=int(row.get("difficulty", 1)),
        partial=row.get("marking") == "partial",
        options=choices(row.get("options", [])),
        pairs=tuple(
            Pair(r["id"], said(r, "left"), said(r, "right"), said(r, "feedback")) for r in row.get("pairs", [])
        ),
        steps=tuple(Step(r["id"], said(r, "text"), said(r, "feedback")) for r in row.get("steps", [])),
        branches=tuple(Branch(r["id"], said(r, "prompt"), choices(r["options"])) for r in row.get("branches", [])),
    )


def _check_item(item: Item, path: Path, line: int, found: Found) -> None:
    groups = [item.options, *(branch.options for branch in item.branches)]
    for options in (group for group in groups if group):
        right = sum(option.correct for option in options)
        if not right:
            found.add("item-without-right-answer", path, line, item=item.id)
        if right > 1 and item.kind != "multiple":
            found.add("item-many-right-answers", path, line, item=item.id)
    for part in (*item.pairs, *item.steps, *(option for group in groups for option in group)):
        if not part.feedback:
            found.add("feedback-missing", path, line, item=item.id, option=part.id)
    for branch, after in zip(item.branches, item.branches[1:], strict=False):
        if not any(option.correct and option.next == after.id for option in branch.options):
            found.add("item-broken", path, line, item=item.id, why=f"no right option leads on to step {after.id}")
