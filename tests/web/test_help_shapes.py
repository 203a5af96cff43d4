"""Help for programmes of other shapes than the two pages': cycles of one's own, parts, months, grace."""

import re

import pytest

from tests.cast import INES, MOMENT, NOOR, RUTH, TOMAS
from tests.staff import PROGRAMMES
from upstander.core.decide import decide
from upstander.core.programme_file import parse_programme
from upstander.core.questions_asker import Asker
from upstander.core.questions_own import personal
from upstander.queries.facts import facts_of
from upstander.web.public.help_answers import answers_of

OWN_CYCLES = """[cycle]
kind = "own"
counted_from = "completion"
every_months = 24
rounding = "last-day"
starts_on = 2020-07-01
renewal_days = 60
"""
EVERY = '[cycle]\nkind = "every"\nstarts_on = 2020-07-01\nevery_months = 24\nrounding = "last-day"\n'
YEARLY = '[cycle]\nkind = "yearly"\nstarts_on = "07-01"\nfirst_year = 2020\n'
PARTS = """[[requirement.parts]]
key = "base"
title = { en = "Base", es = "Base" }
complete = 1
of = ["core", "option-a"]
[[requirement.parts]]
key = "supervisors"
title = { en = "For supervisors", es = "Para quien supervisa" }
when = { supervises = true }
complete = "all"
of = ["option-e"]
[[requirement.parts]]
key = "topics"
title = { en = "Policy", es = "Política" }
minutes = 30
topics = ["policy"]
within_months = 24
rounding = "last-day"

"""
MENU = """[[options]]
course = "core"
minutes = 45
topics = ["policy"]

[[options]]
course = "option-a"

[[options]]
course = "option-e"

[[equivalencies]]
course = "outside-course"
counts_as = "core"
from_on = 2020-07-01
to_on = 2021-06-30
"""
SHAPES = {
    "cycles of one's own": [(YEARLY, OWN_CYCLES)],
    "every two years": [(YEARLY, EVERY)],
    "grace": [("grace_days = 0", "grace_days = 7")],
    "parts": [("[requirement]\ncomplete = 1\n", PARTS), ('[[options]]\ncourse = "core"\n', MENU)],
    "a window of months": [("days = 45", 'months = 2\nrounding = "last-day"')],
}


@pytest.mark.row("C02")
@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_programme_of_any_shape_is_answered_in_whole_sentences(installed_university, db, shape, lang):
    document = (PROGRAMMES / "page-a.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    for before, after in SHAPES[shape]:
        assert before in document
        document = document.replace(before, after)
    rules = parse_programme(document)
    answers_here = answers_of(rules, MOMENT.day, lang)
    for person_id in (INES, RUTH, NOOR, TOMAS):
        facts = facts_of(person_id)
        asker = Asker(facts, decide(rules, facts, MOMENT.day))
        for question in answers_here.questions:
            said = answers_here.say(personal(rules, answers_here.courses, asker, MOMENT.day, question.key))
            assert all(len(str(one)) > 8 and "%(" not in str(one) for one in said)
    told = " ".join(str(one) for entry in answers_here.entries for one in entry.general)
    assert not re.search(r"%\(|None|9999|\bown\b-", told)
