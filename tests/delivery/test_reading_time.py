"""The table of the shipped courses and their minutes in the reference is what the formula says of the files."""

import tomllib
from pathlib import Path

from tests.contracts.source import ROOT
from upstander.delivery.native.loader import course_keys, load

PACKAGE = ROOT / "upstander"
PAGE = ROOT / "docs" / "reference" / "courses.md"


def row(root: Path, key: str, institution: dict) -> str:
    """One course as a line of the table: what there is of it, and the minutes in each language."""
    courses = [load(root, key, lang, institution) for lang in ("en", "es")]
    english = courses[0]
    questions = sum(len(page.questions) for page in english.pages)
    minutes = " | ".join(str(one.minutes) for one in courses)
    return f"| `{key}` | {len(english.pages)} | {questions} | {len(english.items)} | {minutes} |"


def test_the_minutes_of_every_shipped_course_in_both_languages_stand_in_the_reference():
    institution = tomllib.loads((PACKAGE / "programmes" / "institution-demo.toml").read_text(encoding="utf-8"))
    rows = [row(PACKAGE / "content", key, institution) for key in course_keys(PACKAGE / "content")]
    stated = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `") and "|" in line]
    table = [line for line in stated if line.count("|") == 7]
    assert table == rows, "the table in docs/reference/courses.md is to read:\n" + "\n".join(rows)
