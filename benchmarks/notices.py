"""Plans, claims and hands over notices: `python benchmarks/notices.py [--people N] [--send N] [--senders N]`.

Uses the database that UPSTANDER_DATABASE_URL names (an empty one), else SQLite in a folder of its own. The relay is
aiosmtpd on loopback in a process of its own; each sender is a process. The bar: plan 100,000; decide again, claim and
hand over 200/s with one worker, more with more, never two.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from measuring import ROOT, machine, row

sys.path.insert(0, str(ROOT))
DAY = date(2021, 1, 20)
AT = datetime(2021, 1, 20, 15, 0, tzinfo=UTC)
RELAY = """
import sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        print(envelope.rcpt_tos[0], flush=True)
        return "250 taken"
controller = Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
while True:
    time.sleep(60)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--send", type=int, default=3_000, help="how many to hand over in each round")
    parser.add_argument("--senders", type=int, default=1)
    parser.add_argument("--port", type=int, default=8525)
    parser.add_argument("--send-one-share", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.send_one_share is not None:
        prepare()
        print(dict(send(asked.port, asked.send_one_share)))  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("UPSTANDER_DATA_DIR", folder)
        measure(asked.people, asked.send, asked.senders, asked.port, Path(folder))


def prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstander.config.settings")
    import django  # noqa: PLC0415 (the settings read the environment that main has set)

    django.setup()


def measure(people: int, count: int, senders: int, port: int, folder: Path) -> None:
    prepare()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    fill(people)
    row(f"{people} people; {machine()}", "seconds", "notices/s")
    planned = timed("plan, all due", people, plan)
    timed("plan again, nothing new", people, plan)
    log = folder / "relay.log"
    with log.open("w") as lines:
        relay = subprocess.Popen([sys.executable, "-c", RELAY, str(port)], stdout=lines)
    try:
        while not log.read_text().startswith("ready"):
            time.sleep(0.1)
        for number in sorted({1, senders}):
            share = count // number
            timed(f"claim and hand over, {number} sender(s)", share * number, partial(run_senders, number, share, port))
    finally:
        relay.terminate()
        relay.wait()
    arrived = Counter(log.read_text().splitlines()[1:])
    row(f"  planned {planned}, arrived {arrived.total()}, twice {sum(1 for n in arrived.values() if n > 1)}")


def timed(what: str, count: int, act) -> object:
    before = time.perf_counter()
    came = act()
    seconds = time.perf_counter() - before
    row(what, f"{seconds:.1f}", f"{count / seconds:.0f}")
    return came


def fill(people: int) -> None:
    """One unit, page-b published and open, and everybody with an open standing, past every import."""
    from upstander.actions.opening import open_sending  # noqa: PLC0415
    from upstander.actions.programmes import import_programme  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.models import Person, Standing, Unit  # noqa: PLC0415

    moment = Moment(AT, DAY)
    document = (ROOT / "upstander" / "programmes" / "page-b.toml").read_text(encoding="utf-8")
    import_programme(document, moment, "benchmark")
    open_sending("page-b", moment, "benchmark")
    Unit.objects.create(id="music", name="Department of Music", area="school")
    reasons = [
        {"code": "category", "facts": {"category": "staff", "unit": "music"}},
        {"code": "paid", "facts": {"unit": "music"}},
        {"code": "group", "facts": {"group": "all-schools", "opens_on": "2021-01-13", "due_on": "2021-02-17"}},
    ]
    for first in range(0, people, 10_000):
        ids = [f"{number:08d}" for number in range(first, min(people, first + 10_000))]
        Person.objects.bulk_create(
            [Person(id=i, legal_first_name="Ines", legal_last_name="Okafor", email=f"p{i}@a.example") for i in ids],
            batch_size=1_000,
        )
        Standing.objects.bulk_create(
            [
                Standing(
                    person_id=i, programme_id="page-b", cycle="2020-21", state="open", group="all-schools",
                    opens_on=date(2021, 1, 13), due_on=date(2021, 2, 17), reasons=reasons, decided_on=DAY,
                    decided_at=AT, next_change_on=date(2021, 2, 18), version=1,
                )
                for i in ids
            ],
            batch_size=1_000,
        )  # fmt: skip


def plan() -> int:
    from upstander.actions.notices import plan_due  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.queries.programmes import published  # noqa: PLC0415

    return plan_due(published("page-b"), Moment(AT, DAY)).by_kind.total()


def run_senders(senders: int, share: int, port: int) -> None:
    command = [sys.executable, __file__, "--port", str(port), "--send-one-share", str(share)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(senders)]
    if any(process.wait() for process in running):
        raise SystemExit("a sender failed")


def send(port: int, share: int) -> Counter:
    """Sends this many, as the sending job does."""
    from upstander.actions.sending import send_some  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.jobs.sending import AT_ONCE, rules  # noqa: PLC0415
    from upstander.wires.mail import Relay  # noqa: PLC0415

    moment, tally = Moment(AT + timedelta(seconds=1), DAY), Counter()
    where = {"host": "127.0.0.1", "port": port, "username": "", "password": "", "tls": "none", "connections": 3}
    with Relay(where) as wire:
        while tally["sent"] < share:
            some = send_some(moment, rules(), wire, min(AT_ONCE, share - tally["sent"]))
            if not some:
                break
            tally.update(some)
    return tally


if __name__ == "__main__":
    main()
