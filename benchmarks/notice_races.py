"""Races a completion against the claim of a letter: `python benchmarks/notice_races.py [--races N] [--postgres]`.

Each race is one person, two threads and one letter that asks, of one of the kinds by turns; both begin at the same
moment, with a random start of a few milliseconds for one of them. Printed: how many letters were stopped, how many
went before the completion, how many crossed it (each on record as crossed), and two figures that must be nought: a
letter that went although the completion was committed before its claim began, and one that crossed without a record.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from threading import Barrier, Thread

from measuring import ROOT, database, machine, row

DAY = date(2021, 1, 20)
AT = datetime(2021, 1, 20, 15, 0, tzinfo=UTC)
CYCLE = "2020-21"
JITTER_SECONDS = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--races", type=int, default=500)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        os.environ.setdefault("UPSTANDER_DATA_DIR", str(folder))
        measure(asked.races)


def measure(races: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upstander.config.settings")
    import django  # noqa: PLC0415 (the settings read the environment that main has set)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    kinds = fill(races)
    row(f"{races} races on {connection.vendor}; {machine()}", "races")
    tally = Counter(run(number, kinds[number % len(kinds)]) for number in range(races))
    for outcome in ("stopped", "went before", "crossed", "WENT AFTER", "CROSSED UNRECORDED"):
        row(outcome, str(tally[outcome]))
    if tally["WENT AFTER"] or tally["CROSSED UNRECORDED"]:
        sys.exit(1)


def fill(people: int) -> list[str]:
    """page-b open, everybody staff of one unit with an open standing and one letter; the kinds that take turns."""
    from upstander.actions.opening import open_sending  # noqa: PLC0415
    from upstander.actions.programmes import import_programme  # noqa: PLC0415
    from upstander.actions.standing import run_due  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.models import Appointment, Notice, Person, Unit  # noqa: PLC0415

    moment, kinds = Moment(AT, DAY), ["added", "reminder"]
    unit = Unit.objects.create(id="music", name="Department of Music", area="school")
    ids = [f"{number:08d}" for number in range(people)]
    Person.objects.bulk_create(
        [Person(id=i, legal_first_name="Ines", legal_last_name="Okafor", email=f"p{i}@a.example") for i in ids],
        batch_size=500,
    )
    Appointment.objects.bulk_create(
        [
            Appointment(id=f"a{i}", person_id=i, unit=unit, category="staff", paid=True, benefits_eligible=True,
                        starts_on=date(2015, 1, 1))
            for i in ids
        ],
        batch_size=500,
    )  # fmt: skip
    import_programme((ROOT / "upstander" / "programmes" / "page-b.toml").read_text(encoding="utf-8"), moment, "bench")
    open_sending("page-b", moment, "bench")
    run_due(moment)
    Notice.objects.bulk_create(
        [
            Notice(
                dedupe_key=f"{kinds[at % 2]}:{i}:page-b:{CYCLE}:asked-1", kind=kinds[at % 2], person_id=i,
                programme_id="page-b", cycle=CYCLE, planned_for_on=DAY, planned_at=AT,
            )
            for at, i in enumerate(ids)
        ],
        batch_size=500,
    )  # fmt: skip
    return kinds


def run(number: int, kind: str) -> str:
    """One race; what became of the letter."""
    from tests.staff import complete  # noqa: PLC0415
    from upstander.actions.sending import Rules, claim, settle  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.models import Notice  # noqa: PLC0415
    from upstander.notices.registry import letters  # noqa: PLC0415
    from upstander.wires.mail import Handed, Outcome  # noqa: PLC0415

    moment, rules = Moment(AT, DAY), Rules(letters(lambda course, lang: None))
    notice = Notice.objects.get(person_id=f"{number:08d}", kind=kind)
    start, said, times = Barrier(2), [], {}
    lead = random.uniform(-JITTER_SECONDS, JITTER_SECONDS)

    def completing() -> None:
        start.wait()
        time.sleep(max(0.0, lead))
        complete(notice.person_id, moment)
        times["completed"] = time.perf_counter()
        hang_up()

    def claiming() -> None:
        start.wait()
        time.sleep(max(0.0, -lead))
        times["claim begins"] = time.perf_counter()
        said.append(claim(notice.pk, moment, rules))
        times["claimed"] = time.perf_counter()
        if not isinstance(said[0], str):
            settle(notice.pk, Handed(Outcome.ACCEPTED), moment, rules)
            times["settled"] = time.perf_counter()
        hang_up()

    threads = [Thread(target=completing), Thread(target=claiming)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return judged(notice, said[0], times)


def judged(notice, said, times: dict[str, float]) -> str:
    if isinstance(said, str):
        return "stopped"
    notice.refresh_from_db()
    if times["completed"] < times["claim begins"]:
        return "WENT AFTER"
    if notice.crossed:
        return "crossed"
    return "CROSSED UNRECORDED" if times["completed"] < times["claimed"] else "went before"


def hang_up() -> None:
    from django.db import connection  # noqa: PLC0415

    connection.close()


if __name__ == "__main__":
    main()
