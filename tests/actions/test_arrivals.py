"""What a page of a course sends arrives once, and never in a newer one's place; also where it is cut off."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import INES, MOMENT
from tests.learners import course_of, lay_out, read_everything, right_answer, wrong_answer
from tests.staff import later, open_office
from upstander.actions import learning
from upstander.actions.arrivals import Sent, forget_arrivals, once
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.core.errors import Refusal
from upstander.models import Arrival, LessonAnswer

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
AT_ONCE = 4


@pytest.fixture
def outline(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "option-a")
    open_office()
    return course_of("option-a").outline


@pytest.mark.row("A06")
def test_what_arrives_under_the_same_key_is_done_once_and_said_so(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    sent, done = Sent(uuid4(), MOMENT.at), []
    arrivals = [once(enrolment, sent, MOMENT, lambda: done.append("done")) for _ in range(3)]
    assert [arrived.before for arrived in arrivals] == [False, True, True]
    assert done == ["done"]


def test_what_was_refused_leaves_no_trace_of_its_key(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    sent = Sent(uuid4(), MOMENT.at)

    def refuse():
        raise Refusal("page-not-open")

    with pytest.raises(Refusal, match="page-not-open"):
        once(enrolment, sent, MOMENT, refuse)
    assert not once(enrolment, sent, MOMENT, lambda: None).before


@pytest.mark.row("A06")
def test_an_older_answer_that_arrives_late_leaves_the_newer_one(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    learning.answer_lesson(enrolment, "promise", "b", later(hours=2), later(hours=1).at)
    with pytest.raises(Refusal, match="older-answer"):
        learning.answer_lesson(enrolment, "promise", "a", later(hours=3), later(hours=0).at)
    assert LessonAnswer.objects.get().answer == "b"


@pytest.mark.row("A14")
def test_an_older_answer_of_the_assessment_leaves_the_newer_one_item_by_item(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    names = [row["item"] for row in attempt.form if not row["item"].startswith("B")]
    first, second = (outline.assessment.bank[name] for name in names[:2])
    save_answer(attempt.pk, first.id, right_answer(first), outline, later(hours=2).at)
    save_answer(attempt.pk, second.id, right_answer(second), outline, later(hours=1).at)
    with pytest.raises(Refusal, match="older-answer"):
        save_answer(attempt.pk, first.id, wrong_answer(first), outline, later(hours=1).at)
    attempt.refresh_from_db()
    assert attempt.answers[first.id] == right_answer(first)
    assert attempt.answers[second.id] == right_answer(second)


def test_what_was_given_before_the_course_was_begun_again_counts_for_nothing(outline):
    enrolment = learning.begin(INES, outline, later(days=1))
    with pytest.raises(Refusal, match="older-answer"):
        once(enrolment, Sent(uuid4(), MOMENT.at), later(days=2), lambda: None)


def test_a_key_is_forgotten_once_no_device_can_send_it_any_more(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    for _ in range(2):
        once(enrolment, Sent(uuid4(), MOMENT.at), MOMENT, lambda: None)
    assert (forget_arrivals(later(days=29)), Arrival.objects.count()) == (0, 2)
    assert (forget_arrivals(later(days=31)), Arrival.objects.count()) == (2, 0)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.row("A06", "A14")
def test_the_same_key_arriving_from_several_places_at_once_is_done_once(outline):
    enrolment = learning.begin(INES, outline, MOMENT)
    start, done, arrived = Barrier(AT_ONCE), [], []
    sent = Sent(uuid4(), MOMENT.at)

    def act() -> None:
        done.append("done")
        learning.answer_lesson(enrolment, "promise", "b", MOMENT, sent.given_at)

    def arriving() -> None:
        start.wait(10)
        try:
            arrived.append(once(enrolment, sent, MOMENT, act).before)
        finally:
            connection.close()

    threads = [Thread(target=arriving) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(arrived) == [False, True, True, True]
    assert done == ["done"]
    assert (Arrival.objects.count(), LessonAnswer.objects.get().answer) == (1, "b")


#: Answers, one acknowledged line each, and submits; then all of it once more from the start, as a device does.
SENDER = """
import sys
import django
django.setup()
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from django.conf import settings
settings.CONTENT_ROOT = sys.argv[1]
from tests.cast import INES, MOMENT
from tests.learners import course_of, right_answer
from upstander.actions.arrivals import Sent, once
from upstander.actions.completion import begin_attempt, save_answer, submit_attempt
from upstander.models import Enrolment
outline = course_of("option-a").outline
enrolment = Enrolment.objects.get(person_id=INES)
attempt = enrolment.attempts.first() or begin_attempt(enrolment.pk, outline, "en", MOMENT)
def send(name, act):
    sent = Sent(uuid5(NAMESPACE_URL, name), MOMENT.at)
    once(enrolment, sent, MOMENT, act)
    print(name, flush=True)
for row in attempt.form:
    item = outline.assessment.bank[row["item"]]
    send(item.id, lambda: save_answer(attempt.pk, item.id, right_answer(item), outline, MOMENT.at))
send("submit", lambda: submit_attempt(attempt.pk, outline, MOMENT))
"""
SET_UP = """
import sys
import django
django.setup()
from django.conf import settings
settings.CONTENT_ROOT = sys.argv[1]
from tests.cast import INES, MOMENT
from tests.learners import course_of, read_everything
from tests.staff import open_office
from upstander.jobs.database import migrate
migrate()
open_office()
read_everything(INES, course_of("option-a").outline, MOMENT)
"""


def runs(folder: Path, program: str) -> subprocess.Popen:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("UPSTANDER_", "DJANGO_"))}
    environ |= {"UPSTANDER_DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "upstander.config.settings"}
    command = [sys.executable, "-c", program, str(folder / "content")]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def asked(folder: Path, sql: str) -> list[tuple]:
    with sqlite3.connect(folder / "data" / "upstander.sqlite3") as database:
        return database.execute(sql).fetchall()


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
@pytest.mark.row("A06", "A14")
def test_a_kill_at_any_answer_loses_nothing_acknowledged_and_sending_all_again_counts_once(tmp_path):
    (tmp_path / "data").mkdir()
    lay_out(tmp_path / "content", "option-a")
    made = runs(tmp_path, SET_UP)
    said = made.communicate(timeout=120)[1]
    assert made.returncode == 0, said
    for acknowledged in (1, 3, 6):  # after the first answer, in the middle, after the submission
        with runs(tmp_path, SENDER) as sender:
            told = [sender.stdout.readline().strip() for _ in range(acknowledged)]
            sender.send_signal(signal.SIGKILL)
        ((answers, submitted),) = asked(tmp_path, "SELECT answers, submitted_at FROM upstander_attempt")
        assert all(f'"{name}"' in answers for name in told if name != "submit")
        assert submitted or "submit" not in told
    again = runs(tmp_path, SENDER)
    again.communicate()
    for table, count in (("arrival", 6), ("completion", 1), ("certificate", 1)):
        assert asked(tmp_path, f"SELECT COUNT(*) FROM upstander_{table}") == [(count,)], table


def test_what_was_submitted_before_an_answer_arrives_late_stays_as_it_was(outline):
    enrolment = read_everything(INES, outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    submit_attempt(attempt.pk, outline, MOMENT)
    item = outline.assessment.bank[attempt.form[0]["item"]]
    with pytest.raises(Refusal, match="already-submitted"):
        save_answer(attempt.pk, item.id, right_answer(item), outline, MOMENT.at + timedelta(seconds=1))
    attempt.refresh_from_db()
    assert attempt.answers == {}
