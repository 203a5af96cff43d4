"""Takes in delivery reports: `python benchmarks/post.py [--reports N] [--postgres]`.

Every report is about another letter to another person, each in a transaction of its own, as a mailbox after a bad
roster has them. Prints messages a second in each tenth, by the clock and by processor time, the queries of the first
and of the last, and the peak memory.
"""

import argparse
import resource
import sys
import time
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from measuring import ROOT, database, machine, row

sys.path.insert(0, str(ROOT))
AT = datetime(2027, 1, 20, 15, 0, tzinfo=UTC)
TENTHS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with database(asked.postgres):
        measure(asked.reports)


def measure(reports: int) -> None:
    import django  # noqa: PLC0415 (the settings read the environment that `database` has set)

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from tests.incoming import delivery_report  # noqa: PLC0415
    from upstander.actions.post import receive  # noqa: PLC0415
    from upstander.actions.return_paths import bounce_to  # noqa: PLC0415
    from upstander.core.days import Moment  # noqa: PLC0415
    from upstander.jobs.database import prepare  # noqa: PLC0415
    from upstander.models import FailingAddress, Notice  # noqa: PLC0415
    from upstander.queries.post import counted_since, failing_rows  # noqa: PLC0415

    prepare()
    settings.MAIL_FROM, settings.MAIL_BOUNCES = "office@example.edu", "bounces@example.edu"
    moment = Moment(AT, AT.date())
    letters = _letters(reports)

    def take(place: int) -> None:
        letter, address = letters[place]
        raw = delivery_report(to=bounce_to(letter), recipient=address, message_id=f"{letter}@mx")
        assert receive(raw, moment) == "permanent"

    print(machine())  # noqa: T201
    with CaptureQueriesContext(
        connection,
    ) as first:
        take(0)
    tenth, done = reports // TENTHS, 1
    for number in range(TENTHS):
        begun, busy = time.perf_counter(), time.process_time()
        last = reports - 1 if number == TENTHS - 1 else done + tenth - 1
        for place in range(done, last):
            take(place)
        rate = (last - done) / (time.perf_counter() - begun)
        alone = (last - done) / (time.process_time() - busy)
        memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row(f"tenth {number + 1}", f"{rate:.0f} messages/s, {alone:.0f} by processor time, peak {memory_mb:.0f} MB")
        done = last
    with CaptureQueriesContext(connection) as final:
        take(reports - 1)
    row("queries of the first and the last", f"{len(first)} and {len(final)}")
    assert Notice.objects.filter(bounced_at=AT).count() == FailingAddress.objects.count() == reports
    begun = time.perf_counter()
    rows = failing_rows(FailingAddress.objects.all())
    row("the office's list", f"{len(rows)} people in {time.perf_counter() - begun:.2f} s")
    row("the line above it", str(counted_since(datetime(2027, 1, 1, tzinfo=UTC))))


def _letters(number: int) -> list[tuple[UUID, str]]:
    """So many people, and a letter to each that was sent."""
    from upstander.models import Notice, Person  # noqa: PLC0415

    day = date(2027, 1, 19)
    ids = [f"{10_000_000 + place}" for place in range(number)]
    Person.objects.bulk_create(
        [Person(id=one, legal_first_name="A", legal_last_name=one, email=f"{one}@example.edu") for one in ids],
        batch_size=5_000,
    )
    notices = [
        Notice(
            id=uuid4(), dedupe_key=one, kind="added", person_id=one, planned_for_on=day, planned_at=AT, state="sent",
            claimed_at=AT, sent_at=AT, address=f"{one}@example.edu",
        )
        for one in ids
    ]  # fmt: skip
    Notice.objects.bulk_create(notices, batch_size=5_000)
    return [(notice.pk, notice.address) for notice in notices]


if __name__ == "__main__":
    main()
