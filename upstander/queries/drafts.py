"""Drafts as read models: the document, the rules if it makes any, and what is wrong with it, part by part."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from upstander.core.cases import Failure, read_cases, run_cases
from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_check import Problem, check, warnings
from upstander.core.programme_file import parse_programme
from upstander.models import PresetSignature, ProgrammeVersion


@dataclass(frozen=True, slots=True)
class ExampleOutcome:
    """One example of the file and what came out otherwise than it says; none failed: it holds."""

    name: str
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        return not self.failures


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft to be shown and edited; `rules` is None while the document does not say a programme."""

    version: ProgrammeVersion
    document: Mapping
    rules: Programme | None
    problems: list[Problem]
    warnings: list[Problem] = field(default_factory=list)
    examples: list[ExampleOutcome] = field(default_factory=list)

    @property
    def problems_by_part(self) -> dict[str, list[Problem]]:
        """The problems under the top-level part in which each stands."""
        found: dict[str, list[Problem]] = defaultdict(list)
        for problem in self.problems:
            found[part_of(problem.path)].append(problem)
        return dict(found)

    @property
    def can_be_published(self) -> bool:
        return self.rules is not None and not self.problems


def part_of(path: str) -> str:
    """The top-level part of a problem's place: "groups" of "groups[2].due_on"."""
    return path.partition(".")[0].partition("[")[0]


def drafts_of(key: str) -> list[ProgrammeVersion]:
    """The programme's drafts that nobody has published or laid aside, newest first."""
    drafts = ProgrammeVersion.objects.filter(programme_id=key, published_at=None, discarded_at=None)
    return list(drafts.order_by("-number"))


def read_draft(version: ProgrammeVersion, day: date) -> DraftView:
    """What the version says, with its problems, its warnings on the day, and how its examples come out."""
    try:
        document = tomllib.loads(version.document)
        rules = parse_programme(version.document)
    except ValueError as problem:
        return DraftView(version, {}, None, [Problem("file", str(problem))])
    except Refusal as refusal:
        return DraftView(version, document, None, problems_in(refusal))
    return DraftView(
        version,
        document,
        rules,
        [*check(rules), *unsigned(rules)],
        warnings(rules, day),
        example_outcomes(rules),
    )


def problems_in(refusal: Refusal) -> list[Problem]:
    """What a refusal of the reader says, as problems with their places."""
    if "problems" in refusal.data:
        return [Problem(problem["path"], problem["message"]) for problem in refusal.data["problems"]]
    return [Problem("file", refusal.data.get("message", refusal.code))]


def example_outcomes(rules: Programme) -> list[ExampleOutcome]:
    """Every example of the file with what came out otherwise; one that cannot be read fails by itself."""
    outcomes = []
    for place, entry in enumerate(rules.examples, 1):
        try:
            cases = read_cases([entry])
        except Refusal as refusal:
            name = str(entry.get("name") or place)
            outcomes.append(ExampleOutcome(name, (Failure(name, "example", refusal.data.get("message"), None),)))
            continue
        named = cases[0].name if entry.get("name") else str(place)
        outcomes.append(ExampleOutcome(named, tuple(run_cases(rules, cases))))
    return outcomes


def unsigned(rules: Programme) -> list[Problem]:
    """The legal presets in this programme that no local reviewer has signed as they stand."""
    signed = set(PresetSignature.objects.filter(ended_at=None).values_list("preset", "digest"))
    return [
        Problem(f"legal[{place}]", f"the preset {entry.preset!r} is not signed here in this wording")
        for place, entry in enumerate(rules.legal)
        if (entry.preset, entry.digest) not in signed
    ]
