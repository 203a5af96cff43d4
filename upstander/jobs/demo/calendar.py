"""The demo's season: the dates of the two programmes and of the cast moved so that today is in the middle of it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

#: The first group's opening day in `page-b.toml`; the demo's today is two to three weeks after it.
OPENS_ON = date(2021, 1, 13)
DAYS_AFTER_OPENING = 14
#: The yearly course began so long ago that its 45 days are just over for whoever had them whole.
YEARLY_BEGAN_DAYS_AGO = 50
#: A day so soon after today that more time until then is granted at once: the menu is due in 15 to 21 days, and a week
#: more needs no officer.
SOON_DAYS = 22
ISO_DAY = re.compile(r"\b20(?:1\d|2\d)-\d\d-\d\d\b")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Season:
    """How far the dates of 2020 and 2021 move; by whole weeks, so that a Wednesday stays one."""

    today: date

    @property
    def shift(self) -> timedelta:
        days = (self.today - OPENS_ON).days - DAYS_AFTER_OPENING
        return WEEK * (days // 7)

    def moved(self, text: str) -> str:
        """The text with every ISO date from 2010 on moved."""
        return ISO_DAY.sub(lambda found: (date.fromisoformat(found[0]) + self.shift).isoformat(), text)

    @property
    def years(self) -> str:
        """The season's academic year as a key: `2026-27`."""
        first = (date(2020, 9, 1) + self.shift).year
        return f"{first}-{(first + 1) % 100:02}"

    @property
    def yearly_began_on(self) -> date:
        """The first day of the yearly programme's cycle; never 29 February, which not every year has."""
        began = self.today - timedelta(days=YEARLY_BEGAN_DAYS_AGO)
        return began - timedelta(days=1) if (began.month, began.day) == (2, 29) else began
