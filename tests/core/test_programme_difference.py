"""Two versions of a programme compared: which part says what differently, and how people fare."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import upstander
from upstander.core.decision import STATES, Decision
from upstander.core.people_difference import KINDS, NO_DUTY, PeopleDifference
from upstander.core.programme import Group, Programme, Route, Window
from upstander.core.programme_difference import ADDED, CHANGED, MOVED, REMOVED, Difference, differences, things
from upstander.core.programme_file import TOP_KEYS, parse_programme

PROGRAMMES = Path(upstander.__file__).parent / "programmes"
PAGE_A, PAGE_B = ((PROGRAMMES / f"{key}.toml").read_text(encoding="utf-8") for key in ("page-a", "page-b"))
RULES = parse_programme(PAGE_B)
DAY = date(2021, 1, 20)


def changed(old: str, new: str, text: str = PAGE_B) -> tuple[Difference, ...]:
    assert old in text
    return differences(parse_programme(text), parse_programme(text.replace(old, new)))


def test_versions_that_say_the_same_have_no_difference():
    assert changed("version = 1", "version = 7") == ()
    assert changed("# In order:", "# By turns:") == ()


@pytest.mark.parametrize(
    ("old", "new", "part", "key", "kind"),
    [
        ("2021-02-17", "2021-02-19", "groups", "all-schools", CHANGED),
        ('en = "Preventing harassment, 2020–21"', 'en = "Another name"', "title", "", CHANGED),
        ("student_year_at_least = 3", "student_year_at_least = 4", "audience", "graduate-students", CHANGED),
        ("last_on = 2021-08-31", "last_on = 2021-07-31", "cycle", "2020-21", CHANGED),
        ("every_months = 24", "every_months = 36", "recurrence", "", CHANGED),
        ("exclude_if_by_due = true", "exclude_if_by_due = false", "endings", "", CHANGED),
        ("onboarded_on_or_after = 2020-07-01", "onboarded_on_or_after = 2020-08-01", "exemptions",
         "recently-onboarded", CHANGED),
        ("complete = 1", "complete = 2", "requirement", "", CHANGED),
        ('roles = ["employee", "student"]', 'roles = ["employee"]', "counts", "", CHANGED),
        ('unpaid = "continues"', 'unpaid = "defers"', "leave", "", CHANGED),
        ("graduates_within_days = 200", "graduates_within_days = 100", "recommendations", "1", CHANGED),
        ("days_before_due = [14, 3]", "days_before_due = [14]", "reminders", "", CHANGED),
        ('label = "A"', 'label = "Z"', "options", "option-a", CHANGED),
        ('[[options]]\ncourse = "option-b"\nlabel = "B"\n', "", "options", "option-b", REMOVED),
        ("[counts]", '[[options]]\ncourse = "option-f"\n\n[counts]', "options", "option-f", ADDED),
        ("[counts]", "[records]\nkeep_years = 4\n\n[counts]", "records", "", CHANGED),
        ("[counts]", '[[legal]]\npreset = "x"\ndigest = "d"\n\n[counts]', "legal", "x", ADDED),
        ("[counts]", '[[equivalencies]]\ncourse = "z"\ncounts_as = "option-a"\n\n[counts]', "equivalencies",
         "z>option-a", ADDED),
    ],
)  # fmt: skip
def test_each_part_tells_its_own_difference(old, new, part, key, kind):
    assert changed(old, new) == (Difference(part, key, kind),)


def test_the_window_of_a_programme_without_groups_is_told():
    assert changed("days = 45", "days = 46", PAGE_A) == (Difference("window", "", CHANGED),)


def test_another_order_of_the_groups_is_a_difference_since_the_first_is_the_one():
    turned = replace(RULES, groups=RULES.groups[::-1])
    assert differences(RULES, turned) == (Difference("groups", "#order", MOVED),)


def test_by_rank_the_order_of_the_file_says_nothing():
    ranked = replace(RULES, groups=tuple(replace(group, rank=at) for at, group in enumerate(RULES.groups)))
    assert differences(ranked, replace(ranked, groups=ranked.groups[::-1])) == ()


def test_a_group_that_comes_first_is_new_and_moves_no_other():
    first = Group("first", {"en": "First", "es": "Primero"}, None, Window(DAY, DAY))
    assert differences(RULES, replace(RULES, groups=(first, *RULES.groups))) == (Difference("groups", "first", ADDED),)


def test_every_part_of_a_file_can_differ():
    assert set(things(RULES)) == TOP_KEYS - {"key", "version", "examples"}


def test_every_field_of_a_programme_has_a_say():
    """A field that a new rule adds and that no part compares would change unseen."""
    seen = {
        "title", "summary", "cycles", "routes", "groups", "options", "need", "parts", "equivalencies", "roles",
        "window_days", "window_months", "window_rounding", "grace_days", "ending_by_due_excludes", "deferring_leave",
        "exemptions", "recommendations", "reminders", "every_months", "office", "legal", "keep_years",
        "period_windows", "recurrence_rounding", "survey", "extension", "elsewhere", "access", "minimum_notice_days",
        "escalation",
    }  # fmt: skip
    assert set(Programme.__dataclass_fields__) - seen == {"key", "version", "examples"}


def test_as_json_is_three_words():
    more = replace(RULES, routes=(*RULES.routes, Route("x", RULES.routes[0].when)))
    assert [each.as_json() for each in differences(RULES, more)] == [{"part": "audience", "key": "x", "kind": "added"}]


# people


def decided(state: str, due_on: date | None = None, group: str | None = "g", cycle: str = "c") -> Decision:
    return Decision("10000001", "page-b", cycle, state, group, DAY, due_on)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (decided("not-required"), decided("open", DAY), "gains"),
        (decided("undecided"), decided("scheduled", DAY), "gains"),
        (decided("satisfied", DAY), decided("exempt"), "loses"),
        (decided("open", DAY), decided("undecided"), "loses"),
        (decided("open", DAY), decided("open", date(2021, 1, 21)), "later"),
        (decided("overdue", DAY), decided("overdue", date(2021, 1, 19)), "earlier"),
        (decided("deferred"), decided("open", DAY), "date-set"),
        (decided("open", DAY), decided("deferred"), "date-gone"),
        (decided("open", DAY), decided("open", DAY, "h"), "regrouped"),
        (decided("overdue", DAY), decided("scheduled", date(2023, 1, 1), cycle="d"), "new-round"),
        (decided("open", DAY), decided("overdue", DAY), None),
        (decided("not-required"), decided("exempt"), None),
    ],
)
def test_each_change_is_of_one_kind(old, new, kind):
    found = PeopleDifference(DAY)
    found.take("10000001", old, new)
    assert [each for each in KINDS if found.counts[each]] == ([kind] if kind else [])
    assert bool(found.states) == (old.state != new.state)


def test_what_is_gained_lost_and_left_adds_up():
    found = PeopleDifference(DAY)
    for old in STATES:
        for new in STATES:
            found.take("10000001", decided(old, DAY), decided(new, DAY))
    assert found.duties_before + found.gains - found.loses == found.duties_after
    assert found.people == len(STATES) ** 2
    assert sum(found.states.values()) == len(STATES) * (len(STATES) - 1)
    assert found.gains == len(NO_DUTY) * (len(STATES) - len(NO_DUTY))
