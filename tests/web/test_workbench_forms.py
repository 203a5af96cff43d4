"""Every part of a programme as a form: what is not touched stays as it is, what is touched says what was meant."""

import tomllib
from datetime import date

import pytest

from tests.forms import form_of
from tests.staff import MEI, MOMENT, signed_in_as
from upstander.actions.draft_text import rewrite_draft
from upstander.actions.drafts import start_draft
from upstander.actions.grants import give
from upstander.actions.next_cycle import draft_next_cycle
from upstander.models import ProgrammeVersion
from upstander.queries.presets import installed_presets
from upstander.web.office.workbench.parts import PARTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]

#: Everything that a programme can say, and some things that no form knows.
RICH = """\
# A programme with one of everything.
key = "page-b"
version = 2
unheard_of = { deep = [1, 2, { deeper = true }] }

[title]
en = "All of it"
es = "Todo"
fr = "Tout"

[summary]
en = "Two lines\\nof summary."
es = "Dos líneas\\nde resumen."

[[legal]]
preset = "us-ca-supervisor"
digest = "0123"
note = "kept"

[cycle]
kind = "own"
counted_from = "completion"
every_months = 24
rounding = "last-day"
starts_on = 2021-01-01
renewal_days = 60

[audience]
[[audience.routes]]
key = "plain"
when = { category = ["staff", "faculty"], paid = true }
[[audience.routes]]
key = "one-word"
when = { category = "staff" }
[[audience.routes]]
key = "any"
when = { any = [{ paid = true }, { all = [{ area = ["school"] }, { student_year_at_least = 3 }] }, { not = { supervises = true } }] }
[[audience.routes]]
key = "none"
when = { not = { any = [{ category = ["affiliate"] }, { unit_within = ["music", "history"] }] } }
[[audience.routes]]
key = "not-all"
when = { not = { paid = true, benefits_eligible = false } }
[[audience.routes]]
key = "deep"
when = { all = [{ any = [{ all = [{ paid = true }, { not = { any = [{ work_state = ["CA"] }, { paid = false }] } }] }, { paid = false }] }, { confidential_role = false }] }
[[audience.routes]]
key = "odd"
when = { shoe_size = 44, category = ["staff"], paid = "perhaps" }

[[groups]]
key = "one"
rank = 1
title = { en = "One", es = "Uno" }
when = { graduates_within_days = 200 }
opens_on = 2021-01-13
due_on = 2021-02-17
colour = "green"
[[groups]]
key = "rest"
title = { en = "Rest", es = "Resto" }
opens_on = "soon"

[window]
months = 6
rounding = "next-day"
grace_days = 0

[endings]
exclude_if_by_due = false

[[exemptions]]
key = "recent"
onboarded_on_or_after = 2020-07-01
onboarded_as = "employee"
if_blank_with_category = ["postdoc", "staff"]

[requirement]
complete = "all"
[[requirement.parts]]
key = "base"
title = { en = "Base", es = "Base" }
complete = 1
of = ["option-b", "option-a"]
[[requirement.parts]]
key = "nested"
complete = 1
[[requirement.parts.parts]]
key = "inner"
complete = "all"
of = ["option-a"]
[[requirement.parts.parts]]
key = "inner-2"
[[requirement.parts.parts.parts]]
key = "innermost"
of = ["option-b"]
[[requirement.parts]]
key = "topics"
when = { supervises = true }
minutes = 120
topics = ["supervisor-duties", "policy"]
within_months = 24

[[options]]
course = "option-a"
label = "A"
minutes = 45
topics = ["policy"]
withdrawn_on = 2021-03-01
in_person = true
[[options]]
course = "never-installed"
label = "B, with, commas"

[[equivalencies]]
course = "outside-course"
counts_as = "option-a"
from_on = 2020-07-01
to_on = 2021-06-30
cycles = ["2020-21"]
at_most = 1

[counts]
roles = ["student", "employee"]

[leave]
sabbatical = "continues"
parental = "defers"
moon = "defers"
medical = "sometimes"

[[recommendations]]
options = ["option-a", "option-z"]
when = { graduates_within_days = 200 }

[recurrence]
every_months = 24

[reminders]
days_before_due = [14, 3, 3]
days_after_due = [1.5]

[records]
keep_years = 4

[office.en]
name = "Office"
phone = "555-0100"
email = "office@aldermere.example"
hours = "9 to 5"

[[examples]]
name = "One"
why = "Because.\\nTwice."
day = 2021-01-20
[examples.facts]
onboarded_on = 2020-06-30
vanished_on = 2021-01-01
appointments = [
  { category = "staff", area = "school", paid = true, unit_line = ["arts", "univ"], title = "Clerk", leaves = [{ kind = "parental", from_on = 2021-01-01 }] },
  { category = "wizard" },
]
completions = [{ course_key = "option-a", completed_on = 2021-01-01, role = "student", minutes = 12 }]
adjustments = [{ kind = "waiver", programme = "page-b" }]
started = [{ course_key = "option-a", on = 2021-01-02 }]
[examples.expected]
state = "open"
due_on = "none"
opens_on = 2021-01-13
reasons = ["group", "paid"]
no_reasons = []
"""  # noqa: E501


@pytest.fixture(params=["page-a", "page-b", "next-cycle", "rich"])
def draft(request) -> ProgrammeVersion:
    """A draft of each of the two pages' programmes, of a next cycle, and of one that says everything."""
    give(MEI, "officer", MOMENT, "test")
    if request.param == "next-cycle":
        return draft_next_cycle("page-b", MOMENT)
    return request.getfixturevalue("rich") if request.param == "rich" else start_draft(request.param, MOMENT, "test")


@pytest.fixture
def rich() -> ProgrammeVersion:
    version = start_draft("page-b", MOMENT, f"person:{MEI}")
    text = RICH.replace("version = 2", f"version = {version.number}", 1)
    return rewrite_draft(version.pk, version.revision, text, MOMENT, f"person:{MEI}")


@pytest.fixture
def plain() -> ProgrammeVersion:
    return start_draft("page-b", MOMENT, f"person:{MEI}")


def address(version: ProgrammeVersion, part: str) -> str:
    return f"/office/drafts/{version.pk}/parts/{part}/"


def document(version: ProgrammeVersion) -> dict:
    version.refresh_from_db()
    return tomllib.loads(version.document)


def fill(version: ProgrammeVersion, part: str, act: str = "", **values):
    """Posts the part's form with some of its controls filled in otherwise; a double underscore is a hyphen."""
    client = signed_in_as(MEI)
    sent = form_of(client.get(address(version, part)))
    for name, value in values.items():
        sent[name.replace("__", "-")] = value if isinstance(value, list) else [value]
    return client.post(address(version, part), {**sent, "act": act})


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_a_form_that_is_sent_as_it_came_changes_nothing(draft, part):
    before, revision = draft.document, draft.revision
    client = signed_in_as(MEI)
    sent = form_of(client.get(address(draft, part)))
    answer = client.post(address(draft, part), {**sent, "act": ""})
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    assert (draft.document, draft.revision) == (before, revision)


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_every_value_stands_in_the_form_and_comes_back_from_it_after_a_button(draft, part):
    client = signed_in_as(MEI)
    sent = form_of(client.get(address(draft, part)))
    again = form_of(client.post(address(draft, part), {**sent, "act": "count"}))
    assert again == sent


@pytest.mark.row("B02")
def test_a_year_of_study_is_raised_and_nothing_else_moves(plain):
    before = document(plain)
    answer = fill(plain, "audience", audience__routes__1__when__1__value="2")
    assert answer.url.endswith("#part-audience")
    assert plain.document != document(plain)
    after = document(plain)
    assert after["audience"]["routes"][1]["when"] == {"category": ["graduate_student"], "student_year_at_least": 2}
    after["audience"] = before["audience"]
    assert after == before
    assert "# In order: the first group that an appointment matches is its group" in plain.document


def test_a_condition_is_added_line_by_line_and_joined_by_any(plain):
    client, place = signed_in_as(MEI), address(plain, "audience")
    sent = form_of(client.get(place))
    sent = form_of(
        client.post(place, {**sent, "act": "add:audience-routes-0-when", "audience-routes-0-when-new": "area"})
    )
    assert document(plain)["audience"]["routes"][0]["when"].keys() == {"category", "paid"}
    sent["audience-routes-0-when-2-value"] = ["school, central"]
    sent["audience-routes-0-when-join"] = ["any"]
    assert client.post(place, {**sent, "act": ""}).status_code == 302
    assert document(plain)["audience"]["routes"][0]["when"] == {
        "any": [{"category": ["faculty", "staff", "postdoc"]}, {"paid": True}, {"area": ["school", "central"]}]
    }  # fmt: skip


def test_a_group_of_conditions_stands_inside_another(plain):
    client, place, name = signed_in_as(MEI), address(plain, "audience"), "audience-routes-0-when"
    sent = form_of(client.get(place))
    sent = form_of(client.post(place, {**sent, "act": f"add:{name}", f"{name}-new": "group"}))
    for fact in ("supervises", "confidential_role"):
        inner = f"{name}-2-group"
        sent = form_of(client.post(place, {**sent, "act": f"add:{inner}", f"{inner}-new": fact}))
    sent |= {f"{name}-2-group-0-value": ["yes"], f"{name}-2-group-1-value": ["no"], f"{name}-2-group-join": ["none"]}
    assert client.post(place, {**sent, "act": ""}).status_code == 302
    assert document(plain)["audience"]["routes"][0]["when"]["not"] == {
        "any": [{"supervises": True}, {"confidential_role": False}]
    }


def test_a_condition_nested_deeper_is_edited_as_its_text(rich):
    name = "audience__routes__5__when__0__group__0__deeper"
    refused = fill(rich, "audience", **{name: "{ paid = "})
    assert "This is not TOML" in refused.content.decode()
    assert "{ paid =</textarea>" in refused.content.decode()
    assert fill(rich, "audience", **{name: "{ paid = true }"}).status_code == 302
    assert document(rich)["audience"]["routes"][5]["when"] == {
        "any": [{"paid": True}, {"paid": False}], "confidential_role": False,
    }  # fmt: skip


def test_groups_move_and_keep_what_no_form_shows(rich):
    client, place = signed_in_as(MEI), address(rich, "groups")
    sent = form_of(client.post(place, {**form_of(client.get(place)), "act": "down:groups:0"}))
    assert client.post(place, {**sent, "act": ""}).status_code == 302
    groups = document(rich)["groups"]
    assert [group["key"] for group in groups] == ["rest", "one"]
    assert (groups[0]["opens_on"], groups[1]["colour"]) == ("soon", "green")


def test_a_group_is_added_with_its_dates_and_taken_away_again(plain):
    client, place = signed_in_as(MEI), address(plain, "groups")
    sent = form_of(client.post(place, {**form_of(client.get(place)), "act": "add:groups"}))
    sent |= {"groups-4-key": ["new"], "groups-4-title-en": ["New"], "groups-4-title-es": ["Nuevo"]}
    sent |= {"groups-4-opens_on": ["2021-03-01"], "groups-4-due_on": ["2021-04-01"]}
    client.post(place, {**sent, "act": ""})
    assert document(plain)["groups"][4] == {
        "key": "new", "title": {"en": "New", "es": "Nuevo"}, "opens_on": date(2021, 3, 1), "due_on": date(2021, 4, 1),
    }  # fmt: skip
    sent = form_of(client.post(place, {**form_of(client.get(place)), "act": "remove:groups:4"}))
    client.post(place, {**sent, "act": ""})
    assert len(document(plain)["groups"]) == 4


def test_another_kind_of_cycle_first_shows_its_own_fields(plain):
    client, place = signed_in_as(MEI), address(plain, "cycle")
    page = client.post(place, {**form_of(client.get(place)), "cycle-kind": "every", "act": ""})
    assert page.status_code == 200 and document(plain)["cycle"]["kind"] == "named"
    sent = form_of(page)
    sent |= {"cycle-starts_on": ["2021-01-01"], "cycle-every_months": ["24"], "cycle-rounding": ["last-day"]}
    client.post(place, {**sent, "act": ""})
    assert document(plain)["cycle"] == {
        "kind": "every", "starts_on": date(2021, 1, 1), "every_months": 24, "rounding": "last-day",
    }  # fmt: skip


def test_a_wrong_value_is_refused_at_its_place_and_what_was_typed_stays(plain):
    answer = fill(plain, "window", window__days="forty-five", window__grace_days="3")
    page = answer.content.decode()
    assert 'href="#id-window-days"' in page and 'value="forty-five"' in page and 'value="3"' in page
    assert "window" not in document(plain)


def test_the_policy_of_each_leave_is_chosen_by_itself(plain):
    fill(plain, "leave", leave__sabbatical="defers")
    leave = document(plain)["leave"]
    assert leave["sabbatical"] == "defers" and leave["junior_faculty"] == "continues" and len(leave) == 7


def test_reminders_are_numbers_of_days_shown_on_a_calendar(plain):
    page = signed_in_as(MEI).get(address(plain, "reminders")).content.decode()
    assert "a reminder, 14 days before" in page and "3 Feb 2021" in page
    fill(plain, "reminders", reminders__days_before_due="21, 0")
    assert document(plain)["reminders"]["days_before_due"] == [21, 0]
    page = signed_in_as(MEI).get(address(plain, "reminders")).content.decode()
    assert "27 Jan 2021" in page and "a reminder on the day itself" in page


def test_a_preset_that_is_added_takes_the_digest_it_has_today(plain):
    client, place = signed_in_as(MEI), address(plain, "legal")
    sent = form_of(client.post(place, {**form_of(client.get(place)), "act": "add:legal"}))
    preset = installed_presets()[0]
    sent["legal-0-preset"] = [preset.id]
    client.post(place, {**sent, "act": ""})
    (entry,) = document(plain)["legal"]
    assert entry == {"preset": preset.id, "digest": preset.digest}
    assert "Not signed" in client.get(f"/office/drafts/{plain.pk}/").content.decode()
