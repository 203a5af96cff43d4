"""The next cycle opens by itself as a draft with the last one's settings, once (row B13)."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from tests.cast import DAY, INES, MEI, MOMENT
from tests.staff import HUGO, PROGRAMMES, open_office
from upstander.actions.drafts import discard_draft, edit_draft, start_draft
from upstander.actions.grants import give
from upstander.actions.next_cycle import draft_due_cycles, draft_next_cycle
from upstander.actions.programmes import import_programme
from upstander.actions.publishing import publish, release
from upstander.actions.standing import run_due
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.core.next_cycle import following, is_due, moved_parts
from upstander.core.programme import Cycle, NamedCycles
from upstander.core.programme_file import parse_programme
from upstander.jobs import daily as nightly
from upstander.jobs.cli import main as cli
from upstander.models import ProgrammeVersion, Standing
from upstander.queries.drafts import drafts_of, read_draft
from upstander.queries.preview import difference, preview
from upstander.queries.programmes import published

PAGE_B = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
LAST_DAY = date(2021, 8, 31)
VERBS = ("programme next-cycle", "programme drafts", "programme diff", "programme preview", "programme publish")


def on(day: date) -> Moment:
    return Moment(at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC), day=day)


def coming(first_on: str, last_on: str, months: int, rounding: str = "last-day") -> tuple[str, str]:
    """First and last day of the period that follows one with these days."""
    only = Cycle("only", date.fromisoformat(first_on), date.fromisoformat(last_on))
    recurrence = {"every_months": months, "recurrence_rounding": rounding}
    found = following(replace(parse_programme(PAGE_B), cycles=NamedCycles((only,)), **recurrence))
    return found.first_on.isoformat(), found.last_on.isoformat()


# the rule


@pytest.mark.row("B13")
@pytest.mark.parametrize(
    ("first_on", "last_on", "months", "expected"),
    [
        ("2020-09-01", "2021-08-31", 24, ("2022-09-01", "2023-08-31")),
        ("2019-03-01", "2020-02-29", 12, ("2020-03-01", "2021-02-28")),
        ("2020-03-01", "2021-02-28", 36, ("2023-03-01", "2024-02-29")),  # the month's end stays the month's end
        ("2020-02-29", "2021-02-27", 12, ("2021-02-28", "2022-02-27")),
        ("2020-02-29", "2021-02-27", 48, ("2024-02-29", "2025-02-27")),
        ("2021-01-31", "2021-02-27", 1, ("2021-02-28", "2021-03-27")),
        ("2021-10-01", "2021-10-31", 1, ("2021-11-01", "2021-11-30")),
    ],
)
def test_the_next_period_lies_so_many_months_later(first_on, last_on, months, expected):
    assert coming(first_on, last_on, months) == expected


@pytest.mark.row("B13")
def test_the_named_rounding_says_what_the_29th_of_february_becomes():
    assert coming("2020-02-29", "2021-02-27", 12, "next-day")[0] == "2021-03-01"
    assert coming("2020-02-29", "2021-02-27", 12, "last-day")[0] == "2021-02-28"


@pytest.mark.row("B13")
def test_the_rounding_stands_in_the_file_and_is_a_known_one():
    text = PAGE_B.replace("every_months = 24", 'every_months = 24\nrounding = "next-day"')
    assert parse_programme(text).recurrence_rounding == "next-day"
    with pytest.raises(Refusal, match="programme-invalid"):
        parse_programme(text.replace("next-day", "some-day"))


@pytest.mark.row("B13")
def test_it_is_due_ninety_days_before_the_last_period_ends_and_not_a_day_sooner():
    rules = parse_programme(PAGE_B)
    assert not is_due(rules, LAST_DAY - timedelta(days=91))
    assert is_due(rules, LAST_DAY - timedelta(days=90))
    assert not is_due(parse_programme((PROGRAMMES / "page-a.toml").read_text(encoding="utf-8")), date(2030, 1, 1))


@pytest.mark.row("B13")
def test_its_examples_move_along_and_all_hold():
    document, rules = tomllib.loads(PAGE_B), parse_programme(PAGE_B)
    parts = moved_parts(document, rules)
    assert [example["day"].year for example in parts["examples"]] == [2023] * 6
    assert parts["examples"][2]["facts"]["appointments"][0]["ends_on"] == date(2023, 2, 17)
    assert parts["examples"][0]["facts"]["onboarded_on"] == date(2020, 6, 30)


# the draft


@pytest.fixture
def university(db):
    open_office()


@pytest.mark.row("B13")
def test_it_has_the_last_ones_settings_with_the_dates_moved(university):
    draft = draft_next_cycle("page-b", MOMENT)
    old, new = published("page-b"), read_draft(draft, DAY).rules
    assert (draft.made_because, draft.based_on, draft.number) == ("next-cycle", 1, 2)
    assert [period.key for period in new.cycles.periods] == ["2020-21", "2022-23"]
    assert [group.window.due_on for group in new.groups] == [
        date(2023, 2, 17), date(2023, 3, 26), date(2023, 5, 7), date(2023, 6, 11),
    ]  # fmt: skip
    assert new.title["es"] == "Prevenir el acoso, 2022–23"
    same = ("routes", "options", "roles", "deferring_leave", "exemptions", "reminders", "every_months")
    assert all(getattr(new, name) == getattr(old, name) for name in same)
    assert "# In order: the first group" in draft.document
    assert read_draft(draft, DAY).can_be_published


@pytest.mark.row("B13")
def test_the_nightly_run_drafts_it_on_its_day_and_never_twice(university):
    assert draft_due_cycles(on(LAST_DAY - timedelta(days=91))) == []
    (made,) = draft_due_cycles(on(LAST_DAY - timedelta(days=90)))
    assert (made.programme_id, made.made_by) == ("page-b", "schedule")
    for days in (90, 89, 0, -400):
        assert draft_due_cycles(on(LAST_DAY - timedelta(days=days))) == []
    assert drafts_of("page-b") == [made]


@pytest.mark.row("B13")
def test_one_that_somebody_laid_aside_is_not_made_again_by_itself(university):
    due = on(LAST_DAY)
    (made,) = draft_due_cycles(due)
    discard_draft(made.pk, due, f"person:{MEI}")
    assert draft_due_cycles(due) == []
    assert draft_next_cycle("page-b", due).number == 3


@pytest.mark.row("B13")
def test_by_hand_it_is_refused_where_it_is_drafted_already(university):
    draft_next_cycle("page-b", MOMENT)
    with pytest.raises(Refusal) as refused:
        draft_next_cycle("page-b", MOMENT)
    assert (refused.value.code, refused.value.data["version"]) == ("next-cycle-drafted", 2)


@pytest.mark.row("B13")
def test_an_untouched_one_follows_what_is_published_meanwhile(university):
    (first,) = draft_due_cycles(on(LAST_DAY - timedelta(days=90)))
    text = PAGE_B.split("[[examples]]")[0].replace("version = 1", "version = 3")
    text = text.replace("[endings]", "[window]\ngrace_days = 5\n\n[endings]")
    import_programme(text, on(LAST_DAY - timedelta(days=80)), "test")
    (second,) = draft_due_cycles(on(LAST_DAY - timedelta(days=79)))
    assert read_draft(second, DAY).rules.grace_days == 5
    assert drafts_of("page-b") == [second]
    assert draft_due_cycles(on(LAST_DAY - timedelta(days=78))) == []
    assert ProgrammeVersion.objects.get(pk=first.pk).discarded_at is not None


@pytest.mark.row("B13")
def test_one_that_was_edited_is_never_overwritten(university):
    (first,) = draft_due_cycles(on(LAST_DAY - timedelta(days=90)))
    edit_draft(first.pk, 1, "window", {"grace_days": 2}, MOMENT, f"person:{MEI}")
    import_programme(PAGE_B.replace("version = 1", "version = 3"), on(LAST_DAY - timedelta(days=80)), "test")
    assert draft_due_cycles(on(LAST_DAY)) == []
    assert [draft.number for draft in drafts_of("page-b")] == [2]


@pytest.mark.row("B13")
def test_cycles_that_follow_by_themselves_need_no_draft(university):
    with pytest.raises(Refusal, match="cycles-by-themselves"):
        draft_next_cycle("page-a", MOMENT)
    with pytest.raises(Refusal, match="no-such-programme"):
        draft_next_cycle("page-z", MOMENT)


@pytest.mark.row("B13")
def test_a_programme_that_comes_once_has_no_next_cycle(university):
    draft = start_draft("page-b", MOMENT, "test")
    draft = edit_draft(draft.pk, 1, "recurrence", None, MOMENT, "test")
    publish(draft.pk, draft.revision, MOMENT, "test")
    with pytest.raises(Refusal, match="no-recurrence"):
        draft_next_cycle("page-b", MOMENT)
    assert draft_due_cycles(on(LAST_DAY)) == []


# its effect


@pytest.mark.row("B13")
def test_its_effect_is_shown_as_of_its_first_day(university):
    rules = read_draft(draft_next_cycle("page-b", MOMENT), DAY).rules
    found = preview(rules, on(date(2022, 9, 1)))
    assert found.people_by_state["scheduled"] == 8
    changed = difference(published("page-b"), rules, on(date(2022, 9, 1)))
    assert (changed.counts["new-round"], changed.gains, changed.loses, changed.moved) == (8, 0, 0, 0)


@pytest.mark.row("B13")
def test_published_while_the_last_cycle_runs_it_changes_nobody_until_its_own_first_day(university):
    run_due(on(LAST_DAY))
    draft = draft_next_cycle("page-b", on(LAST_DAY))
    outcome = publish(draft.pk, draft.revision, on(LAST_DAY), f"person:{MEI}")
    assert (outcome.held, outcome.changes) == (False, 0)
    assert outcome.effect["coming"][0]["day"] == "2022-09-01"
    assert Standing.objects.get(person_id=INES, programme_id="page-b").due_on == date(2021, 2, 17)
    run_due(on(date(2022, 8, 31)))
    assert not Standing.objects.filter(programme_id="page-b", cycle="2022-23").exists()
    run_due(on(date(2022, 9, 1)))
    row = Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2022-23")
    assert (row.state, row.opens_on, row.due_on) == ("scheduled", date(2023, 1, 13), date(2023, 2, 17))
    assert Standing.objects.get(person_id=INES, programme_id="page-b", cycle="2020-21").due_on == date(2021, 2, 17)


@pytest.mark.row("B13")
def test_a_next_cycle_that_would_take_in_many_more_people_waits_for_a_second_officer(university):
    give(HUGO, "officer", MOMENT, "test", programme="page-b")
    draft = draft_next_cycle("page-b", on(LAST_DAY))
    draft = edit_draft(draft.pk, 1, "exemptions", None, MOMENT, f"person:{MEI}")
    draft = edit_draft(draft.pk, 2, "examples", None, MOMENT, f"person:{MEI}")
    outcome = publish(draft.pk, 3, on(LAST_DAY), f"person:{MEI}")
    assert outcome.held
    assert release(draft.pk, on(LAST_DAY), f"person:{HUGO}").version.published_at


@pytest.mark.row("B13")
def test_a_version_that_keeps_no_window_of_the_running_cycle_is_refused(university):
    draft = draft_next_cycle("page-b", on(LAST_DAY))
    cycle = read_draft(draft, DAY).document["cycle"]
    del cycle["periods"][0]["windows"]
    draft = edit_draft(draft.pk, 1, "cycle", cycle, MOMENT, f"person:{MEI}")
    with pytest.raises(Refusal) as refused:
        publish(draft.pk, draft.revision, on(LAST_DAY), f"person:{MEI}")
    assert refused.value.code == "cycle-runs-still"
    assert refused.value.data["from_on"] == "2022-09-01"


@pytest.mark.row("B13")
def test_the_night_does_it(university):
    assert nightly.run(date(2021, 6, 1))["drafted"] == []
    assert nightly.run(date(2021, 6, 2))["drafted"] == ["page-b@2"]
    assert nightly.run(date(2021, 6, 3))["drafted"] == []


# end to end, as typed


def type_in(*words):
    app = cli._application({verb: cli.VERBS[verb] for verb in VERBS})
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.row("B13")
def test_from_the_draft_to_the_new_cycle_on_the_command_line(university, monkeypatch):
    monkeypatch.setattr("upstander.jobs.clock.now", lambda: on(LAST_DAY))
    drafted = json.loads(type_in("programme", "next-cycle", "page-b", "--json").stdout)
    assert (drafted["version"], drafted["problems"], drafted["because"]) == (2, 0, "next-cycle")
    listed = type_in("programme", "drafts", "page-b").stdout
    assert "page-b@2 (next-cycle, revision 1)" in listed
    told = type_in("programme", "diff", "page-b", "page-b@2", "--as-of", "2022-09-01", "--lang", "es").stdout
    assert "El ciclo «2022-23» va del 1 de septiembre de 2022 al 31 de agosto de 2023." in told
    assert "8 begin a new round" in told
    seen = json.loads(type_in("programme", "preview", "page-b@2", "--as-of", "2022-09-01", "--json").stdout)
    assert seen["people_by_state"]["scheduled"] == 8
    done = type_in("programme", "publish", "page-b@2", "--json")
    assert (done.exit_code, json.loads(done.stdout)["published"]) == (0, True)
    assert type_in("programme", "drafts", "page-b").stdout == ""
    refused = type_in("programme", "next-cycle", "page-a")
    assert (refused.exit_code, refused.exception.code) == (1, "cycles-by-themselves")
