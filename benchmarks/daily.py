"""Everybody from cold, then the daily run with nothing due: `python benchmarks/daily.py [--people N] [--postgres]`.

Uses the database that UPSTANDER_DATABASE_URL or UPSTANDER_DATA_DIR names (with its roster, if it has one), else one of
its own. Processor time beside the clock tells what the run itself cost where the machine has other work; the memory is
this process's highest so far. Decided as of a day on which the programme's window is open.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from measuring import ROOT, database, machine, row, university

DAYS = {"page-a": date(2020, 8, 15), "page-b": date(2021, 2, 17)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--programme", choices=DAYS, default="page-a")
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        import django  # noqa: PLC0415 (the settings read the environment that is set by now)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from upstander.models import Person  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        if not Person.objects.exists():
            university(asked.people, asked.seed, folder)
        measure(asked.programme)


def measure(key: str) -> None:
    """Runs every step and prints its figures."""
    from django.db import connection  # noqa: PLC0415

    from upstander.actions import standing  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.models import Person  # noqa: PLC0415

    day = DAYS[key]
    moment = Moment(at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC), day=day)
    following = Moment(at=moment.at + timedelta(days=1), day=day + timedelta(days=1))
    people = Person.objects.count()
    _publish(key, moment)
    row(f"{people} people, {key}, {connection.vendor}; {machine()}", "changes", "seconds", "processor", "peak MB")
    told("everybody from cold, stored with history", lambda: standing.decide_programme(key, moment, "programme"))
    told("everybody again, nothing changed", lambda: standing.decide_programme(key, moment, "programme"))
    standing.run_due(moment)  # other programmes that the database may hold
    told("the daily run, nothing due", lambda: standing.run_due(moment))
    told("the day after, on which the window has closed", lambda: standing.run_due(following))
    told("the daily run, nothing due", lambda: standing.run_due(following))
    row(f"  {machine()}")


def _publish(key: str, moment: object) -> None:
    """Stores the programme as published without deciding anybody yet; standings of an earlier run are dropped."""
    from upstander.models import Programme, ProgrammeVersion, Standing, StandingChange  # noqa: PLC0415

    Standing.objects.all().delete()
    StandingChange.objects.all().delete()
    document = (ROOT / "upstander" / "programmes" / f"{key}.toml").read_text(encoding="utf-8")
    programme, _ = Programme.objects.get_or_create(key=key)
    ProgrammeVersion.objects.get_or_create(
        programme=programme,
        number=1,
        defaults={"document": document, "digest": key, "made_at": moment.at, "published_at": moment.at},
    )


def told(what: str, work: Callable[[], int]) -> None:
    """Runs one step and prints it."""
    clock, processor = time.perf_counter(), sum(os.times()[:4])  # a second process is counted once it has ended
    changes = work()
    seconds, spent = time.perf_counter() - clock, sum(os.times()[:4]) - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row(f"  {what}", str(changes), f"{seconds:.2f}", f"{spent:.2f}", f"{peak:.0f}")


if __name__ == "__main__":
    main()
