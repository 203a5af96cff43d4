"""Rosters around the standing cast: a crowd beside it, the days after it, and files without some of its people."""

from datetime import timedelta

from tests.cast import MOMENT, PEOPLE
from upstander.core.days import Moment


def later(days):
    return Moment(at=MOMENT.at + timedelta(days=days), day=MOMENT.day + timedelta(days=days))


def without(*person_ids, text=PEOPLE):
    return "".join(line for line in text.splitlines(keepends=True) if line[:8] not in person_ids)


def crowd(count, first=30_000_000):
    """Further people of Music, so that one person more or less is no great change."""
    columns = PEOPLE.splitlines()[0].split(",")
    lines = []
    for number in range(first, first + count):
        row = {
            "person_id": str(number),
            "email": f"p{number}@aldermere.example",
            "appointment_id": f"c-{number}",
            "category": "staff",
            "unit_id": "music",
            "paid": "yes",
            "starts_on": "2015-01-01",
            "onboarded_as": "employee",
            "onboarded_on": "2015-01-01",
        }
        lines.append(",".join(row.get(name, "") for name in columns))
    return "\n".join(lines) + "\n"


MANY = PEOPLE + crowd(60)
