"""What is wrong with a draft, said to the officer: each problem as a sentence, with the place that it speaks of.

The rules' own words for a problem are English and meant for whoever edits the file. What is not known here stays as it
is, marked as English.
"""

import re
from collections.abc import Sequence

from django.utils.translation import gettext

from upstander.core.programme_check import Problem
from upstander.queries.drafts import DraftView
from upstander.web.office.workbench.parts import part_of_path
from upstander.web.office.workbench.problem_sentences import PROBLEM_SENTENCES
from upstander.web.office.workbench.problem_told import Told

_COMPILED = tuple((re.compile(pattern), sentence) for pattern, sentence in PROBLEM_SENTENCES)


def sentence_of(message: str) -> tuple[str, str]:
    """The rules' own words as a sentence in the reader's language, and "en" where it stays as it is."""
    for pattern, sentence in _COMPILED:
        found = pattern.search(message)
        if found:
            return gettext(sentence) % found.groupdict() if found.groupdict() else gettext(sentence), ""
    return message, "en"


def told(problems: Sequence[Problem]) -> list[Told]:
    """The problems as sentences, each once."""
    found = {}
    for problem in problems:
        text, lang = sentence_of(problem.message)
        found[problem.path, text] = Told(part_of_path(problem.path), problem.path, text, lang)
    return list(found.values())


def problems_of(view: DraftView) -> list[Told]:
    """What stands in the way of publishing a draft; an example that does not come out is one problem."""
    failing = [outcome for outcome in view.examples if not outcome.holds]
    rest = [problem for problem in view.problems if not (failing and problem.path == "examples")]
    said = gettext("The example “%(name)s” does not come out.")
    return told(rest) + [Told("examples", "examples", said % {"name": outcome.name}) for outcome in failing]
