"""Learner pages under load: `python benchmarks/learner_pages.py [--people N] [--rate R] [--seconds S] [--postgres]`.

Two web processes serve people who open their plan, open a lesson, answer in it and submit an assessment, so many
requests a second by a schedule that does not wait for slow answers: a request's time runs from when it was due. At the
end what the server acknowledged is compared with what is stored. The load program runs on the same cores.
"""

import argparse
import asyncio
import os
import resource
import secrets
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from measuring import ROOT, database, machine, row, university

PORT = 8399
COURSE = "option-b"
WEB_PROCESSES = 2
STARTS_IN_SECONDS = 60


@dataclass
class Reader:
    """One person with a session, their open attempt and the address of a lesson with a question."""

    cookie: str
    token: str
    mark: str
    attempt: str
    lesson: str
    block: str
    choices: list[str]
    item: int
    answers: list[str]


@dataclass
class Counted:
    """What came back: seconds by kind of request, statuses, and how much was acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter = field(default_factory=Counter)
    submitted: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        import django  # noqa: PLC0415 (the settings read the environment that is set by now)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        university(asked.people, 1, folder)
        readers = prepare()
        what = f"{len(readers)} readers, {connection.vendor}, {asked.rate:.0f} requests/s; {machine()}"
        row(what, "requests", "median ms", "p95 ms", "worst ms")
        server = serve()
        try:
            counted = asyncio.run(load(readers, asked.rate, asked.seconds, asked.connections))
        finally:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            server.terminate()
            server.wait(30)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told(counted, asked.seconds)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        row("  processor ms a request, the start included", f"{spent * 1000 / counted.statuses.total():.1f}")
        compared(counted)


def prepare() -> list[Reader]:
    """Publishes the menu and lets everybody on the roster begin the course, with every page read."""
    from django.conf import settings  # noqa: PLC0415

    from upstander.actions import standing  # noqa: PLC0415
    from upstander.actions.course_editions import record_shipped  # noqa: PLC0415
    from upstander.actions.programmes import import_programme  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.delivery import catalogue  # noqa: PLC0415
    from upstander.jobs import catalogues, site_files  # noqa: PLC0415
    from upstander.models import Person  # noqa: PLC0415

    catalogues.compile_catalogues()
    site_files.collect()
    record_shipped(Path(settings.CONTENT_ROOT), Moment.of(datetime.now(UTC), settings.INSTITUTION_ZONE))
    moment = Moment.of(datetime.now(UTC), settings.INSTITUTION_ZONE)
    import_programme(
        (ROOT / "upstander" / "programmes" / "page-b.toml").read_text(encoding="utf-8"), moment, "benchmark"
    )
    standing.decide_programme("page-b", moment, "programme")
    course = catalogue.edition(COURSE, "en")
    return [reader(person, course, moment) for person in Person.objects.order_by("pk")]


def reader(person: object, course: object, moment: object) -> Reader:
    """One person in the middle of the course, signed in, with an open attempt."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from upstander.actions import learning  # noqa: PLC0415
    from upstander.actions.completion import begin_attempt  # noqa: PLC0415
    from upstander.models import Account, PageSeen  # noqa: PLC0415
    from upstander.web.kept_post import mark_of  # noqa: PLC0415

    account = Account.objects.create_user(f"reader-{person.pk}@example.org", person=person)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.create()
    enrolment = learning.begin(person.pk, course.outline, moment)
    PageSeen.objects.bulk_create(
        PageSeen(enrolment=enrolment, page=page, at=moment.at) for page in course.outline.pages
    )
    attempt = begin_attempt(enrolment.pk, course.outline, "en", moment)
    page = next(page for page in course.pages if page.questions)
    bank = course.outline.assessment.bank
    number, item = next((n, bank[line["item"]]) for n, line in enumerate(attempt.form, 1) if bank[line["item"]].options)
    token = secrets.token_hex(16)
    return Reader(
        cookie=f"upstander_session={session.session_key}; upstander_csrf={token}", token=token,
        mark=mark_of(enrolment.pk), attempt=str(attempt.pk), lesson=f"/learn/{COURSE}/{page.ref}/",
        block=page.questions[0].id, choices=[answer.id for answer in page.questions[0].answers], item=number,
        answers=[option.id for option in item.options][:1],
    )  # fmt: skip


def serve() -> subprocess.Popen:
    """The site as it is served to anybody, once it answers."""
    command = [sys.executable, "-m", "upstander.jobs.web_process", "127.0.0.1", str(PORT), str(WEB_PROCESSES)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "UPSTANDER_LOG_LEVEL": "ERROR"})
    deadline = time.monotonic() + STARTS_IN_SECONDS
    while time.monotonic() < deadline:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return server
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    server.kill()
    raise SystemExit("the site did not start")


def requests(readers: list[Reader]) -> list[tuple[str, Reader, str, dict | None]]:
    """Plan, lesson, answer, answer in the assessment, submission: of one reader after the other."""
    found = []
    for one in readers:
        sent = {"csrfmiddlewaretoken": one.token, "mark": one.mark}
        found += [
            ("plan", one, "/my-training/", None),
            ("lesson", one, one.lesson, None),
            ("answer", one, one.lesson, {**sent, "key": str(uuid4()), "block": one.block, "answer": one.choices[0]}),
            ("question", one, f"/learn/{COURSE}/assessment/{one.item}/", None),
            ("answer of the assessment", one, f"/learn/{COURSE}/assessment/{one.item}/",
             {**sent, "key": str(uuid4()), "attempt": one.attempt, "answer": one.answers, "go": "next"}),
            ("submit", one, f"/learn/{COURSE}/assessment/answers/",
             {**sent, "key": str(uuid4()), "attempt": one.attempt}),
        ]  # fmt: skip
    return found


async def load(readers: list[Reader], rate: float, seconds: float, connections: int) -> Counted:
    """Sends by the schedule over so many kept connections; a reader's requests go in their order."""
    counted, waiting = Counted(), asyncio.Queue()
    senders = [asyncio.create_task(sender(waiting, counted)) for _ in range(connections)]
    six = requests(readers)
    count = min(int(rate * seconds), len(six) // 6 * 6)
    # readers take turns, so that nobody's next request waits for the one before
    lanes = [six[start : start + 6] for start in range(0, count, 6)]
    order = [
        lane[step] for group in range(0, len(lanes), 60) for step in range(6) for lane in lanes[group : group + 60]
    ]
    began = time.perf_counter()
    for number, request in enumerate(order):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        waiting.put_nowait((due, request))
    await waiting.join()
    for task in senders:
        task.cancel()
    return counted


async def sender(waiting: asyncio.Queue, counted: Counted) -> None:
    """One kept connection that takes the next request that is due."""
    stream = None
    while True:
        due, (kind, one, path, data) = await waiting.get()
        try:
            stream = stream or await asyncio.open_connection("127.0.0.1", PORT)
            status = await exchange(stream, one, path, data)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            status, stream = 0, None
        counted.seconds[kind].append(time.perf_counter() - due)
        counted.statuses[status] += 1
        if status in (200, 302) and kind == "submit":
            counted.submitted.add(one.attempt)
        if status in (200, 302) and kind == "answer":
            counted.answered.add(one.mark.split(":")[0])
        waiting.task_done()


async def exchange(stream: tuple, one: Reader, path: str, data: dict | None) -> int:
    """One request and its answer over a kept connection; the status."""
    source, sink = stream
    body = urlencode(data, doseq=True).encode() if data else b""
    head = f"{'POST' if data else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {one.cookie}\r\n"
    if data:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    sink.write(head.encode() + b"\r\n" + body)
    await sink.drain()
    answer = (await source.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "content-length:" in answer:
        await source.readexactly(int(answer.split("content-length:")[1].split("\r\n")[0]))
    elif "transfer-encoding: chunked" in answer:
        while size := int((await source.readline()).strip(), 16):
            await source.readexactly(size + 2)
        await source.readline()
    return int(answer.split(" ", 2)[1])


def told(counted: Counted, seconds: float) -> None:
    """Prints the figures by kind of request and together."""
    every = sorted(one for times in counted.seconds.values() for one in times)
    for kind, times in [*counted.seconds.items(), ("together", every)]:
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)]
        figures = (statistics.median(ordered), p95, ordered[-1])
        row(f"  {kind}", str(len(ordered)), *(f"{one * 1000:.0f}" for one in figures))
    row("  by status (0: no answer)", *(f"{status}: {count}" for status, count in sorted(counted.statuses.items())))
    row("  requests a second", f"{len(every) / max(seconds, every[-1]):.0f}")


def compared(counted: Counted) -> None:
    """Prints whether everything that was acknowledged is stored, once."""
    from upstander.models import Attempt, LessonAnswer  # noqa: PLC0415

    submitted = {str(one) for one in Attempt.objects.exclude(submitted_at=None).values_list("pk", flat=True)}
    answered = {str(one) for one in LessonAnswer.objects.values_list("enrolment_id", flat=True)}
    row("  acknowledged and not stored", f"{len(counted.submitted - submitted) + len(counted.answered - answered)}")
    row("  acknowledged submissions, answers", str(len(counted.submitted)), str(len(counted.answered)))


if __name__ == "__main__":
    main()
