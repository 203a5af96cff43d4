"""One message that two doors bring at the same moment changes things once."""

import pytest

from tests import incoming
from tests.actions.test_submission_race import AT_ONCE, all_at_once
from tests.cast import INES, MOMENT, install
from upstander.actions.cases import Wanted, open_case
from upstander.actions.post import receive
from upstander.actions.return_paths import bounce_to, reply_to
from upstander.core.requests import NO_COMPUTER
from upstander.models import CaseEntry, FailingAddress, MailReport, Notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def mail_comes_back(settings):
    settings.MAIL_FROM = "prevention@aldermere.example"
    settings.MAIL_BOUNCES, settings.MAIL_REPLIES = "bounces@aldermere.example", "case@aldermere.example"
    install()


def test_a_report_that_two_pollers_read_at_once_counts_once():
    notice = Notice.objects.create(
        dedupe_key="one", kind="added", person_id=INES, planned_for_on=MOMENT.day, planned_at=MOMENT.at,
        state="sent", claimed_at=MOMENT.at, sent_at=MOMENT.at, address="ines@aldermere.example",
    )  # fmt: skip
    raw = incoming.delivery_report(to=bounce_to(notice.pk), status="4.4.7")
    assert sorted(all_at_once(lambda: receive(raw, MOMENT))) == ["again"] * (AT_ONCE - 1) + ["temporary"]
    assert (FailingAddress.objects.get().soft_count, MailReport.objects.count()) == (1, 1)


def test_an_answer_that_two_pollers_read_at_once_is_written_once():
    asked = Wanted(None, "", "officer", {"reach": "by phone"}, kind=NO_COMPUTER)
    case = open_case(INES, asked, MOMENT, f"person:{INES}")
    raw = incoming.reply(reply_to(case), "Tuesday works for me.")
    assert sorted(all_at_once(lambda: receive(raw, MOMENT))) == ["again"] * (AT_ONCE - 1) + ["reply"]
    assert CaseEntry.objects.filter(case=case, move="add").count() == 1
