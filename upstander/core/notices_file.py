"""What a programme file says of notices: the least notice before the due date, and who is told once it is overdue."""

from collections.abc import Mapping

from upstander.core.escalation import READERS, Step
from upstander.core.programme_reader import Reader

LONGEST_DAYS = 366


def read_notices(reader: Reader, document: Mapping) -> tuple[int, tuple[Step, ...]]:
    """The days of `minimum_notice_days` (0: none asked for), and the steps of `[[notices.escalation]]` in order."""
    table = reader.table(document, "notices", "", {"minimum_notice_days", "escalation"})
    least = reader.whole(table, "minimum_notice_days", "notices.", 0) or 0
    if least > LONGEST_DAYS:
        reader.wrong("notices.minimum_notice_days", f"must be at most {LONGEST_DAYS}")
        least = 0
    return least, tuple(sorted(_steps(reader, table)))


def _steps(reader: Reader, table: Mapping) -> set[Step]:
    found: set[Step] = set()
    for place, entry in enumerate(reader.tables(table, "escalation", "notices.")):
        path = f"notices.escalation[{place}]."
        reader.unknown_keys(entry, {"after_days", "to"}, path)
        after_days = reader.whole(entry, "after_days", path, None, 1)
        if "after_days" not in entry:
            reader.wrong(f"{path}after_days", "is missing: how many days after the due date")
        elif after_days and after_days > LONGEST_DAYS:
            reader.wrong(f"{path}after_days", f"must be at most {LONGEST_DAYS}")
        step = Step(after_days or 1, reader.choice(entry, "to", path, READERS))
        if step in found:
            reader.wrong(f"{path}to", "stands twice for the same day")
        found.add(step)
    return found
