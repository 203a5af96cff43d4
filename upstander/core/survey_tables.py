"""The tables of a survey: every question by itself, by each demographic and by the crossings asked for; one release."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from upstander.core.errors import Refusal
from upstander.core.suppression import HIGHEST, LOWEST, Family, Shown, at_least, merged_groups, released
from upstander.core.survey import NO_ANSWER, Question, Survey

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """What is printed of one question by these demographics (none, one or two)."""

    question: str
    by: tuple[str, ...]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Release:
    """Everything printed together: how many answered, and the tables. Nothing else may be printed of these answers."""

    survey: str
    k: int
    people: int
    tables: tuple[QuestionTable, ...]

    def as_json(self) -> dict:
        return {
            "survey": self.survey,
            "k": self.k,
            "people": self.people,
            "tables": [_as_json(table) for table in self.tables],
        }


def release_of(survey: Survey, records: Sequence[Record]) -> Release:
    """The tables of these records. Refuses `too-few` {k} where there are fewer than the survey's limit."""
    k = at_least(survey.smallest_cell)
    if len(records) < k:
        raise Refusal("too-few", {"k": k})
    axes = {q.id: merged_groups(_sizes(records, q), k) for q in survey.demographics}
    axes = {name: shown for name, shown in axes.items() if shown}
    names = tuple(axes)
    profiles = [tuple(axes[name][record[name]] for name in names) for record in records]
    people = list(zip(records, profiles, strict=True))
    families = list(_families(survey, names, profiles, k))
    tables = [table for q in survey.asked for table in _tables(q, names, families, people, k)]
    return Release(survey.key, k, len(records), tuple(tables))


def _sizes(records: Sequence[Record], question: Question) -> dict[str, int]:
    counted = Counter(record[question.id] for record in records)
    return {option: counted[option] for option in (*question.options, NO_ANSWER)}


def _families(survey: Survey, names: tuple[str, ...], profiles: Sequence[tuple], k: int) -> Iterator[Family]:
    """Everybody, each axis, and each crossing in which every pair of groups has enough people."""
    yield ()
    yield from ((place,) for place in range(len(names)))
    for one, other in survey.crossed:
        if one in names and other in names:
            pair = names.index(one), names.index(other)
            counted = Counter((profile[pair[0]], profile[pair[1]]) for profile in profiles)
            every = product(*({profile[place] for profile in profiles} for place in pair))
            if all(counted[groups] >= k for groups in every):
                yield pair


def _tables(
    question: Question, names: tuple[str, ...], families: Sequence[Family], people: Sequence[tuple], k: int
) -> Iterator[QuestionTable]:
    atoms = Counter((record[question.id], profile) for record, profile in people)
    for shown in released(atoms, (*question.options, NO_ANSWER), families, k, question.points):
        yield QuestionTable(question.id, tuple(names[axis] for axis in shown.axes), shown)


def _as_json(table: QuestionTable) -> dict:
    columns = sorted(table.shown.columns.items())
    return {
        "question": table.question,
        "by": list(table.by),
        "columns": [
            {"groups": list(groups), "base": column.base, "shares": dict(column.shares), "mean": column.mean}
            for groups, column in columns
        ],
    }


def checked_tables(survey: Survey, read: Any) -> dict:
    """Tables that came back from outside, as far as they can be what `release_of` gives; refuses `tables-unreadable`.

    No count below the limit, no share outside the coded ends, no question or group of which the survey knows nothing.
    """
    try:
        k, people = at_least(read["k"]), int(read["people"])
        if read["survey"] != survey.key or people < k or k < survey.smallest_cell:
            raise ValueError
        tables = [_checked(survey, table, k) for table in read["tables"]]
    except (KeyError, TypeError, ValueError, AttributeError, Refusal) as problem:
        raise Refusal("tables-unreadable") from problem
    return {"survey": survey.key, "k": k, "people": people, "tables": tables}


def _checked(survey: Survey, table: Mapping, k: int) -> dict:
    question = {q.id: q for q in survey.asked}[table["question"]]
    groups = {q.id: {*q.options, NO_ANSWER, "*"} for q in survey.demographics}
    by = [name for name in table["by"] if groups[name]]
    columns = []
    for column in table["columns"]:
        named = [str(group) for group in column["groups"]]
        if not all(group in groups[name] for group, name in zip(named, by, strict=True)):
            raise ValueError
        shares = {option: column["shares"][option] for option in (*question.options, NO_ANSWER)}
        if int(column["base"]) < k or not all(s is None or LOWEST <= int(s) <= HIGHEST for s in shares.values()):
            raise ValueError
        mean = None if column["mean"] is None or None in shares.values() else float(column["mean"])
        columns.append({"groups": named, "base": int(column["base"]), "shares": shares, "mean": mean})
    return {"question": question.id, "by": by, "columns": columns}
