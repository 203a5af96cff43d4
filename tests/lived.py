"""Days really lived: the cast with a few more people, the nightly run, and the sender with a relay that keeps all."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as configured

from tests.cast import PEOPLE, install
from tests.mail_relay import relay
from upstander.actions import notices
from upstander.actions.programmes import import_programme
from upstander.config.settings import PACKAGE
from upstander.core.days import Moment
from upstander.jobs import daily, sending
from upstander.models import Notice, Person, Standing
from upstander.queries.programmes import published

KAI, AIKO, LATE, LEAVER, RETURNER, NOWHERE, MISWRITTEN = (f"2000000{number}" for number in range(1, 8))
#: Hours at which the sender is let run: the night, and the beginning of the working day in every zone of the cast.
HOURS = (2, 9, 15, 20)


def _row(person: str, name: str, zone: str = "", starts: str = "2012-03-12", ends: str = "", leave: str = ",,") -> str:
    return (
        f"{person},{name},Ortega,,{name.lower()}@aldermere.example,1985-12-05,en,{zone},2012-03-12,employee,a-{person},"
        f"staff,Technician,music,yes,yes,,,,no,{starts},{ends},{leave}\n"
    )


MORE_PEOPLE = "".join(
    (
        _row(KAI, "Kai", "Pacific/Honolulu"),
        _row(AIKO, "Aiko", "Asia/Tokyo"),
        _row(LATE, "Late", starts="2021-02-03"),
        _row(LEAVER, "Leaver", ends="2021-02-24"),
        _row(RETURNER, "Returner", leave="medical,2021-01-28,2021-02-12"),
        _row(NOWHERE, "Nowhere"),
        _row(MISWRITTEN, "Miswritten"),
    )
)


def at(day: date, hour: int = 2) -> Moment:
    """The hour of the day in the institution's zone."""
    local = datetime.combine(day, time(hour), ZoneInfo(configured.INSTITUTION_ZONE))
    return Moment(local.astimezone(UTC), day)


def settle_in(moment: Moment, *programmes: str) -> None:
    """The roster with these people, two of them without an address that reaches them, and the programmes published."""
    install(moment, PEOPLE + MORE_PEOPLE)
    Person.objects.filter(pk=NOWHERE).update(email="")
    Person.objects.filter(pk=MISWRITTEN).update(email="not an address")
    for name in programmes:
        document = (PACKAGE / "programmes" / f"{name}.toml").read_text(encoding="utf-8")
        import_programme(document, moment, "test")


def live(monkeypatch: pytest.MonkeyPatch, settings, days: list[date], key: str) -> tuple[dict, Counter]:
    """Lives the days; everybody's state by person and day, and what arrived at the relay by day, person and kind."""
    return live_together(monkeypatch, settings, days, [key])[key]


def live_together(
    monkeypatch: pytest.MonkeyPatch, settings, days: list[date], keys: list[str]
) -> dict[str, tuple[dict, Counter]]:
    """Lives the days once; of each of these programmes what `live` says of one."""
    settings.DEMO = False
    notices.opening.cache_clear()
    found = {key: ({}, Counter()) for key in keys}
    with relay() as (kept, where):
        settings.SMTP = where
        for day in days:
            for hour in HOURS:
                moment = at(day, hour)
                monkeypatch.setattr(daily, "now", lambda moment=moment: moment)
                monkeypatch.setattr(sending, "now", lambda moment=moment: moment)
                daily.run() if hour == HOURS[0] else sending.run()
            for key, (states, arrived) in found.items():
                states |= {(person, day): state for person, state in _stand(key, day)}
                arrived.update(_taken(kept, key, day))
            kept.messages.clear()
    return found


def _stand(key: str, day: date):
    cycle = published(key).cycle_on(day).key
    return Standing.objects.filter(programme_id=key, cycle=cycle).values_list("person_id", "state")


def _taken(kept, key: str, day: date) -> Counter:
    """What the relay took since it was last asked, told apart by the notice that each message is.

    A letter of several counts once, for each programme of which it carries something; one about a session of its
    courses counts for a programme too.
    """
    codes = dict(Notice.objects.exclude(code=None).values_list("code", "pk"))
    courses, found = published(key).course_keys, Counter()
    for message in kept.messages:
        text = message.get_body(("plain",)).get_content()
        notice = Notice.objects.get(pk=next(pk for code, pk in codes.items() if code in text))
        assert notice.address == message["To"]
        about = {notice.programme_id, *Notice.objects.filter(went_with=notice).values_list("programme_id", flat=True)}
        if key in about or (notice.seat and notice.seat.session.offer.course_key in courses):
            found[day, notice.person_id, notice.kind] += 1
    return found


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=step) for step in range(count)]
