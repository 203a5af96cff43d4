"""Every reason code is emitted by something, carries exactly its facts, and is nowhere invented."""

import re

from tests.emitted import emitted
from upstander.core.reasons import REASONS


def test_every_code_is_emitted_by_somebody_s_decision():
    assert set(REASONS) - {reason.code for reason in emitted()} == set()


def test_every_reason_carries_exactly_the_facts_that_its_code_needs():
    wrong = [r for r in emitted() if r.code not in REASONS or set(r.facts) != REASONS[r.code].facts]
    assert wrong == []


def test_the_facts_of_a_reason_are_plain_values():
    def plain(value: object) -> bool:
        if isinstance(value, list):
            return all(isinstance(entry, str) for entry in value)
        return value is None or type(value) in (str, int, bool)

    assert [r for r in emitted() if not all(plain(value) for value in r.facts.values())] == []


def test_every_code_has_an_owner_and_the_form_of_a_code():
    assert {kind.owner for kind in REASONS.values()} == {"roster", "record", "rule", "officer"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in REASONS)
