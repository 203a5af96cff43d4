"""A programme file says its rules or is refused, every fault with its place; nothing is guessed away."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generated import PAGE_A, PAGE_B, PROGRAMME_FILES
from upstander.core import conditions
from upstander.core.errors import Refusal
from upstander.core.programme import Cycle, Window
from upstander.core.programme_check import check
from upstander.core.programme_file import parse_programme

A = (PROGRAMME_FILES / "page-a.toml").read_text(encoding="utf-8")
B = (PROGRAMME_FILES / "page-b.toml").read_text(encoding="utf-8")
ENGLISH, SPANISH = (tomllib.loads(A)["title"][language] for language in ("en", "es"))
SUMMARY = tomllib.loads(A)["summary"]["es"]
SCHOOLS = tomllib.loads(B)["groups"][0]["title"]["es"]


def problems(text: str) -> list[tuple[str, str]]:
    """The places and messages for which a file is refused."""
    with pytest.raises(Refusal) as refused:
        parse_programme(text)
    assert refused.value.code == "programme-invalid"
    return [(problem["path"], problem["message"]) for problem in refused.value.data["problems"]]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


#: What is wrong -> the file it is done to, what is replaced by what, and the place that must be named.
FAULTS = {
    "an unknown condition": (B, "paid = true", "payed = true", "audience.routes[0].when.payed"),
    "more time at once than at most": (
        A,
        "[recurrence]",
        "[cases.extension]\nautomatic_days = 30\nmost_days = 14\n\n[recurrence]",
        "cases.extension.automatic_days",
    ),
    "an unknown limit": (A, "[recurrence]", "[cases.extension]\ndays = 3\n\n[recurrence]", "cases.extension.days"),
    "an unknown key at the top": (A, "version = 1", "version = 1\nowner = 'x'", "owner"),
    "an unknown key in a group": (
        B,
        "due_on = 2021-02-17",
        "due_on = 2021-02-17\ncloses_on = 2021-03-01",
        "groups[0].closes_on",
    ),
    "an unknown key of a window": (A, "grace_days = 0", "gracedays = 0", "window.gracedays"),
    "a date in quotes": (B, "due_on = 2021-02-17", 'due_on = "2021-02-17"', "groups[0].due_on"),
    "a date with a time": (B, "due_on = 2021-02-17", "due_on = 2021-02-17T00:00:00", "groups[0].due_on"),
    "a date in the year 0202": (B, "due_on = 2021-02-17", "due_on = 0202-02-17", "groups[0].due_on"),
    "a date in the year 2921": (B, "due_on = 2021-02-17", "due_on = 2921-02-17", "groups[0].due_on"),
    "a missing date": (B, "due_on = 2021-02-17\n", "", "groups[0].due_on"),
    "due before it opens": (B, "due_on = 2021-02-17", "due_on = 2021-01-12", "groups[0].due_on"),
    "a window outside the cycle": (B, "due_on = 2021-06-11", "due_on = 2021-09-01", "groups[3].opens_on"),
    "a cycle that ends before it begins": (
        B,
        "last_on = 2021-08-31",
        "last_on = 2020-08-31",
        "cycle.periods[0].last_on",
    ),
    "cycles that overlap": (
        B,
        "[audience]\n",
        "[[cycle.periods]]\nkey = 'next'\nfirst_on = 2021-08-31\nlast_on = 2022-08-31\n\n[audience]\n",
        "cycle.periods[1].first_on",
    ),
    "two cycles of one name": (
        B,
        "[audience]\n",
        "[[cycle.periods]]\nkey = '2020-21'\nfirst_on = 2021-09-01\nlast_on = 2022-08-31\n\n[audience]\n",
        "cycle.periods",
    ),
    "no cycle at all": (A, '[cycle]\nkind = "yearly"\nstarts_on = "07-01"\nfirst_year = 2020\n', "", "cycle.kind"),
    "a kind of cycle that is none": (A, 'kind = "yearly"', 'kind = "monthly"', "cycle.kind"),
    "a cycle from 29 February": (A, 'starts_on = "07-01"', 'starts_on = "02-29"', "cycle.starts_on"),
    "a cycle from 31 June": (A, 'starts_on = "07-01"', 'starts_on = "06-31"', "cycle.starts_on"),
    "a cycle from a month beyond measure": (
        A,
        'starts_on = "07-01"',
        'starts_on = "99999999999999999999-01"',
        "cycle.starts_on",
    ),
    "a cycle without its first year": (A, "first_year = 2020\n", "", "cycle.first_year"),
    "a first year that cannot be meant": (A, "first_year = 2020", "first_year = 202", "cycle.first_year"),
    "an option twice": (B, 'course = "option-b"', 'course = "option-a"', "options"),
    "a group twice": (B, 'key = "vp-research"', 'key = "all-schools"', "groups"),
    "a route twice": (
        B,
        '[[audience.routes]]\nkey = "graduate-students"',
        '[[audience.routes]]\nkey = "paid-employees"',
        "audience.routes",
    ),
    "more courses asked for than there are": (B, "complete = 1", "complete = 6", "requirement.complete"),
    "no course asked for": (B, "complete = 1", "complete = 0", "requirement.complete"),
    "a truth value where a number belongs": (B, "complete = 1", "complete = true", "requirement.complete"),
    "a number in words": (A, "days = 45", 'days = "45"', "window.days"),
    "a window of no days": (A, "days = 45", "days = 0", "window.days"),
    "less than no grace": (A, "grace_days = 0", "grace_days = -1", "window.grace_days"),
    "a title without Spanish": (A, f'es = "{SPANISH}"\n', "", "title.es"),
    "a title without English": (A, f'en = "{ENGLISH}"\n', "", "title.en"),
    "an empty title": (A, f'es = "{SPANISH}"', 'es = " "', "title"),
    "a summary in one language only": (A, f'es = "{SUMMARY}', f'fr = "{SUMMARY}', "summary.es"),
    "a group's title without Spanish": (
        B,
        f', es = "{SCHOOLS}"',
        "",
        "groups[0].title.es",
    ),
    "a category that is none": (
        B,
        '"faculty", "staff", "postdoc"], paid',
        '"faculty", "dean"], paid',
        "audience.routes[0].when.category",
    ),
    "no category": (
        B,
        'category = ["faculty", "staff", "postdoc"], paid',
        "category = [], paid",
        "audience.routes[0].when.category",
    ),
    "pay in words": (B, "paid = true", 'paid = "yes"', "audience.routes[0].when.paid"),
    "a student year in words": (
        B,
        "student_year_at_least = 3",
        'student_year_at_least = "third"',
        "audience.routes[1].when.student_year_at_least",
    ),
    "an empty condition": (B, 'when = { category = ["graduate_student"] }', "when = {}", "groups[2].when"),
    "a condition that is no table": (B, 'when = { category = ["graduate_student"] }', "when = true", "groups[2].when"),
    "a group without a condition that is not the last": (
        B,
        'when = { category = ["graduate_student"] }\n',
        "",
        "groups[2].when",
    ),
    "alternatives that are no list": (B, "paid = true }", "any = { paid = true } }", "audience.routes[0].when.any"),
    "a fault inside alternatives": (
        B,
        "paid = true }",
        "any = [{ paid = true }, { paid = 1 }] }",
        "audience.routes[0].when.any[1].paid",
    ),
    "a fault inside a negation": (B, "paid = true }", "not = { paid = 1 } }", "audience.routes[0].when.not.paid"),
    "a kind of leave forgotten": (A, 'military = "defers"\n', "", "leave.military"),
    "a kind of leave that is none": (A, 'military = "defers"', 'militray = "defers"', "leave.militray"),
    "a leave policy that is none": (A, 'military = "defers"', 'military = "pauses"', "leave.military"),
    "a role that is none": (A, 'roles = ["employee"]', 'roles = ["contractor"]', "counts.roles"),
    "no role": (A, 'roles = ["employee"]', "roles = []", "counts.roles"),
    "endings in words": (B, "exclude_if_by_due = true", 'exclude_if_by_due = "yes"', "endings.exclude_if_by_due"),
    "an exemption without its day": (
        B,
        "onboarded_on_or_after = 2020-07-01\n",
        "",
        "exemptions[0].onboarded_on_or_after",
    ),
    "an exemption for a category that is none": (
        B,
        'if_blank_with_category = ["faculty"',
        'if_blank_with_category = ["teacher"',
        "exemptions[0].if_blank_with_category",
    ),
    "a recommendation of a course that is not on the menu": (
        B,
        'options = ["option-c"',
        'options = ["option-x"',
        "recommendations[0].options",
    ),
    "reminders in words": (
        A,
        "days_before_due = [14, 3]",
        'days_before_due = ["two weeks"]',
        "reminders.days_before_due",
    ),
    "a reminder less than no days before": (
        A,
        "days_before_due = [14, 3]",
        "days_before_due = [-3]",
        "reminders.days_before_due",
    ),
    "an office in one language only": (
        A,
        "[recurrence]",
        '[office.en]\nname = "O"\nphone = "1"\nemail = "o@x.example"\nhours = "9-5"\n\n[recurrence]',
        "office",
    ),
    "an office without its hours": (
        A,
        "[recurrence]",
        '[office.en]\nname = "O"\nphone = "1"\nemail = "o@x.example"\n\n[recurrence]',
        "office.en.hours",
    ),
    "groups and a window at once": (B, "[requirement]", "[window]\ndays = 30\n\n[requirement]", "window"),
    "neither groups nor a window": (A, "[window]\ndays = 45\ngrace_days = 0\n", "", "window"),
    "no course": (A, '[[options]]\ncourse = "core"\n', "", "options"),
    "no way into the audience": (
        A,
        '[[audience.routes]]\nkey = "benefits-eligible-employees"\n'
        'when = { category = ["faculty", "staff", "postdoc"], benefits_eligible = true }\n',
        "",
        "audience.routes",
    ),
    "a key with spaces": (A, 'key = "page-a"', 'key = "page a"', "key"),
    "no key": (A, 'key = "page-a"\n', "", "key"),
    "a table where a list belongs": (A, "[[options]]", "[options]", "options"),
}


@pytest.mark.parametrize("text, old, new, place", FAULTS.values(), ids=FAULTS)
def test_every_fault_is_refused_with_its_place(text: str, old: str, new: str, place: str):
    found = problems(changed(text, old, new))
    assert place in [path for path, _ in found], found
    assert all(message for _, message in found)


@pytest.mark.parametrize("key", sorted(set(tomllib.loads(B)) - {"version"}))
def test_a_value_of_the_wrong_kind_is_refused_wherever_it_stands(key: str):
    kept, inside = [], False
    for line in B.splitlines():
        if line.startswith("["):
            inside = line.strip("[]").split(".")[0] == key
        if not inside and not line.startswith(f"{key} ="):
            kept.append(line)
    assert any(path.split(".")[0].split("[")[0] == key for path, _ in problems(f"{key} = 7\n" + "\n".join(kept)))


def test_several_faults_are_all_told_at_once():
    text = changed(changed(B, "complete = 1", "complete = 9"), "due_on = 2021-02-17", "due_on = 2021-01-12")
    assert {"requirement.complete", "groups[0].due_on"} <= {path for path, _ in problems(text)}


@pytest.mark.parametrize(
    "text",
    [
        "key = ",
        "[[groups]",
        'key = "a"\nkey = "b"',
        "due_on = 2021-02-30",
        "\x00",
        "x = 0000-01-01",
        "n = " + "9" * 5000,
    ],
    ids=["cut off", "bracket", "a key twice", "30 February", "a zero byte", "the year 0", "a number of 5000 digits"],
)
def test_what_is_not_toml_is_refused_as_unreadable(text: str):
    with pytest.raises(Refusal) as refused:
        parse_programme(text)
    assert refused.value.code == "programme-unreadable"
    assert refused.value.data["message"]


@pytest.mark.parametrize("deep", ["[" * 3000 + "]" * 3000, "{ not = " * 900 + "{ paid = true }" + " }" * 900])
def test_a_document_nested_beyond_measure_is_refused(deep: str):
    with pytest.raises(Refusal):
        parse_programme(changed(A, "benefits_eligible = true }", f"not = {deep} }}"))


@pytest.mark.row("B01")
def test_a_gap_between_the_groups_stands_in_the_way_of_publishing():
    text = changed(B, 'area = ["central", "academic_admin"] }', 'area = ["central"] }')
    text = changed(text, 'area = ["vp_research"] }', 'area = ["vp_research"], not = { area = ["academic_admin"] } }')
    (first, *_) = check(parse_programme(text))
    assert first.path == "groups"
    assert "academic_admin" in first.message


def test_an_example_that_does_not_come_out_stands_in_the_way_of_publishing():
    text = changed(A, 'state = "open"', 'state = "overdue"')
    (problem, *_) = check(parse_programme(text))
    assert problem.path == "examples"
    assert "Benefits-eligible staff owe it" in problem.message


def test_an_example_that_cannot_be_read_stands_in_the_way_of_publishing():
    text = changed(A, "benefits_eligible = true, starts_on", 'benefits_eligible = "yes", starts_on')
    assert [problem.path for problem in check(parse_programme(text))] == ["examples"]


@pytest.mark.row("B01", "B02", "B07")
def test_the_second_page_is_read_as_it_is_written():
    assert [(g.key, g.window) for g in PAGE_B.groups] == [
        ("all-schools", Window(date(2021, 1, 13), date(2021, 2, 17))),
        ("vp-research", Window(date(2021, 2, 22), date(2021, 3, 26))),
        ("graduate-students", Window(date(2021, 4, 5), date(2021, 5, 7))),
        ("central", Window(date(2021, 5, 4), date(2021, 6, 11))),
    ]
    assert PAGE_B.need == 1
    assert [option.label for option in PAGE_B.options] == ["A", "B", "C", "D", "E"]
    assert PAGE_B.deferring_leave == {"parental", "medical", "military"}
    assert PAGE_B.exemptions[0].since_on == date(2020, 7, 1)
    assert PAGE_B.reminders == (14, 3, -1, -7, -14)


@pytest.mark.row("A05")
def test_the_first_page_is_read_as_it_is_written():
    assert PAGE_A.window_days == 45
    assert PAGE_A.cycle_on(date(2021, 6, 30)) == Cycle("2020-21", date(2020, 7, 1), date(2021, 6, 30))
    assert PAGE_A.cycle_on(date(2099, 7, 1)).key == "2099-00"
    assert PAGE_A.roles == ("employee",)
    assert len(PAGE_A.deferring_leave) == 7


def test_conditions_combine_as_they_are_written():
    text = changed(B, "paid = true }", 'any = [{ paid = true }, { not = { area = "school" } }] }')
    when = parse_programme(text).routes[0].when
    assert isinstance(when, conditions.AllOf)
    assert [test.key for test in conditions.tests_of(when)] == ["category", "paid", "area"]
    (_, either) = when.parts
    assert either.parts == (conditions.Test("paid", True), conditions.Not(conditions.Test("area", ("school",))))


TABLES = sorted(
    set(tomllib.loads(B)) | set(tomllib.loads(A)) | {"when", "all", "any", "not", "kind", "periods", "paid"}
)
WORDS = st.sampled_from(TABLES) | st.text("ab-_ .é0", max_size=4)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-5, 10**12)
    | st.floats()
    | WORDS
    | st.dates()
    | st.datetimes()
    | st.sampled_from(["yearly", "named", "07-01", "defers"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def written(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(written(entry) for entry in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(k)} = {written(v)}" for k, v in value.items()) + "}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@settings(max_examples=30)
@given(st.sampled_from([A, B]), st.dictionaries(st.sampled_from(TABLES), VALUES, max_size=3))
def test_whatever_stands_in_a_document_it_is_a_programme_or_a_refusal(text: str, odd: dict):
    document = {**tomllib.loads(text), **odd}
    try:
        programme = parse_programme("\n".join(f"{key} = {written(value)}" for key, value in document.items()))
        check(programme)
    except Refusal as refusal:
        assert refusal.code in {"programme-invalid", "programme-unreadable"}


@settings(max_examples=30)
@given(st.text(max_size=60) | st.text("[]{}=\"'\n.-:0123456789 abc", max_size=60))
def test_any_text_is_a_programme_or_a_refusal(text: str):
    with pytest.raises(Refusal):
        parse_programme(text)


@settings(max_examples=40)
@given(
    st.sampled_from([A, B]),
    st.integers(0, 10**6),
    st.integers(0, 40),
    st.sampled_from(["", "1", '"', "[", "x = ", "\n"]),
)
def test_a_file_with_a_piece_torn_out_is_a_programme_or_a_refusal(text: str, at: int, length: int, instead: str):
    at %= len(text)
    try:
        check(parse_programme(text[:at] + instead + text[at + length :]))
    except Refusal as refusal:
        assert refusal.code in {"programme-invalid", "programme-unreadable"}


@pytest.mark.parametrize("area", ["vp_research", "central", "academic_admin"])
def test_an_area_that_no_group_takes_is_a_gap_also_where_the_file_no_longer_names_it(area):
    without = B.split("[[examples]]")[0].replace(f'"{area}"', '"school"')
    assert any("gap" in problem.message and area in problem.message for problem in check(parse_programme(without)))


def test_the_limits_of_more_time_are_read_and_left_out_mean_that_the_office_decides():
    limits = "[cases.extension]\nautomatic_days = 7\nmost_days = 30\n\n[recurrence]"
    read = parse_programme(changed(A, "[recurrence]", limits)).extension
    assert (read.automatic_days, read.most_days) == (7, 30)
    assert (PAGE_A.extension.automatic_days, PAGE_A.extension.most_days) == (0, None)
