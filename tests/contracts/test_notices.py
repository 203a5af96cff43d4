"""Every kind of notice has its folder, and every reason for not sending a heading in the reference."""

import re

from tests.contracts.source import PACKAGE, ROOT
from upstander.core.notices import ABOUT, NOT_SENT
from upstander.notices.letter import folder_of
from upstander.notices.registry import NOTICES


def headings() -> set[str]:
    text = (ROOT / "docs" / "reference" / "notices.md").read_text(encoding="utf-8")
    return {line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")}


def test_every_reason_for_not_sending_has_a_heading():
    assert sorted(NOT_SENT - headings()) == []


def test_every_kind_has_a_heading_and_a_folder_with_both_templates():
    keys = {notice.kind.key for notice in NOTICES}
    assert sorted(keys - headings()) == []
    folders = {folder_of(key) for key in keys}
    assert {path.parent.name for path in (PACKAGE / "notices").glob("*/notice.py")} == folders
    for folder in folders:
        assert (PACKAGE / "notices" / folder / "text.txt").is_file()
        assert (PACKAGE / "notices" / folder / "body.html").is_file()


def test_only_the_confirmation_may_go_to_somebody_who_is_done():
    of_duty = [notice.kind for notice in NOTICES if notice.kind.of_duty]
    assert {kind.key for kind in of_duty if not kind.asks} == {"confirmation"}


def test_every_kind_is_about_something_that_the_gate_knows():
    assert {notice.kind.about for notice in NOTICES} <= set(ABOUT)


def test_no_template_speaks_of_scores_or_routes():
    forbidden = re.compile(r"score|percent|points|waive|exempt|alternative|satisfied_kind|satisfied_ref", re.IGNORECASE)
    texts = [path for kind in ("*.txt", "*.html") for path in (PACKAGE / "notices").rglob(kind)]
    assert [path.name for path in texts if forbidden.search(path.read_text(encoding="utf-8"))] == []
