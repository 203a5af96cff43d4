"""One person, page to page: `python benchmarks/person.py [--people N] [--times N] [--postgres]`.

What a page asks before it shows somebody's standing, and what an answer, a completion or an officer sets off: medians
over many people, on the clock and of this process alone, with the number of queries. The bar: under 5 ms in the core
and its queries, and as many queries in a large university as in a small one.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from daily import DAYS, _publish
from measuring import database, machine, row, university


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres) as folder:
        import django  # noqa: PLC0415 (the settings read the environment that is set by now)

        django.setup()
        university(asked.people, asked.seed, folder)
        measure(asked.times)


def measure(times: int) -> None:
    """Runs every step over people drawn at random and prints its figures."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from django.db import connection, transaction  # noqa: PLC0415

    from upstander.actions import standing  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.core.decide import decide  # noqa: PLC0415
    from upstander.models import Person  # noqa: PLC0415
    from upstander.queries.facts import facts_of  # noqa: PLC0415
    from upstander.queries.programmes import published  # noqa: PLC0415

    day = DAYS["page-a"]
    moment = Moment(at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC), day=day)
    later = Moment(at=moment.at + timedelta(days=400), day=day + timedelta(days=400))
    _publish("page-a", moment)
    standing.decide_programme("page-a", moment, "programme")
    ids = list(Person.objects.values_list("pk", flat=True))
    drawn = random.Random(1).sample(ids, min(times, len(ids)))
    rules = published("page-a")
    known = [facts_of(person_id) for person_id in drawn]
    row(f"{len(ids)} people, {connection.vendor}; {machine()}", "median ms", "processor ms", "queries")

    def again(person_id: str) -> None:
        with transaction.atomic():
            standing.decide_again([person_id], moment, "completion")

    told("the facts of one person", facts_of, drawn)
    told("one decision in the core", lambda facts: decide(rules, facts, day), known)
    told("a page looks, nothing is stale", lambda one: standing.refresh(one, moment), drawn)
    told("decided again, nothing changed", again, drawn)
    told("a page looks, the standing is stale and written", lambda one: standing.refresh(one, later), drawn)


def told(what: str, work: Callable, things: list) -> None:
    """Runs one step for each and prints the middle of the figures."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    seconds, spent = [], []
    for thing in things[1:]:
        clock, processor = time.perf_counter(), time.thread_time()
        work(thing)
        seconds.append(time.perf_counter() - clock)
        spent.append(time.thread_time() - processor)
    with CaptureQueriesContext(connection) as asked:
        work(things[0])
    row(f"  {what}", *(f"{statistics.median(one) * 1000:.2f}" for one in (seconds, spent)), str(len(asked)))


if __name__ == "__main__":
    main()
