"""A programme read back as sentences, part by part, in any language; and what two versions of it say differently."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, override

from upstander.core.programme import Programme
from upstander.core.programme_difference import ADDED, CHANGED, REMOVED, WHOLE, Difference, differences
from upstander.words import rules_cases, rules_notices, rules_updates, rules_what, rules_when, rules_who
from upstander.words.rules_conditions import Names
from upstander.words.rules_text import in_active
from upstander.words.rules_when import group_moves

NO_NAMES = Names()


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of one part; `key` tells the things within a part apart, whatever they say."""

    part: str
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference between two versions: what kind, told as a sentence, with what stood before and stands now."""

    part: str
    kind: str
    sentence: str
    before: str = ""
    after: str = ""


def _title(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    yield "", gettext("The programme is called “%(title)s”.") % {"title": in_active(rules.title)}


def _summary(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    if rules.summary:
        yield "", gettext("In short: %(summary)s") % {"summary": in_active(rules.summary)}


def _office(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    if rules.office:
        said = {lang: texts.get("name", "") for lang, texts in rules.office.items()}
        facts = next(iter(rules.office.values()))
        yield (
            "",
            gettext("Questions go to %(name)s, %(email)s, %(phone)s.")
            % {"name": in_active(said), "email": facts.get("email", ""), "phone": facts.get("phone", "")},
        )


#: Each top-level part of the file with what makes its sentences, in the order in which people read them.
PARTS: dict[str, Callable[[Programme, Names], Iterator[tuple[str, str]]]] = {
    "title": _title,
    "summary": _summary,
    "survey": rules_updates.survey,
    "legal": rules_what.legal,
    "audience": rules_who.audience,
    "endings": rules_who.endings,
    "exemptions": rules_who.exemptions,
    "cycle": rules_when.cycle,
    "recurrence": rules_when.recurrence,
    "groups": rules_when.groups,
    "window": rules_when.window,
    "leave": rules_who.leave,
    "requirement": rules_what.requirement,
    "options": rules_what.options,
    "counts": rules_what.counts,
    "equivalencies": rules_what.equivalencies,
    "recommendations": rules_what.recommendations,
    "reminders": rules_when.reminders,
    "notices": rules_notices.notices,
    "cases": rules_cases.cases,
    "access": rules_cases.access,
    "records": rules_what.records,
    "office": _office,
}


def rule_items(rules: Programme, lang: str, names: Names = NO_NAMES) -> list[Item]:
    """Every sentence about the rules, in the order in which people read them."""
    with override(lang):
        return [Item(part, key, sentence) for part, says in PARTS.items() for key, sentence in says(rules, names)]


def rule_sentences(rules: Programme, lang: str, names: Names = NO_NAMES) -> list[tuple[str, list[str]]]:
    """The rules part by part (the top-level keys of the file), each with its sentences; empty parts are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in rule_items(rules, lang, names):
        found[item.part].append(item.sentence)
    return list(found.items())


def difference_sentences(old: Programme, new: Programme, lang: str, names: Names = NO_NAMES) -> list[Changed]:
    """What the new version says differently, part by part: from what to what, each as whole sentences."""
    before, after = rule_items(old, lang, names), rule_items(new, lang, names)
    with override(lang):
        return [told for found in differences(old, new) for told in _told(found, old, new, before, after)]


def _told(
    found: Difference, old: Programme, new: Programme, before: list[Item], after: list[Item]
) -> Iterator[Changed]:
    had, has = _sentences(before, found), _sentences(after, found)
    if found.part == "groups" and found.kind == CHANGED:
        moved = group_moves(old.group(found.key), new.group(found.key))
        if moved:
            yield from (Changed(found.part, found.kind, sentence, had, has) for sentence in moved)
            return
    yield Changed(found.part, found.kind, _pattern(found.kind, had, has) % {"before": had, "after": has}, had, has)


def _pattern(kind: str, had: str, has: str) -> str:
    if kind == ADDED or (has and not had):
        return gettext("New: %(after)s")
    if kind == REMOVED or (had and not has):
        return gettext("No longer: %(before)s")
    if had == has:
        return gettext("This is worded differently in another language: %(after)s")
    return gettext("Before: %(before)s Now: %(after)s")


def _sentences(items: list[Item], found: Difference) -> str:
    """What a version says of the thing that differs: its own sentences, or the part's where it has no things."""
    of_part = [item for item in items if item.part == found.part]
    whole = found.key == WHOLE and found.part != "requirement"
    return " ".join(
        item.sentence
        for item in of_part
        if whole or item.key == found.key or (found.key and item.key.startswith(f"{found.key}#"))
    )
