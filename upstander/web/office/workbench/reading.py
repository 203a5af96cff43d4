"""A draft read back: each part as sentences in every language, or as its text while it says no programme."""

from dataclasses import dataclass, field

import tomlkit

from upstander.core.conditions import tests_of
from upstander.core.programme import Programme
from upstander.core.programme_reader import LANGUAGES
from upstander.delivery import catalogue
from upstander.models import Unit
from upstander.queries.drafts import DraftView
from upstander.web.office.workbench.parts import PARTS, part_of_path
from upstander.web.office.workbench.problems import Told, problems_of, told
from upstander.words.rules import rule_sentences
from upstander.words.rules_conditions import Names


@dataclass(slots=True)
class Readback:
    """One part: its sentences by language, or its text where there are none."""

    sentences: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""
    problems: list[Told] = field(default_factory=list)
    warnings: list[Told] = field(default_factory=list)


def readback(view: DraftView) -> dict[str, Readback]:
    """Every part of the draft by its key, in the order of the page."""
    found = {part.key: Readback() for part in PARTS}
    for language in LANGUAGES if view.rules else ():
        for top_key, sentences in rule_sentences(view.rules, language, names_in(language, view.rules)):
            key = part_of_path(top_key)
            if key:
                found[key].sentences.setdefault(language, []).extend(sentences)
    for part in PARTS:
        held = {key: view.document[key] for key in part.top_keys if key in view.document}
        if held and not found[part.key].sentences:
            found[part.key].text = tomlkit.dumps(held)
    for problem in problems_of(view):
        if problem.part:
            found[problem.part].problems.append(problem)
    for warning in told(view.warnings):
        if warning.part:
            found[warning.part].warnings.append(warning)
    return found


def names_in(language: str, *versions: Programme) -> Names:
    """The titles of the courses and the names of the units that the rules speak of."""
    courses = {course for rules in versions for course in rules.course_keys}
    units: set[str] = set()
    for rules in versions:
        for condition in (rules.audience, *(group.when for group in rules.groups)):
            units.update(unit for test in tests_of(condition) if test.key == "unit_within" for unit in test.wanted)
    named = dict(Unit.objects.filter(pk__in=units).values_list("id", "name")) if units else {}
    return Names(units=named, courses={key: catalogue.title_of(key, language) for key in courses})


def unplaced(view: DraftView) -> list[Told]:
    """The problems that belong to no part: the document as a whole."""
    return [problem for problem in problems_of(view) if not problem.part]
