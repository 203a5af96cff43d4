"""Which surveys there are, whether one is open, whom it is still to be shown to, and what lies sealed (B04, B19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from upstander.core.decision import ACTIONABLE
from upstander.core.errors import Refusal
from upstander.core.programme import OWN, Programme
from upstander.core.survey import LANGUAGES, Survey, SurveyProblem, read_survey
from upstander.models import SealedAnswer, SurveyExport, SurveyKey, SurveySpool, SurveyTaken
from upstander.queries.plan import duties_of
from upstander.queries.programmes import all_published, in_force

FILES = ("survey.toml", *(f"{lang}.toml" for lang in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Owed:
    """A survey that stands before this person's training: once in this cycle, and the name on its boxes.

    The name never tells a cycle that is one person's own.
    """

    survey: Survey
    cycle: str
    boxes: str


@dataclass(frozen=True, slots=True)
class SurveyState:
    """A survey as the office sees it: which programmes name it, and why it is closed (blank: it is open)."""

    key: str
    survey: Survey | None
    programmes: tuple[Programme, ...]
    closed: str


def survey_folders(root: Path | None = None) -> dict[str, Path]:
    """Survey key -> folder; an institution's own (in its data folder) stands in place of a shipped one."""
    roots = [root] if root else [Path(settings.CONTENT_ROOT) / "surveys", Path(settings.DATA_DIR) / "surveys"]
    return {file.parent.name: file.parent for one in roots for file in sorted(one.glob("*/survey.toml"))}


def survey_texts(folder: Path) -> dict[str, str]:
    """The files of a survey; refuses `survey-unreadable` {file, because}."""
    texts = {}
    for name in FILES:
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise Refusal("survey-unreadable", {"file": name, "because": str(problem)}) from problem
    return texts


@lru_cache(maxsize=16)
def _read(texts: tuple[tuple[str, str], ...], name: str) -> tuple[Survey, list[SurveyProblem]]:
    survey, problems = read_survey(dict(texts))
    if survey.key != name:
        problems = [*problems, SurveyProblem("other-key", "survey.toml", survey.key)]
    return survey, problems


def checked_survey(name: str, root: Path | None = None) -> tuple[Survey, list[SurveyProblem]]:
    """A survey with what is wrong with it; refuses `no-such-survey` {survey} and `survey-unreadable`."""
    folder = survey_folders(root).get(name)
    if folder is None:
        raise Refusal("no-such-survey", {"survey": name})
    return _read(tuple(survey_texts(folder).items()), name)


def installed_survey(name: str) -> Survey:
    """A survey in which nothing is wrong; refuses `no-such-survey`, `survey-unreadable`, `survey-broken`."""
    survey, problems = checked_survey(name)
    if problems:
        raise Refusal("survey-broken", {"survey": name, "problems": len(problems)})
    return survey


def current_key() -> SurveyKey | None:
    """The analysing office's public key in force."""
    return SurveyKey.objects.filter(ended_on=None).order_by("-added_on", "fingerprint").first()


def open_survey(name: str) -> Survey:
    """A survey that can be answered now; refuses `no-survey-key` where nobody could ever open the answers, and as
    `installed_survey` does."""
    if current_key() is None:
        raise Refusal("no-survey-key")
    return installed_survey(name)


def survey_states() -> list[SurveyState]:
    """Every survey that a published programme names."""
    published = all_published()
    found = []
    for name in sorted({programme.survey for programme in published if programme.survey}):
        closed, survey = "", None
        try:
            survey = installed_survey(name)
            open_survey(name)
        except Refusal as refusal:
            closed = refusal.code
        found.append(SurveyState(name, survey, tuple(p for p in published if p.survey == name), closed))
    return found


def asks_by_survey() -> list[Programme]:
    """The published programmes that name a survey."""
    return [programme for programme in in_force() if programme.survey]


def survey_owed(person_id: str, programmes: list[Programme], day: date) -> Owed | None:
    """The first open survey that stands before a duty of this person and was neither taken nor declined; else None.

    `programmes` as `asks_by_survey` gives them; the person's standings are of this day.
    """
    by_key = {programme.key: programme for programme in programmes}
    owing = [s for s in duties_of(person_id, programmes, day) if s.state in ACTIONABLE]
    if not owing:
        return None
    taken = set(SurveyTaken.objects.filter(person_id=person_id).values_list("survey", "cycle"))
    for standing in owing:
        programme = by_key[standing.programme_id]
        if (programme.survey, standing.cycle) not in taken and (survey := _open(programme.survey)):
            cycle = OWN if programme.has_own_cycles else standing.cycle
            return Owed(survey, standing.cycle, f"{programme.survey}/{cycle}")
    return None


def _open(name: str) -> Survey | None:
    try:
        return open_survey(name)
    except Refusal:
        return None


def box_names() -> Iterator[str]:
    """The names under which answers lie here, or may lie in the spool, or were handed out."""
    waiting = SealedAnswer.objects.values_list("name", flat=True).distinct()
    exported = SurveyExport.objects.values_list("name", flat=True).distinct()
    spools = SurveySpool.objects.values_list("name", flat=True)
    yield from sorted({re.split("[#@]", name)[0] for name in (*waiting, *exported, *spools)})


def boxes_waiting(name: str) -> int:
    """How many boxes were dealt out under this name and not handed out yet."""
    return SealedAnswer.objects.filter(name=name).count()


def exports_of(name: str) -> list[SurveyExport]:
    """The exports of a name, the newest first."""
    return list(SurveyExport.objects.filter(name=name).order_by("-number"))
