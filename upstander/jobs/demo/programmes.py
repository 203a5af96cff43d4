"""The demo's two programmes: the shipped files with their dates moved into the demo's season."""

from pathlib import Path

import tomlkit

from upstander.jobs.demo.calendar import Season

#: Who is told in the demo once the menu is overdue.
ESCALATION = (("person", 1), ("supervisor", 7), ("unit-administrator", 7), ("officer", 14))
#: What lets more time be granted at once.
LIMITS = "\n[cases.extension]\nautomatic_days = 7\nmost_days = 45\n"
FILES = Path(__file__).resolve().parent.parent.parent / "programmes"


def yearly(season: Season) -> str:
    """`page-a` with a year that began some weeks ago; its examples speak of other dates and stay out."""
    document = tomlkit.parse((FILES / "page-a.toml").read_text(encoding="utf-8"))
    document["cycle"]["starts_on"] = f"{season.yearly_began_on:%m-%d}"
    document["cycle"]["first_year"] = season.yearly_began_on.year
    del document["examples"]
    return tomlkit.dumps(document)


def menu(season: Season) -> str:
    """`page-b` with every date of the file moved by the same whole weeks, its examples too.

    It names the survey, whom to tell of what is overdue, that attendance counts as its first option,
    and how much more time is granted.
    """
    document = season.moved((FILES / "page-b.toml").read_text(encoding="utf-8"))
    document = document.replace("version = 1\n", 'version = 1\nsurvey = "pre-training"\n', 1)
    document = document.replace('course = "option-a"\n', 'course = "option-a"\nin_person = true\n', 1)
    document = document.replace("2020-21", season.years).replace("2020–21", season.years.replace("-", "–"))
    return f"{document.rstrip()}\n{LIMITS}{_escalation()}"


def _escalation() -> str:
    steps = (f'\n[[notices.escalation]]\nafter_days = {days}\nto = "{to}"\n' for to, days in ESCALATION)
    return "\n[notices]\n" + "".join(steps)
