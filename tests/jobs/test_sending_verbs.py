"""What the verbs say about messages that do not go yet."""

import pytest

from tests.cast import INES, MEI, MOMENT
from tests.staff import open_office
from upstander.actions import outbox
from upstander.actions.opening import open_sending
from upstander.jobs import sending
from upstander.jobs.cli.sending import run
from upstander.queries.sent_notices import waiting_notices

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_message_waits_only_where_sending_is_open(monkeypatch, capsys):
    open_office()
    outbox.plan("added", INES, "page-b", "2020-21", MOMENT, "1")
    assert waiting_notices() == 0
    open_sending("page-b", MOMENT, f"person:{MEI}")
    assert waiting_notices() == 1
    monkeypatch.setattr(sending, "run", lambda seconds: {})
    run(seconds=1, as_json=False)
    assert capsys.readouterr().out == "1 wait for their readers' working hours or another try.\n"
