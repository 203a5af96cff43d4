"""Words of the survey: what stands beside its own questions, and its tables in sentences and cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from upstander.core.suppression import HIGHEST, LOWEST, MERGED
from upstander.core.survey import NO_ANSWER, Question, Survey, option_words, question_words

#: Why a survey is not open, for the office.
CLOSED = {
    "no-survey-key": gettext_lazy(
        "It is closed: no public key of the analysing office has been loaded, so nobody could ever open an answer."
    ),
    "no-such-survey": gettext_lazy("It is closed: there is no survey of this name on this machine."),
    "survey-unreadable": gettext_lazy("It is closed: one of its files cannot be read."),
    "survey-broken": gettext_lazy("It is closed: “upstander survey check” finds something wrong with it."),
}
#: Why something could not be done, for the office.
REFUSED = {
    "too-few-answers": gettext_lazy("There are not enough new answers yet. Nothing was handed out."),
    "spool-locked": gettext_lazy("The newest answers were sealed under another secret key of this site."),
    "no-survey-key": gettext_lazy("This is no public key of a survey."),
    "tables-unreadable": gettext_lazy("This is no file of tables that “upstander survey open” has made."),
    "no-such-export": gettext_lazy("The file speaks of an export that was not made here."),
    "tables-stand": gettext_lazy("Tables of one of these exports stand here already; the same answers are shown once."),
    "no-such-survey": gettext_lazy("There is no such survey."),
}


def prefer_not_to_say() -> str:
    return gettext("Prefer not to say")


def share_words(share: int | None) -> str:
    """A cell of a table."""
    if share is None:
        return gettext("withheld")
    if share <= LOWEST:
        return gettext("%(percent)s %% or less") % {"percent": LOWEST}
    if share >= HIGHEST:
        return gettext("%(percent)s %% or more") % {"percent": HIGHEST}
    return gettext("%(percent)s %%") % {"percent": share}


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of everybody: its words, its share in words, and the length of its bar (0 where withheld)."""

    answer: str
    said: str
    length: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """The same question by groups: headings, how many in each, and a row an answer."""

    by: str
    headings: tuple[str, ...]
    bases: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One question, which is the title of its chart."""

    title: str
    people: str
    mean: str
    bars: tuple[Bar, ...]
    crossings: tuple[Crossing, ...]


def figures_of(survey: Survey, tables: Mapping, lang: str) -> list[Figure]:
    """Tables as `Release.as_json` gives them, in words; a question without a table of everybody is left out."""
    by_question: dict[str, list[Mapping]] = {}
    for table in tables["tables"]:
        by_question.setdefault(table["question"], []).append(table)
    return [_figure(survey, q, by_question[q.id], lang) for q in survey.asked if q.id in by_question]


def _figure(survey: Survey, question: Question, tables: Sequence[Mapping], lang: str) -> Figure:
    whole = next(table for table in tables if not table["by"])["columns"][0]
    words = {**option_words(survey, question, lang), NO_ANSWER: gettext("No answer")}
    return Figure(
        title=question_words(survey, question, lang),
        people=ngettext("%(n)s person", "%(n)s people", whole["base"]) % {"n": whole["base"]},
        mean=_mean(whole["mean"], len(question.options)),
        bars=tuple(
            Bar(said, share_words(whole["shares"][answer]), whole["shares"][answer] or 0)
            for answer, said in words.items()
        ),
        crossings=tuple(_crossing(survey, table, words, lang) for table in tables if table["by"]),
    )


def _mean(mean: float | None, most: int) -> str:
    return "" if mean is None else gettext("mean %(mean)s of %(most)s") % {"mean": mean, "most": most}


def _crossing(survey: Survey, table: Mapping, words: Mapping[str, str], lang: str) -> Crossing:
    axes = {q.id: q for q in survey.demographics}
    places = [(*axes[name].options, MERGED, NO_ANSWER) for name in table["by"]]
    columns = sorted(
        table["columns"], key=lambda c: [place.index(group) for place, group in zip(places, c["groups"], strict=True)]
    )
    names = [question_words(survey, axes[name], lang) for name in table["by"]]
    return Crossing(
        by=" · ".join(names),
        headings=tuple(_heading(survey, [axes[name] for name in table["by"]], c["groups"], lang) for c in columns),
        bases=tuple(column["base"] for column in columns),
        rows=tuple((said, tuple(share_words(c["shares"][answer]) for c in columns)) for answer, said in words.items()),
    )


def _heading(survey: Survey, axes: Sequence[Question], groups: Sequence[str], lang: str) -> str:
    named = {MERGED: gettext("All others together"), NO_ANSWER: gettext("No answer")}
    return " · ".join(
        named.get(group) or option_words(survey, axis, lang)[group] for axis, group in zip(axes, groups, strict=True)
    )
