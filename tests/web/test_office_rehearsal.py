"""The office rehearses a period in the browser; the worker plays it, and the page shows figures without names."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django_q.models import OrmQ

from tests.cast import INES, KENJI
from tests.staff import HUGO, MEI, MOMENT, content_of, later, signed_in_as, stand_on
from upstander.actions import rehearsal_kept
from upstander.actions.opening import open_sending
from upstander.core.notices import address_digest
from upstander.jobs import rehearsing
from upstander.models import FailingAddress, Notice, Person, Programme, ProgrammeVersion, Rehearsal, Standing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
PAGE = "/office/programmes/page-b/rehearse/"
DAYS = {"from_on": "2021-01-20", "to_on": "2021-02-28", "version": "1", "share": "0"}


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch, settings):
    stand_on(monkeypatch, MOMENT)
    monkeypatch.setattr(rehearsing, "now", lambda: MOMENT)
    settings.DEMO = False


@pytest.fixture
def asked(django_capture_on_commit_callbacks):
    """Asks for a rehearsal as the officer does; the page to which it leads."""

    def ask(**other: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            answer = signed_in_as(MEI).post(PAGE, {**DAYS, **other})
        assert answer.status_code == 302, text_of(answer)
        return answer.url

    return ask


def work_out() -> None:
    """The worker's part, for everything that waits."""
    for task in OrmQ.objects.all():
        assert task.func() == rehearsal_kept.JOB
        rehearsing.run(*task.args())
    OrmQ.objects.all().delete()


def test_asking_lays_it_down_for_the_worker_and_the_page_looks_again_by_itself(asked):
    page = signed_in_as(MEI).get(asked())
    assert '<meta http-equiv="refresh" content="3">' in text_of(page)
    assert "Waiting for the worker to begin; 12 people" in text_of(page)
    assert OrmQ.objects.count() == 1


def test_the_worker_plays_the_days_and_the_page_shows_what_they_bring(asked):
    address = asked()
    work_out()
    page = text_of(signed_in_as(MEI).get(address))
    assert 'http-equiv="refresh"' not in page
    assert "messages would go" in page
    assert "Rehearsed for 20 January 2021 to 28 February 2021." in page
    assert "paid or unpaid?" in page
    assert "Department of Music" in page and "Nothing was written to anybody’s record" in page
    assert page.count('<svg class="course-chart"') == 2
    assert page.count("The numbers as a table") == 2


def test_what_is_kept_names_nobody(asked):
    asked()
    work_out()
    kept = json.dumps(Rehearsal.objects.get().result)
    assert INES not in kept and "Okafor" not in kept and KENJI not in kept


def test_a_rehearsal_plans_no_notice_and_changes_no_standing(asked):
    before = list(Standing.objects.order_by("pk").values())
    asked()
    work_out()
    assert not Notice.objects.exists()
    assert list(Standing.objects.order_by("pk").values()) == before


def test_the_plan_to_print_has_every_table_open(asked):
    address = asked()
    work_out()
    plan = text_of(signed_in_as(MEI).get(f"{address}?print"))
    assert "<details" not in plan and "Back to the rehearsal" in plan
    assert "People by status and day" in plan


def test_the_page_speaks_spanish(asked):
    address = asked()
    work_out()
    browser = signed_in_as(MEI)
    browser.post("/language/", {"language": "es", "next": "/"})
    page = text_of(browser.get(address))
    assert "Antes conviene resolver" in page
    assert "To mend before" not in page


def test_who_cannot_be_reached_is_named_when_somebody_asks(asked):
    Person.objects.filter(pk=INES).update(email="")
    address = asked()
    work_out()
    assert "1 person has no e-mail address that works" in text_of(signed_in_as(MEI).get(address))
    page = text_of(signed_in_as(MEI).get(f"{address}people/without-address/"))
    assert "Okafor, Ines" in page
    assert f"/office/people/{Standing.objects.get(person_id=INES, programme_id='page-b').pk}/" in page
    assert signed_in_as(MEI).get(f"{address}people/nobody-knows/").status_code == 404


def test_the_files_say_who_is_assigned_when_and_every_message(asked):
    address = asked()
    work_out()
    assigned = content_of(signed_in_as(MEI).get(f"{address}assigned.csv")).decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(assigned))}
    assert rows[INES][:3] == [INES, "Okafor, Ines", "Department of Music"]
    messages = content_of(signed_in_as(MEI).get(f"{address}messages.csv")).decode("utf-8-sig")
    assert len(messages.splitlines()) == 1 + sum(
        sum(day["notices"].values()) for day in Rehearsal.objects.get().result["days"]
    )


def test_the_page_and_the_file_say_which_letters_go_together_with_another_programmes(asked):
    open_sending("page-a", MOMENT, "test")
    address = asked()
    work_out()
    title = "Supporting a harassment-free community"
    assert f"go together with “{title}”, each as one letter." in text_of(signed_in_as(MEI).get(address))
    file = content_of(signed_in_as(MEI).get(f"{address}messages.csv")).decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(file)) if row[2] == INES]
    assert rows[0][1:] == ["Several trainings in one letter", INES, "Okafor, Ines", title]
    assert {row[4] for row in rows[1:]} == {""}, "reminders of other days go alone"
    together = Rehearsal.objects.get().result["together"]
    assert list(together) == ["page-a"] and together["page-a"] > 1


def test_whose_address_takes_no_mail_is_among_those_who_cannot_be_reached(asked):
    digest = address_digest(Person.objects.get(pk=INES).email)
    FailingAddress.objects.create(
        person_id=INES, address_digest=digest, reason="permanent", first_at=MOMENT.at, last_at=MOMENT.at,
        suppressed_at=MOMENT.at,
    )  # fmt: skip
    address = asked()
    work_out()
    assert "1 person has no e-mail address that works" in text_of(signed_in_as(MEI).get(address))
    page = text_of(signed_in_as(MEI).get(f"{address}people/without-address/"))
    assert "Okafor, Ines" in page and "Mail to this address came back too often." in page


def test_a_draft_can_be_rehearsed_and_is_offered_as_one(asked):
    kept = ProgrammeVersion.objects.get(programme_id="page-b", number=1)
    later_rules = kept.document.replace("version = 1", "version = 2").replace("2021-01-13", "2021-02-01")
    ProgrammeVersion.objects.create(
        programme_id="page-b", number=2, document=later_rules, digest="2", made_at=MOMENT.at, made_by="test"
    )
    assert "Version 2, a draft" in text_of(signed_in_as(MEI).get(PAGE))
    address = asked(version="2")
    work_out()
    assert "Version 2, a draft" in text_of(signed_in_as(MEI).get(address))
    assert Rehearsal.objects.get().result["days"][0]["notices"] == {}


def test_the_same_asked_twice_is_the_same_rehearsal(asked):
    assert asked() == asked()
    assert asked(share="50") != asked()
    assert Rehearsal.objects.count() == 2


def test_only_the_newest_are_kept(asked, monkeypatch):
    monkeypatch.setattr(rehearsal_kept, "KEPT", 2)
    for day in ("2021-02-21", "2021-02-22", "2021-02-23"):
        asked(to_on=day)
    assert Rehearsal.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"to_on": "2021-01-01"}, "The last day comes before the first."),
        ({"to_on": "2024-01-01"}, "This is longer than two years (1077 days)."),
        ({"from_on": "0202-01-20"}, "This year cannot be meant."),
        ({"from_on": "soon"}, "Enter a valid date."),
        ({"version": "9"}, "Select a valid choice."),
    ],
)
def test_a_period_that_cannot_be_meant_is_said_kindly_and_nothing_is_lost(said, sentence):
    answer = signed_in_as(MEI).post(PAGE, {**DAYS, **said})
    assert sentence in text_of(answer) and "There is something to mend" in text_of(answer)
    name, value = next(iter(said.items()))
    if name != "version":
        assert f'value="{value}"' in text_of(answer)
    assert not Rehearsal.objects.exists()


def test_a_version_that_cannot_be_read_is_refused():
    ProgrammeVersion.objects.create(
        programme_id="page-b", number=3, document="key =", digest="3", made_at=MOMENT.at, made_by="test"
    )
    answer = signed_in_as(MEI).post(PAGE, {**DAYS, "version": "3"})
    assert "cannot be read as rules yet" in text_of(answer)


def test_one_that_was_never_worked_out_is_called_broken_off(asked, monkeypatch):
    address = asked()
    stand_on(monkeypatch, later(hours=3))
    page = text_of(signed_in_as(MEI).get(address))
    assert "This rehearsal was broken off" in page and 'http-equiv="refresh"' not in page


def test_rules_that_are_gone_when_the_worker_comes_are_said_to_be(asked):
    address = asked()
    ProgrammeVersion.objects.filter(programme_id="page-b").update(discarded_at=MOMENT.at)
    work_out()
    assert "This cannot be rehearsed any more" in text_of(signed_in_as(MEI).get(address))


def test_the_progress_is_told_while_it_is_worked_out(asked, monkeypatch):
    address, seen = asked(), []
    monkeypatch.setattr("upstander.actions.rehearsal.PROGRESS_EVERY", 5)

    def look(*_: object) -> dict:
        seen.append(text_of(signed_in_as(MEI).get(address)))
        return {}

    monkeypatch.setattr(rehearsal_kept, "figures", look)
    work_out()
    assert "10 of 12 people so far" in seen[0]


def test_an_officer_of_another_programme_finds_nothing(asked):
    assert signed_in_as(HUGO).get(asked()).status_code == 404
    assert signed_in_as(HUGO).post(PAGE, DAYS).status_code == 404
    assert Programme.objects.filter(pk="page-a").exists()


def test_the_first_day_offered_is_today():
    page = text_of(signed_in_as(MEI).get(PAGE))
    assert f'value="{MOMENT.day}"' in page and f'value="{MOMENT.day + timedelta(days=59)}"' in page
    assert date.fromisoformat("2021-03-20") == MOMENT.day + timedelta(days=59)
