"""Every code with which a bad cell is told has its sentences and its place in the reference."""

import re

from tests.contracts.source import PACKAGE, ROOT
from upstander.words.roster import CODES

PAGE = (ROOT / "docs" / "reference" / "roster.md").read_text(encoding="utf-8")


def test_every_code_of_a_bad_cell_stands_in_the_reference():
    elsewhere = {"not-a-role", "unknown-person"}  # of completions
    table = PAGE.split("| code | it is told for |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z0-9-]+)`", table)) == CODES - elsewhere


def test_every_code_that_the_parsers_give_has_its_sentences():
    sources = [
        *PACKAGE.glob("core/roster*.py"),
        PACKAGE / "core" / "completion_rows.py",
        *PACKAGE.glob("actions/roster_plan.py"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    given = set(re.findall(r'None, "([a-z0-9-]+)"', text)) | set(
        re.findall(r'"(?:people|units|completions)", [^\n]*, "([a-z-]+)"', text)
    )
    assert given - CODES == set()
    assert {"not-a-date", "repeats-appointment", "unknown-person"} <= CODES
