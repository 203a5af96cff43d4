"""Facts made up for looking at a letter before there is anything that it is about."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, override

from upstander.words.dates import long_date

_DAY = date(2027, 2, 17)


def example_words(lang: str, site: str) -> dict[str, Any]:
    """What each placeholder says in an example, in the language; `site` is the address of this one."""
    link = f"{site}/my-training/"
    with override(lang):
        return {
            "title": gettext("Preventing harassment"),
            "due": gettext("%(date)s, end of day") % {"date": long_date(_DAY, lang)},
            "due_day": long_date(_DAY, lang),
            "days_left": 12,
            "state": "open",
            "count": 1,
            "minutes": 45,
            "reasons": [gettext("You are paid staff."), gettext("Your group is asked in this period.")],
            "changed": "",
            "link": link,
            "certificate": f"{site}/verify/XXXX-XXXX-XXXX-XXXX/",
            "done_day": long_date(_DAY, lang),
            "number": "2027-0217",
            "day": long_date(_DAY, lang),
            "place": gettext("Library, room 204"),
            "when": gettext("%(date)s, 10:00 to 11:00") % {"date": long_date(_DAY, lang)},
            "course": gettext("Preventing harassment"),
            "helper": gettext("Alex Example"),
            "whom": gettext("Alex Example"),
            "is_own": True,
            "people": 2,
            "lines": [
                {"name": name, "title": gettext("Preventing harassment"), "due": long_date(_DAY, lang)}
                for name in (gettext("Alex Example"), gettext("Sam Example"))
            ],
            "items": [
                {"title": title, "when": gettext("due on %(date)s") % {"date": long_date(_DAY, lang)}, "link": link}
                for title in (gettext("Preventing harassment"), gettext("Safe field work"))
            ],
            "others": f"{site}/in-person/",
        }
