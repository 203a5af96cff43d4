"""The tables of cases hold for their programmes, and a table that is wrong is found wrong."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.generated import PAGE_A, PAGE_B
from upstander.core.cases import EXPECTABLE, Case, compare, read_cases, run_cases
from upstander.core.decide import decide
from upstander.core.errors import Refusal
from upstander.core.facts import PersonFacts
from upstander.core.programme import Programme
from upstander.core.programme_check import check
from upstander.core.programme_file import parse_programme

TABLES = Path(__file__).resolve().parent.parent / "cases"
DAY = "2021-01-20"
SCHOOL = 'appointments = [{ category = "staff", area = "school", paid = true }]'


def table(key: str) -> list[Case]:
    document = tomllib.loads((TABLES / f"{key}.toml").read_text(encoding="utf-8"))
    assert document["programme"] in (key, f"programmes/{key}.toml")
    assert all(entry.get("why") for entry in document["cases"]), "every case says which rule it follows from"
    return read_cases(document["cases"])


#: The tables with a small programme of their own, each for one shape of rule.
SHAPES = {
    path.stem: parse_programme(path.read_text(encoding="utf-8")) for path in (TABLES / "programmes").glob("*.toml")
}
EVERY = pytest.mark.parametrize("programme", [PAGE_A, PAGE_B, *SHAPES.values()], ids=lambda programme: programme.key)
BOTH = pytest.mark.parametrize("programme", [PAGE_A, PAGE_B], ids=lambda programme: programme.key)


@pytest.mark.row("A05", "A09", "A10", "A12", "B01", "B02", "B06", "B07", "B08", "B09", "B10", "B17", "B20")
@BOTH
def test_every_case_of_the_pages_holds_singly_and_in_one_batch(programme: Programme):
    cases = table(programme.key)
    assert len(cases) >= 100
    assert run_cases(programme, cases) == []


@pytest.mark.row("A09", "A10", "A12", "B01", "B02", "B06", "B08", "B09", "B13", "B17", "C01")
@pytest.mark.parametrize("key", SHAPES)
def test_every_case_of_every_shape_of_rule_holds_singly_and_in_one_batch(key: str):
    cases = table(key)
    assert len(cases) >= 10
    assert run_cases(SHAPES[key], cases) == []


def test_every_table_has_its_programme_and_every_programme_its_table():
    assert {path.stem for path in TABLES.glob("*.toml")} == {"page-a", "page-b", *SHAPES}


@EVERY
def test_every_case_has_a_name_of_its_own(programme: Programme):
    names = [case.name for case in table(programme.key)]
    assert sorted(names) == sorted(set(names))


@EVERY
def test_every_case_says_more_than_one_thing_or_its_state(programme: Programme):
    assert all(case.expected.get("state") for case in table(programme.key))


@EVERY
def test_no_case_holds_by_accident_for_somebody_without_facts(programme: Programme):
    """A check that cannot fail is a defect: taken away their facts, the cases fail."""
    emptied = [replace(case, facts=PersonFacts(case.facts.person_id)) for case in table(programme.key)]
    failing = {failure.name for failure in run_cases(programme, emptied)}
    bare = {case.name for case in table(programme.key) if case.expected["state"] == "not-required"}
    assert {case.name for case in emptied} - failing <= bare


@pytest.mark.parametrize("part", EXPECTABLE)
def test_a_case_that_expects_anything_else_fails_in_that_part_both_ways(part: str):
    (case,) = read_cases([entry(f"[cases.facts]\n{SCHOOL}", 'state = "open"')])
    wrong = replace(case, expected={part: "something else"})
    assert [(f.part, f.how) for f in run_cases(PAGE_B, [wrong])] == [(part, "singly"), (part, "in the batch")]


def test_a_reason_that_is_missing_or_unwanted_fails():
    (case,) = read_cases([entry(f"[cases.facts]\n{SCHOOL}", 'state = "open"')])
    wrong = replace(case, expected={"reasons": ["unpaid"], "no_reasons": ["paid"]})
    assert {failure.part for failure in run_cases(PAGE_B, [wrong])} == {"reasons", "no_reasons"}


@BOTH
def test_a_rule_that_is_changed_makes_cases_fail(programme: Programme):
    """Each rule of the file is held by the table: without it, some case comes out otherwise."""
    cases = table(programme.key)
    changed = {
        "roles": replace(programme, roles=("employee",) if programme is PAGE_B else ("employee", "student")),
        "leave": replace(programme, deferring_leave=programme.deferring_leave ^ {"medical"}),
        "another leave": replace(programme, deferring_leave=programme.deferring_leave ^ {"sabbatical"}),
        "need": replace(programme, need=programme.need + 1),
        "grace": replace(programme, grace_days=1),
        "endings": replace(programme, ending_by_due_excludes=not programme.ending_by_due_excludes),
        "options": replace(programme, options=programme.options[1:]),
        "routes": replace(programme, routes=programme.routes[1:]),
    }
    if programme is PAGE_B:
        changed["exemption"] = replace(programme, exemptions=())
        changed["order of groups"] = replace(programme, groups=tuple(reversed(programme.groups)))
    else:
        changed["window"] = replace(programme, window_days=44)
        del changed["endings"]  # without groups there is no deadline to measure an ending by
    for rule, other in changed.items():
        found = any(compare(case, decide(other, case.facts, case.day), "singly") for case in cases)
        assert found, f"no case depends on {rule}"


@EVERY
def test_the_programmes_that_come_with_us_and_those_of_the_tables_may_be_published(programme: Programme):
    assert check(programme) == []


def entry(facts: str, expected: str, day: str = DAY, more: str = "") -> dict:
    text = f'[[cases]]\nname = "a case"\nday = {day}\n{more}\n{facts}\n[cases.expected]\n{expected}\n'
    return tomllib.loads(text)["cases"][0]


WRONG_TABLES = {
    "an unknown key": entry("", 'state = "open"', more='days = "x"'),
    "a day in quotes": entry("", 'state = "open"', day='"2021-01-20"'),
    "a day with a time": entry("", 'state = "open"', day="2021-01-20T10:00:00"),
    "nothing expected": entry("", ""),
    "an unknown expectation": entry("", 'status = "open"'),
    "a state that is none": entry("", 'state = "opened"'),
    "a reason that is none": entry("", 'reasons = ["onboarded-too-early"]'),
    "reasons that are no list": entry("", 'reasons = "paid"'),
    "an unknown fact of the person": entry("[cases.facts]\nage = 40", 'state = "open"'),
    "an unknown fact of an appointment": entry('[cases.facts]\nappointments = [{ kind = "staff" }]', 'state = "open"'),
    "a told end that no officer accepted": entry(
        '[cases.facts]\nappointments = [{ category = "staff", told_end = 2021-02-17 }]', 'state = "open"'
    ),
    "a told end that is said to hold": entry(
        '[cases.facts]\nappointments = [{ category = "staff", told_holds = true }]', 'state = "open"'
    ),
    "an appointment without a category": entry("[cases.facts]\nappointments = [{ paid = true }]", 'state = "open"'),
    "appointments that are no list": entry('[cases.facts]\nappointments = "staff"', 'state = "open"'),
    "an appointment that is no table": entry("[cases.facts]\nappointments = [1]", 'state = "open"'),
    "pay in words": entry('[cases.facts]\nappointments = [{ category = "staff", paid = "yes" }]', 'state = "open"'),
    "a year in words": entry(
        '[cases.facts]\nappointments = [{ category = "graduate_student", student_year = "third" }]', 'state = "open"'
    ),
    "a category that is none": entry('[cases.facts]\nappointments = [{ category = "dean" }]', 'state = "open"'),
    "leaves that are no list": entry(
        '[cases.facts]\nappointments = [{ category = "staff", leaves = true }]', 'state = "open"'
    ),
    "a leave without a first day": entry(
        '[cases.facts]\nappointments = [{ category = "staff", leaves = [{ kind = "medical" }] }]', 'state = "open"'
    ),
    "a leave of an unknown kind": entry(
        '[cases.facts]\nappointments = [{ category = "staff", leaves = [{ kind = "long", from_on = 2021-01-01 }] }]',
        'state = "open"',
    ),
    "a completion without a day": entry('[cases.facts]\ncompletions = [{ course_key = "core" }]', 'state = "open"'),
    "a completion that is no table": entry('[cases.facts]\ncompletions = ["core"]', 'state = "open"'),
    "a beginning without a day": entry('[cases.facts]\nstarted = [{ course_key = "core" }]', 'state = "open"'),
    "an adjustment of an unknown kind": entry(
        '[cases.facts]\nadjustments = [{ kind = "favour", programme = "page-b" }]', 'state = "open"'
    ),
    "facts that are no table": {"name": "x", "day": table("page-b")[0].day, "facts": 3, "expected": {"state": "open"}},
    "expectations that are no table": {"name": "x", "day": table("page-b")[0].day, "expected": ["state"]},
    "a case that is no table": 7,
}


@pytest.mark.parametrize("wrong", WRONG_TABLES.values(), ids=WRONG_TABLES)
def test_a_table_that_cannot_be_read_is_refused_by_the_name_of_its_case(wrong):
    with pytest.raises(Refusal) as refused:
        read_cases([wrong])
    assert refused.value.code == "case-unreadable"
    assert refused.value.data["name"]
    assert refused.value.data["message"]


def test_a_case_may_leave_out_everything_that_it_does_not_need():
    (case,) = read_cases([entry("", 'state = "not-required"')])
    assert decide(PAGE_B, case.facts, case.day).state == "not-required"
