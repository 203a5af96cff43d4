"""The letter about what changed in a new edition goes once for each update, and never a second time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import INES, MOMENT, install
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, send_some
from upstander.actions.standing import decide_again, run_due
from upstander.config.settings import PACKAGE
from upstander.core.days import Moment
from upstander.models import Completion, Notice
from upstander.notices.registry import letters
from upstander.queries.programmes import published
from upstander.wires.mail import Mailbox

pytestmark = pytest.mark.django_db
PAGE_B = (PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8")
RULES = Rules(letters(lambda course, lang: None))
UPDATE = '[[options.updates]]\nedition = "{}"\nolder = {}\nsince_on = {}\ndays = 20\n\n'
SINCE, SECOND = date(2021, 2, 1), date(2021, 3, 1)


def noon(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 15, tzinfo=UTC), day)


def completes(day: date, edition: str) -> None:
    moment = noon(day)
    Completion.objects.create(
        person_id=INES, course_key="option-a", edition=edition, completed_on=day, role="employee", source="upstander",
        recorded_at=moment.at,
    )  # fmt: skip
    decide_again([INES], moment, "completion")


def asks_for(number: int, *updates: str) -> None:
    """Publishes page-b with these updates of option-a, under the next number."""
    text = PAGE_B.replace("version = 1", f"version = {number}", 1)
    at = text.index('[[options]]\ncourse = "option-b"')
    import_programme(text[:at] + "".join(updates) + text[at:], MOMENT, "test")


def days_pass(first: date, last: date) -> list[tuple[str, date]]:
    """Each day's planning and sending, twice a day; the letters to Ines of that time that went."""
    day = first
    while day <= last:
        run_due(noon(day))
        for _ in range(2):
            plan_due(published("page-b"), noon(day))
            send_some(noon(day), RULES, Mailbox())
        day += timedelta(days=1)
    went = Notice.objects.filter(person_id=INES, state="sent", planned_for_on__range=(first, last))
    return list(went.order_by("planned_for_on").values_list("kind", "planned_for_on"))


@pytest.fixture(autouse=True)
def told_and_done():
    """Ines had her first letter, and completed option A in its first edition; then page-b asks for the second one."""
    install()
    import_programme(PAGE_B, MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    assert days_pass(MOMENT.day, MOMENT.day) == [("added", MOMENT.day)]
    completes(MOMENT.day + timedelta(days=1), "2026.1")
    asks_for(2, UPDATE.format("2027.1", '["2026.1"]', SINCE))


def test_nobody_is_written_to_before_the_day_and_one_letter_goes_on_it():
    before = days_pass(MOMENT.day + timedelta(days=2), SINCE - timedelta(days=1))
    assert "added" not in [kind for kind, _ in before]
    went = days_pass(SINCE, SINCE + timedelta(days=5))
    assert went == [("added", SINCE)]
    letter = Notice.objects.get(person_id=INES, planned_for_on=SINCE, kind="added")
    assert "please read what changed" in letter.subject
    assert "You need not take it again" in " ".join(letter.body_text.split())


def test_a_planned_letter_does_not_go_to_whoever_read_it_meanwhile():
    run_due(noon(SINCE))
    plan_due(published("page-b"), noon(SINCE))
    completes(SINCE, "2027.1")
    send_some(noon(SINCE), RULES, Mailbox())
    assert Notice.objects.get(person_id=INES, planned_for_on=SINCE, kind="added").not_sent_reason == "settled"


def test_a_second_update_has_one_letter_of_its_own():
    days_pass(SINCE, SINCE + timedelta(days=1))
    completes(SINCE + timedelta(days=2), "2027.1")
    second = UPDATE.format("2027.2", '["2026.1", "2027.1"]', SECOND)
    asks_for(3, UPDATE.format("2027.1", '["2026.1"]', SINCE), second)
    went = days_pass(SECOND, SECOND + timedelta(days=3))
    assert went == [("added", SECOND)]
