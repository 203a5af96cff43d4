"""What crosses a claim: a completion, another sender, a sender that is killed; nothing goes twice, nothing is hidden.

Each case with threads or processes of its own and a real relay, on both databases (law 4; rows A09, A13).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from tests.actions.test_sending import MOMENT, RULES, TOLD_ON, completes, planned, prepared
from tests.cast import INES, RUTH
from tests.mail_relay import relay
from upstander.actions.case_letters import CASE_ANSWERED, has_read
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.locks import lock_person
from upstander.actions.outbox import plan
from upstander.actions.sending import claim, give_up_lost_claims, send_some
from upstander.config.settings import PACKAGE
from upstander.core.days import Moment
from upstander.core.notices import OTHERS
from upstander.core.requests import OFFICER
from upstander.models import Case, Notice, Person
from upstander.wires.mail import Mailbox, Relay

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
ASKING = sorted(key for key, letter in RULES.letters.items() if letter.kind.of_duty and letter.kind.asks)
ABOUT_OTHERS = sorted(key for key, letter in RULES.letters.items() if letter.kind.about == OTHERS)
LATER = Moment(MOMENT.at + timedelta(minutes=16), MOMENT.day)
#: A sender as the worker runs it, in a process that can be killed.
SENDER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "upstander.config.settings"
import django
django.setup()
from datetime import datetime
from upstander.actions.sending import send_some
from upstander.core.days import Moment
from upstander.jobs.sending import rules
from upstander.wires.mail import Relay
at = datetime.fromisoformat(sys.argv[2])
where = {"host": "127.0.0.1", "port": int(sys.argv[1]), "username": "", "password": "", "tls": "none", "connections": 3}
with Relay(where) as wire:
    print(dict(send_some(Moment(at, at.date()), rules(), wire)), flush=True)
"""


def race(notice: Notice, about: str, happens: Callable[[str], object]) -> str:
    """Something happens to a person under their lock; the claim comes while it holds it; what the claim said."""
    holds, waits, said = Event(), Event(), []

    def happening() -> None:
        with transaction.atomic():
            lock_person(about)
            holds.set()
            waits.wait(0.2)  # the claim is at the lock by then, or comes after the commit: both must stop it
            happens(about)
        connection.close()

    def claiming() -> None:
        waits.set()
        said.append(claim(notice.pk, MOMENT, RULES))
        connection.close()

    first, second = Thread(target=happening), Thread(target=claiming)
    first.start()
    assert holds.wait(10)
    second.start()
    for thread in (first, second):
        thread.join(30)
    return said[0]


def completed(person_id: str) -> None:
    completes(person_id, MOMENT)


def test_a_completion_that_holds_the_lock_first_always_stops_a_claim_that_waits_for_it():
    planned(prepared())
    said = [race(Notice.objects.get(person_id=one, kind="added"), one, completed) for one in TOLD_ON]
    assert said == ["settled"] * len(TOLD_ON)


@pytest.mark.row("A13")
@pytest.mark.parametrize("kind", ASKING)
def test_whatever_asks_something_loses_against_a_completion(kind):
    cycle = prepared().cycle_on(MOMENT.day).key
    plan(kind, INES, "page-b", cycle, MOMENT)
    assert race(Notice.objects.get(), INES, completed) == "settled"
    assert Notice.objects.get().state == "not-sent"


@pytest.mark.parametrize("kind", ABOUT_OTHERS)
def test_what_tells_others_of_a_duty_loses_against_its_completion(kind):
    cycle = prepared().cycle_on(MOMENT.day).key
    plan(kind, RUTH, "page-b", cycle, MOMENT, about=Person.objects.get(pk=INES))
    said = race(Notice.objects.get(), INES, completed)
    assert isinstance(said, str)
    assert Notice.objects.get().state == "not-sent"


def test_an_answer_read_while_its_letter_is_claimed_is_sent_once_or_not_at_all():
    prepared()
    wanted = Wanted("page-b", "2020-21", "roster", {"fact": "paid", "about": "a-ines", "right": "no"})
    case = open_case(INES, wanted, MOMENT, f"person:{INES}")
    move(case.pk, "reply", OFFICER, MOMENT, "person:office", "We look.")
    letter = Notice.objects.get(kind=CASE_ANSWERED)

    def reads(person_id: str) -> None:
        has_read(Case.objects.get(pk=case.pk))

    assert race(letter, INES, reads) in {"taken", "seen-already"}
    letter.refresh_from_db()
    assert (letter.state, letter.not_sent_reason) == ("not-sent", "seen-already")


def test_two_senders_at_once_send_every_notice_once():
    planned(prepared())
    with relay() as (kept, where):

        def sending():
            with Relay(where) as wire:
                send_some(MOMENT, RULES, wire)
            connection.close()

        threads = [Thread(target=sending) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sorted(kept.recipients) == sorted(Person.objects.filter(pk__in=TOLD_ON).values_list("email", flat=True))
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


def sender(port: int) -> subprocess.Popen:
    """A sender in a process of its own, on the database of this test."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{found['NAME']}"
    else:
        address = f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
    environment = {**os.environ, "UPSTANDER_DATABASE_URL": address}
    return subprocess.Popen(
        [sys.executable, "-c", SENDER, str(port), MOMENT.at.isoformat()],
        env=environment, cwd=PACKAGE.parent, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it did not come about in time"
        time.sleep(0.05)


def killed(process: subprocess.Popen) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)


def claimed() -> int:
    return Notice.objects.filter(state="claimed").count()


def test_a_sender_killed_between_claim_and_smtp_leaves_unknown_and_nothing_goes_by_itself():
    """The relay takes the connection and says nothing, so that the sender stands between the two when it dies."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        planned(prepared())
        process = sender(silent.getsockname()[1])
        until(lambda: claimed() == len(TOLD_ON))
        killed(process)
    assert give_up_lost_claims(LATER) == len(TOLD_ON)
    assert send_some(LATER, RULES, Mailbox()) == {}
    assert set(Notice.objects.values_list("state", flat=True)) == {"unknown"}


def test_a_sender_killed_between_smtp_and_its_record_sends_nobody_anything_twice():
    """The relay has taken the first message and not answered yet when the sender dies."""
    planned(prepared())
    taken, gone = Event(), Event()
    with relay() as (kept, where):

        def on_data() -> None:
            taken.set()
            gone.wait(30)

        kept.on_data = on_data
        process = sender(where["port"])
        assert taken.wait(60)
        killed(process)
        gone.set()
        until(lambda: len(kept.recipients) == 1)
    assert give_up_lost_claims(LATER) == len(TOLD_ON)
    with relay() as (again, where), Relay(where) as wire:
        assert send_some(LATER, RULES, wire) == {}
    assert again.recipients == []
    assert Notice.objects.filter(state="unknown").count() == len(TOLD_ON)
