"""A setting, a verb, a reason code or a kind of notice without a heading in the reference fails here."""

import re

from tests.contracts.source import ROOT
from upstander.config.env import KNOWN, PREFIX
from upstander.core.notices import NOT_SENT
from upstander.core.reasons import REASONS
from upstander.jobs.cli.main import VERBS
from upstander.notices.registry import NOTICES

REFERENCE = ROOT / "docs" / "reference"


def headings() -> set[str]:
    """Every heading of the reference, without marks."""
    lines = [line for page in REFERENCE.glob("*.md") for line in page.read_text(encoding="utf-8").splitlines()]
    return {re.sub(r"^#+\s*|`", "", line).strip() for line in lines if line.startswith("#")}


def test_every_setting_has_a_heading():
    assert sorted({PREFIX + name for name in KNOWN} - headings()) == []


def test_every_verb_has_a_heading():
    assert sorted({f"upstander {verb}" for verb in VERBS} - headings()) == []


def test_every_reason_has_a_heading():
    assert sorted(set(REASONS) - headings()) == []


def test_every_kind_of_notice_and_every_reason_for_not_sending_has_a_heading():
    assert sorted(({notice.kind.key for notice in NOTICES} | NOT_SENT) - headings()) == []
