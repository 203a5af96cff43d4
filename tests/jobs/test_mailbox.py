"""The mailbox, read by IMAP over TLS from a real server on loopback: settled first, then put aside, counted once."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest

from tests import incoming
from tests.cast import INES, MOMENT, install
from tests.imap_server import CutLine, mailbox
from tests.staff import later
from upstander.actions.cases import Wanted, open_case
from upstander.actions.return_paths import bounce_to, reply_to
from upstander.core.post import LONGEST_MESSAGE_BYTES
from upstander.core.requests import ANOTHER_WAY
from upstander.jobs import post
from upstander.models import AuditLine, FailingAddress, MailReport, Notice
from upstander.queries.post import mailbox_trouble
from upstander.wires.postbox import PAGE, Postbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def lying(tmp_path, settings, monkeypatch):
    """The cast, a mailbox on loopback, and our addresses."""
    settings.MAIL_FROM, settings.MAIL_BOUNCES = "prevention@aldermere.example", "bounces@aldermere.example"
    install()
    with mailbox(tmp_path) as (box, where, trusted):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        settings.MAILBOX = where
        yield box


def sent() -> Notice:
    return Notice.objects.create(
        dedupe_key=str(uuid4()), kind="added", person_id=INES, planned_for_on=MOMENT.day, planned_at=MOMENT.at,
        state="sent", claimed_at=MOMENT.at, sent_at=MOMENT.at, address="ines@aldermere.example",
    )  # fmt: skip


def report(**how) -> bytes:
    how = {"status": "4.4.7", **how}
    return incoming.delivery_report(to=bounce_to(sent().pk), message_id=f"{uuid4()}@mx", **how)


def test_what_lies_in_the_mailbox_is_taken_in_and_put_aside(lying):
    lying.put(report(), incoming.away(), incoming.delivery_report(to="bounces@aldermere.example"))
    assert post.run(MOMENT) == {"temporary": 1, "automatic": 1, "unproven": 1}
    assert (lying.number(), lying.number("Upstander")) == (0, 3)
    assert post.run(later(1)) == {}


def test_a_mailbox_of_several_pages_is_read_whole(lying):
    lying.put(*(incoming.away(headers={"X-Loop": str(number)}) for number in range(PAGE + 7)))
    post.run(MOMENT)
    assert lying.number() == 0


def test_a_crash_between_settling_and_putting_aside_counts_nothing_twice(lying, monkeypatch):
    lying.put(report())

    def crash(self, uids):
        raise KeyboardInterrupt

    monkeypatch.setattr(Postbox, "put_aside", crash)
    with pytest.raises(KeyboardInterrupt):
        post.run(MOMENT)
    monkeypatch.undo()
    assert lying.number() == 1
    assert (FailingAddress.objects.get().soft_count, MailReport.objects.count()) == (1, 1)


def test_what_lies_there_again_after_a_crash_is_known(lying, monkeypatch):
    message = report()
    lying.put(message)
    post.run(MOMENT)
    lying.put(message)
    assert post.run(later(1)) == {"again": 1}
    assert (FailingAddress.objects.get().soft_count, lying.number()) == (1, 0)


def test_one_message_that_cannot_be_settled_keeps_lying_and_holds_up_nothing(lying, monkeypatch):
    lying.put(b"Subject: bad\r\n\r\nbad", report())
    settled = post.receive
    monkeypatch.setattr(post, "receive", lambda raw, *more: settled(raw, *more) if b"bad" not in raw else 1 / 0)
    assert post.run(MOMENT) == {"failed": 1, "temporary": 1}
    assert (lying.number(), lying.number("Upstander")) == (1, 1)


def test_of_a_message_that_is_too_large_only_the_headers_are_fetched(lying, monkeypatch):
    lying.put(incoming.reply("prevention@aldermere.example", "x" * 5_000))
    monkeypatch.setattr("upstander.wires.postbox.LONGEST_MESSAGE_BYTES", 4_000)
    assert post.run(MOMENT) == {"too-large": 1}
    assert LONGEST_MESSAGE_BYTES > 25 * 1024 * 1024


def test_an_answer_in_confidence_is_deleted_from_the_mailbox(lying, settings):
    settings.MAIL_REPLIES = "case@aldermere.example"
    wanted = Wanted(None, "", "officer", {"ways": "conversation"}, kind=ANOTHER_WAY)
    case = open_case(INES, wanted, MOMENT, f"person:{INES}")
    lying.put(incoming.reply(reply_to(case), "The secret answer"))
    assert post.run(MOMENT) == {"reply-refused": 1}
    assert (lying.number(), lying.number("Upstander")) == (0, 0)


def test_a_mailbox_that_refuses_us_says_so_without_the_password(lying, settings, caplog):
    settings.MAILBOX = {**settings.MAILBOX, "password": "wrong-secret"}
    assert post.run(MOMENT) == {"mailbox-failed": 1}
    assert "wrong-secret" not in caplog.text


def test_a_line_that_breaks_in_the_middle_loses_nothing_and_counts_nothing_twice(lying, settings):
    lying.put(*(report() for _ in range(4)))
    whole = settings.MAILBOX
    for after_bytes in (9_000, 11_000, 13_000, 15_000):
        line = CutLine(whole["port"], after_bytes)
        settings.MAILBOX = {**whole, "port": line.port}
        post.run(MOMENT)
        line.close()
    settings.MAILBOX = whole
    post.run(later(1))
    assert (lying.number(), lying.number("Upstander")) == (0, 4)
    assert (MailReport.objects.count(), FailingAddress.objects.get().soft_count) == (4, 4)


def test_what_keeps_the_mailbox_from_being_read_is_written_down_once_and_taken_back(lying, settings):
    good = settings.MAILBOX
    settings.MAILBOX = {**good, "password": "wrong"}
    post.run(MOMENT)
    post.run(later(1))
    assert (mailbox_trouble().why, mailbox_trouble().since) == ("login", MOMENT.at)
    settings.MAILBOX = {**good, "port": 1}
    post.run(later(2))
    assert (mailbox_trouble().why, mailbox_trouble().since) == ("no-answer", MOMENT.at)
    assert AuditLine.objects.filter(subject="mailbox").count() == 2
    settings.MAILBOX = good
    post.run(later(3))
    assert mailbox_trouble() is None


def test_a_mailbox_whose_certificate_nobody_vouches_for_is_not_read(lying, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert post.run(MOMENT) == {"mailbox-failed": 1}
    assert mailbox_trouble().why == "certificate"


def test_without_a_mailbox_nothing_happens(settings):
    settings.MAILBOX = None
    assert post.run(MOMENT) == {"no-mailbox": 1}


def piped(raw: bytes, folder, *more: str) -> subprocess.CompletedProcess:
    settings = {"UPSTANDER_DATA_DIR": str(folder), "UPSTANDER_MAIL_BOUNCES": "bounces@aldermere.example"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    command = [sys.executable, "-m", "upstander.jobs.cli.main", "mail", "receive", *more]
    return subprocess.run(command, input=raw, env=plain | settings, capture_output=True, check=False, timeout=120)


def test_a_mail_server_pipes_a_message_into_an_empty_folder(tmp_path):
    first = piped(incoming.away(), tmp_path, "--json")
    assert (first.returncode, first.stdout) == (0, b'{"was": "automatic"}\n')
    assert piped(incoming.away(), tmp_path).stdout == b"again\n"


def test_a_mail_server_is_told_to_try_again_where_the_database_does_not_answer(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTHING", "")
    command = [sys.executable, "-m", "upstander.jobs.cli.main", "mail", "receive"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    nowhere = {
        "UPSTANDER_DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
        "UPSTANDER_SECRET_KEY": "k" * 60,
        "UPSTANDER_DATA_DIR": str(tmp_path),
    }
    ended = subprocess.run(command, input=b"x", env=plain | nowhere, capture_output=True, check=False, timeout=120)
    assert ended.returncode == 75
