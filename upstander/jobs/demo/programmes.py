"""The demo's two programmes: the shipped files with their dates moved into the demo's season."""

from pathlib import Path

import tomlkit

from upstander.jobs.demo.calendar import Season

FILES = Path(__file__).resolve().parent.parent.parent / "programmes"


def yearly(season: Season) -> str:
    """`page-a` with a year that began some weeks ago; its examples speak of other dates and stay out."""
    document = tomlkit.parse((FILES / "page-a.toml").read_text(encoding="utf-8"))
    document["cycle"]["starts_on"] = f"{season.yearly_began_on:%m-%d}"
    document["cycle"]["first_year"] = season.yearly_began_on.year
    del document["examples"]
    return tomlkit.dumps(document)


def menu(season: Season) -> str:
    """`page-b` with every date of the file moved by the same whole weeks, its examples too; it names the survey."""
    document = season.moved((FILES / "page-b.toml").read_text(encoding="utf-8"))
    document = document.replace("version = 1\n", 'version = 1\nsurvey = "pre-training"\n', 1)
    return document.replace("2020-21", season.years).replace("2020–21", season.years.replace("-", "–"))
