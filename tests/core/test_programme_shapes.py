"""The further shapes of a programme file: read whole, refused with the place of the fault, never guessed away."""

from datetime import date
from pathlib import Path

import pytest

import upstander
from upstander.core.cycles import Cycle, EveryCycles, OwnCycles
from upstander.core.errors import Refusal
from upstander.core.programme import OWN, LegalPreset, Programme
from upstander.core.programme_check import check, warnings
from upstander.core.programme_file import parse_programme
from upstander.core.requirement import Equivalency, Part, Update

FILES = Path(__file__).resolve().parent.parent / "cases" / "programmes"
PAGE_A = Path(upstander.__file__).parent / "programmes" / "page-a.toml"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES.glob("*.toml")}


def changed(key: str, *changes: tuple[str, str]) -> str:
    text = TEXTS[key]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        parse_programme(text)
    assert refused.value.code == "programme-invalid"
    return [(problem["path"], problem["message"]) for problem in refused.value.data["problems"]]


OPTION_B = 'course = "course-b"\nlabel = "B"\nwithdrawn_on = 2021-03-01'
#: What is wrong -> the file, what is replaced by what, and the place that must be named.
FAULTS = {
    "months without a rounding": ("every", 'rounding = "last-day"\n', "", "cycle.rounding"),
    "a rounding that is none": ("every", '"last-day"', '"nearest"', "cycle.rounding"),
    "a cycle of no months": ("every", "every_months = 6", "every_months = 0", "cycle.every_months"),
    "a cycle without its months": ("every", "every_months = 6\n", "", "cycle.every_months"),
    "a cycle of months beyond measure": ("every", "every_months = 6", "every_months = 99999", "cycle.every_months"),
    "a cycle without its first day": ("every", "starts_on = 2020-08-31\n", "", "cycle.starts_on"),
    "a first day in the year 0202": ("every", "2020-08-31", "0202-08-31", "cycle.starts_on"),
    "a key of another kind of cycle": (
        "every",
        'kind = "every"',
        'kind = "every"\nfirst_year = 2020',
        "cycle.first_year",
    ),
    "a window in months without a rounding": (
        "legal",
        'months = 6\nrounding = "last-day"',
        "months = 6",
        "window.rounding",
    ),
    "a window of days and months": ("every", "months = 1", "months = 1\ndays = 30", "window.months"),
    "a window of months beyond measure": ("every", "months = 1", "months = 5000", "window.months"),
    "a cycle counted from nothing known": ("renewals", '"completion"', '"birthday"', "cycle.counted_from"),
    "a renewal without its days": ("renewals", "renewal_days = 60\n", "", "cycle.renewal_days"),
    "a renewal that is never shut": ("renewals", "renewal_days = 60", "renewal_days = 672", "cycle.renewal_days"),
    "renewal days counted from hire": (
        "anniversaries",
        'rounding = "next-day"',
        'rounding = "next-day"\nrenewal_days = 9',
        "cycle.renewal_days",
    ),
    "a part without a key": ("parts", 'key = "base"\n', "", "requirement.parts[0].key"),
    "a part without a title": (
        "parts",
        'title = { en = "The base course", es = "El curso básico" }\n',
        "",
        "requirement.parts[0].title.en",
    ),
    "a part twice": ("parts", 'key = "library"', 'key = "base"', "requirement.parts"),
    "a part of nothing": ("parts", 'of = ["course-a", "course-b"]\n', "", "requirement.parts[0].of"),
    "a part of courses and of minutes": (
        "parts",
        'of = ["course-a", "course-b"]',
        'of = ["course-a"]\nminutes = 60',
        "requirement.parts[0].of",
    ),
    "a part of a course that is not on the menu": ("parts", '"course-b"]', '"course-z"]', "requirement.parts[0].of"),
    "a part that names a course twice": ("parts", '"course-b"]', '"course-a"]', "requirement.parts[0].of"),
    "a part that asks for too many": ("parts", "complete = 1\nof", "complete = 3\nof", "requirement.parts[0].complete"),
    "a part that asks for none": ("parts", "complete = 1\nof", "complete = 0\nof", "requirement.parts[0].complete"),
    "a part with an unknown key": ("parts", "complete = 1\nof", "needs = 1\nof", "requirement.parts[0].needs"),
    "a condition that is none": (
        "parts",
        "when = { supervises = true }",
        "when = { manages = true }",
        "requirement.parts[1].when.manages",
    ),
    "a fault in a part of a part": ("parts", 'of = ["ethics"]', 'of = ["ethic"]', "requirement.parts[2].parts[1].of"),
    "more parts asked for than there are": (
        "parts",
        "[requirement]\n",
        "[requirement]\ncomplete = 4\n",
        "requirement.complete",
    ),
    "minutes on a topic that no option has": (
        "legal",
        'topics = ["policy"]\n\n[[requirement',
        'topics = ["law"]\n\n[[requirement',
        "requirement.parts[0].topics",
    ),
    "minutes without topics": (
        "legal",
        'minutes = 60\ntopics = ["policy"]\n\n[[req',
        "minutes = 60\n\n[[req",
        "requirement.parts[0].topics",
    ),
    "no minutes": ("legal", "minutes = 60\ntopics", "minutes = 0\ntopics", "requirement.parts[0].minutes"),
    "months back without a rounding": (
        "legal",
        'within_months = 24\nrounding = "last-day"',
        "within_months = 24",
        "requirement.parts[1].rounding",
    ),
    "months back for courses": (
        "parts",
        "complete = 1\nof",
        "within_months = 3\nof",
        "requirement.parts[0].within_months",
    ),
    "a withdrawal in quotes": (
        "menu",
        "withdrawn_on = 2021-03-01",
        'withdrawn_on = "2021-03-01"',
        "options[1].withdrawn_on",
    ),
    "a withdrawal in the year 0202": (
        "menu",
        "withdrawn_on = 2021-03-01",
        "withdrawn_on = 0202-03-01",
        "options[1].withdrawn_on",
    ),
    "an option of no minutes": ("legal", "minutes = 30", "minutes = 0", "options[0].minutes"),
    "an equivalency to a course that is not on the menu": (
        "menu",
        'counts_as = "course-a"',
        'counts_as = "course-z"',
        "equivalencies[0].counts_as",
    ),
    "an equivalency to itself": ("menu", 'course = "outside-a"', 'course = "course-a"', "equivalencies[0].counts_as"),
    "an equivalency that ends before it begins": (
        "menu",
        "to_on = 2021-01-31",
        "to_on = 2020-01-31",
        "equivalencies[0].to_on",
    ),
    "an equivalency limited to none": ("menu", "at_most = 1", "at_most = 0", "equivalencies[0].at_most"),
    "an equivalency for a cycle that is none": (
        "ranks",
        "[[options]]",
        '[[equivalencies]]\ncourse = "x"\ncounts_as = "core"\ncycles = ["2031"]\n\n[[options]]',
        "equivalencies[0].cycles",
    ),
    "an equivalency for cycles that are each person's own": (
        "renewals",
        "[[options]]",
        '[[equivalencies]]\ncourse = "x"\ncounts_as = "core"\ncycles = ["2021-01-01"]\n\n[[options]]',
        "equivalencies[0].cycles",
    ),
    "a rank for one group only": ("ranks", "rank = 1\n", "", "groups"),
    "a rank of zero": ("ranks", "rank = 1", "rank = 0", "groups[2].rank"),
    "a kept window of a group that is none": (
        "ranks",
        '{ group = "people"',
        '{ group = "persons"',
        "cycle.periods[0].windows[0].group",
    ),
    "a kept window outside its period": (
        "ranks",
        "due_on = 2021-03-31",
        "due_on = 2022-03-31",
        "cycle.periods[0].windows[0].opens_on",
    ),
    "a kept window that ends before it opens": (
        "ranks",
        "due_on = 2021-03-31",
        "due_on = 2021-02-28",
        "cycle.periods[0].windows[0].due_on",
    ),
    "groups with dates where cycles are each person's own": (
        "renewals",
        "[window]\ndays = 45\n",
        '[[groups]]\nkey = "g"\ntitle = { en = "G", es = "G" }\nopens_on = 2021-02-01\ndue_on = 2021-03-01\n',
        "groups[0].opens_on",
    ),
    "a preset without its digest": ("legal", 'digest = "0123456789abcdef"\n', "", "legal[0].digest"),
    "a preset twice": ("legal", "[[legal]]", '[[legal]]\npreset = "a-state"\ndigest = "1"\n\n[[legal]]', "legal"),
    "an update without its edition": ("updates", 'edition = "2"\n', "", "options[1].updates[0].edition"),
    "an update of an edition with a name too long": (
        "updates",
        'edition = "2"',
        f'edition = "{"2" * 41}"',
        "options[1].updates[0].edition",
    ),
    "an update that names no older edition": ("updates", 'older = ["1", ""]\n', "", "options[1].updates[0].older"),
    "an update with an older edition in figures": ("updates", '["1", ""]', "[1]", "options[1].updates[0].older"),
    "an update of the edition itself": ("updates", '["1", ""]', '["1", "2"]', "options[1].updates[0].older"),
    "an update without its day": ("updates", "since_on = 2021-02-01\n", "", "options[1].updates[0].since_on"),
    "an update without its days": ("updates", "days = 20\n", "", "options[1].updates[0].days"),
    "an update of no days": ("updates", "days = 20", "days = 0", "options[1].updates[0].days"),
    "an update with an unknown key": ("updates", "days = 20", "weeks = 3\ndays = 20", "options[1].updates[0].weeks"),
    "an edition updated to twice": ("updates", '"2021.2"', '"2021.1"', "options[0].updates"),
    "an update of an option that is withdrawn": (
        "updates",
        'label = "B"',
        'label = "B"\nwithdrawn_on = 2021-02-01',
        "options[1].updates[0].since_on",
    ),
    "seat time of no minutes": ("updates", "minimum_minutes = 60", "minimum_minutes = 0", "options[0].minimum_minutes"),
    "a survey that is no name": ("updates", 'survey = "pre-training"', 'survey = "a/b"', "survey"),
    "records kept for no years": ("legal", "keep_years = 4", "keep_years = 0", "records.keep_years"),
}


@pytest.mark.parametrize("key, old, new, place", FAULTS.values(), ids=FAULTS)
def test_every_fault_of_the_further_shapes_is_refused_with_its_place(key: str, old: str, new: str, place: str):
    found = problems(changed(key, (old, new)))
    assert place in [path for path, _ in found], found


def test_parts_go_only_so_deep():
    levels = [
        "[[requirement" + ".parts" * depth + ']]\nkey = "d%d"\ntitle = { en = "D", es = "D" }' for depth in range(1, 7)
    ]
    nested = "\n".join(level % depth for depth, level in enumerate(levels)) + '\nof = ["ethics"]\n'
    text = changed("parts", ("[[options]]", f"{nested}\n[[options]]"))
    assert any("deep and no further" in message for _, message in problems(text))


def test_months_back_do_not_go_with_cycles_counted_from_completion():
    minutes = (
        '[requirement]\n[[requirement.parts]]\nkey = "m"\ntitle = { en = "M", es = "M" }\n'
        'minutes = 60\ntopics = ["t"]\n'
        "within_months = 24\n"
    )
    text = changed(
        "renewals", ("[requirement]\ncomplete = 1\n", minutes), ('course = "core"', 'course = "core"\ntopics = ["t"]')
    )
    assert ("requirement.parts[0].within_months", "cannot go with cycles counted from completion: leave it out") in (
        problems(text)
    )


def test_more_limited_equivalencies_than_can_be_tried_out_are_refused():
    many = "".join(f'[[equivalencies]]\ncourse = "x-{n}"\ncounts_as = "course-a"\nat_most = 2\n\n' for n in range(13))
    assert "equivalencies" in [
        path for path, _ in problems(changed("menu", ("[[equivalencies]]", many + "[[equivalencies]]")))
    ]


def read(key: str) -> Programme:
    return parse_programme(TEXTS[key])


def test_cycles_of_months_are_read_as_they_are_written():
    assert read("every").cycles == EveryCycles(date(2020, 8, 31), 6, "last-day")
    renewals = read("renewals")
    assert renewals.cycles == OwnCycles("completion", 24, "last-day", date(2021, 1, 1), 60)
    assert renewals.has_own_cycles
    assert renewals.cycle_on(date(2030, 1, 1)) == Cycle(OWN, date(2021, 1, 1), date.max)
    assert not read("every").has_own_cycles


def test_a_tree_is_read_as_it_is_written():
    parts = read("parts")
    assert [part.key for part in parts.requirement.every()] == [
        "", "base", "supervisors", "field", "laboratory", "library",
    ]  # fmt: skip
    assert [part.key for part in parts.conditional_parts] == ["supervisors", "field"]
    assert parts.need == 3
    assert parts.parts[2].complete == 1
    assert read("menu").requirement == Part(complete=2, of=("course-a", "course-b", "course-c"))


def test_options_equivalencies_presets_and_records_are_read_as_they_are_written():
    menu, legal = read("menu"), read("legal")
    assert menu.option("course-b").withdrawn_on == date(2021, 3, 1)
    assert menu.equivalencies[0] == Equivalency("outside-a", "course-a", date(2020, 8, 1), date(2021, 1, 31), (), 1)
    assert menu.equivalencies[1].cycles == ("2020-21",)
    assert (legal.option("long").minutes, legal.option("long").topics) == (60, ("policy", "duties"))
    assert legal.legal == (LegalPreset("a-state", "0123456789abcdef"),)
    assert legal.keep_years == 4
    assert legal.due_after(date(2020, 8, 31)) == date(2021, 2, 28)
    assert [part.key for part in legal.looking_back] == ["duties"]


def test_updates_seat_time_and_the_survey_are_read_as_they_are_written():
    rules = read("updates")
    option = rules.option("course-b")
    assert option.updates == (Update("2", ("1", ""), date(2021, 2, 1), 20),)
    assert (option.minimum_minutes, rules.option("course-a").minimum_minutes) == (None, 60)
    assert (rules.survey, read("menu").survey) == ("pre-training", "")
    assert [update.edition for update in rules.option("course-a").updates] == ["2021.1", "2021.2"]


def test_updates_stand_in_the_order_of_their_days_whatever_the_order_of_the_file():
    text = changed("updates", ("since_on = 2020-11-02", "since_on = 2021-04-02"))
    assert [u.edition for u in parse_programme(text).option("course-a").updates] == ["2021.2", "2021.1"]


@pytest.mark.row("B01")
def test_two_groups_of_equal_rank_that_claim_the_same_people_stand_in_the_way_of_publishing():
    text = changed(
        "ranks", ('area = ["school"], supervises = false }', 'area = ["school", "central"], supervises = false }')
    )
    assert [(p.path, "same rank" in p.message) for p in check(parse_programme(text))] == [("groups", True)]


@pytest.mark.row("B13")
def test_a_period_that_never_opens_stands_in_the_way_of_publishing():
    text = changed(
        "ranks",
        (
            "\n[audience]",
            '\n[[cycle.periods]]\nkey = "2023"\nfirst_on = 2023-01-01\nlast_on = 2023-12-31\n\n[audience]',
        ),
    )
    assert [problem.path for problem in check(parse_programme(text))] == ["cycle.periods[2]"]


def test_a_requirement_that_nobody_can_meet_any_more_stands_in_the_way_of_publishing():
    withdrawn = changed("menu", ('label = "C"', 'label = "C"\nwithdrawn_on = 2021-02-01'))
    assert [problem.path for problem in check(parse_programme(withdrawn))] == ["requirement.complete"]
    inside = changed("parts", ('course = "supervisor-pack"', 'course = "supervisor-pack"\nwithdrawn_on = 2021-02-01'))
    assert [problem.path for problem in check(parse_programme(inside))] == ["requirement.parts.supervisors"]


def test_a_withdrawn_option_beside_which_there_is_another_way_does_not():
    text = changed("parts", ('course = "ethics"', 'course = "ethics"\nwithdrawn_on = 2021-02-01'))
    assert check(parse_programme(text)) == []


def told(text: str, day: date) -> list[str]:
    return [warning.path for warning in warnings(parse_programme(text), day)]


def test_dates_that_are_all_past_are_shown_from_the_day_after():
    assert told(TEXTS["ranks"], date(2022, 6, 10)) == []
    assert told(TEXTS["ranks"], date(2022, 6, 11)) == ["groups"]
    assert told(TEXTS["ranks"], date(2022, 12, 31)) == ["groups"]
    assert told(TEXTS["ranks"], date(2023, 1, 1)) == ["groups", "cycle.periods"]


def test_an_audience_that_nobody_can_be_in_is_shown():
    text = changed("every", ("paid = true }", "paid = true, not = { paid = true } }"))
    assert told(text, date(2021, 1, 1)) == ["audience"]


def test_an_audience_that_leaves_nobody_out_is_shown():
    nobody_left = "any = [{ supervises = true }, { supervises = false }] }"
    text = changed("every", ('category = ["faculty", "staff", "postdoc"], paid = true }', nobody_left))
    (warning,) = warnings(parse_programme(text), date(2021, 1, 1))
    assert "everybody" in warning.message


def test_minutes_to_which_no_course_adds_up_are_shown():
    text = changed("legal", ("minutes = 60\ntopics", "minutes = 600\ntopics"))
    assert told(text, date(2021, 1, 1)) == ["requirement.parts.policy"]


def test_equivalencies_that_all_ended_before_the_cycle_are_shown():
    menu = TEXTS["menu"]
    others = menu[menu.index("# One of our own from before") : menu.index("[counts]")]
    text = changed("menu", (others, ""))
    assert told(text, date(2021, 6, 30)) == []
    assert told(text, date(2021, 7, 1)) == ["equivalencies"]


def test_a_period_whose_windows_are_not_kept_is_shown():
    kept = TEXTS["ranks"][TEXTS["ranks"].index("windows = [") : TEXTS["ranks"].index('[[cycle.periods]]\nkey = "2022"')]
    assert told(changed("ranks", (kept, "")), date(2022, 1, 1)) == ["cycle.periods[0]"]


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_the_programmes_of_the_tables_have_nothing_to_be_shown(key: str):
    assert warnings(parse_programme(TEXTS[key]), date(2021, 1, 1)) == []


@pytest.mark.parametrize(
    "condition", ['work_state = ["NY"]', 'work_country = ["US"]', "supervises = true", "confidential_role = true"]
)
def test_an_audience_that_somebody_can_be_in_is_not_said_to_match_nobody(condition: str):
    text = PAGE_A.read_text(encoding="utf-8").split("[[examples]]")[0]
    asked = text.replace("benefits_eligible = true }", f"{condition} }}")
    assert asked != text
    assert warnings(parse_programme(asked), date(2021, 1, 20)) == []
