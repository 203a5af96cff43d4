"""Every reason is a whole sentence in English and in Spanish, for whoever it is decided."""

import re
from dataclasses import dataclass

import pytest

from tests.emitted import emitted
from upstander.core.decision import Reason
from upstander.core.reasons import REASONS
from upstander.words.reasons import Naming, sentences

LANGUAGES = ("en", "es")
NAMES = Naming({"U1": "Physics", "U2": "Library"}, {"all-schools": "All schools"}, {"core": "The core course"})


@dataclass(frozen=True)
class Standing:
    """As little of a standing as its sentences need."""

    reasons: tuple[Reason, ...]


def said(reason: Reason, lang: str, naming: Naming | None = None) -> str:
    (sentence,) = sentences(Standing((reason,)), lang, naming)
    assert sentence.code == reason.code
    assert sentence.source
    return sentence.text


def test_every_code_is_put_before_the_translators():
    assert {reason.code for reason in emitted()} == set(REASONS)


@pytest.mark.row("A05")
@pytest.mark.parametrize("naming", [None, NAMES], ids=["without names", "with names"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_is_a_whole_sentence_with_every_gap_filled(lang: str, naming: Naming | None):
    for reason in emitted():
        text = said(reason, lang, naming)
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ].*[.]", text), (reason, text)
        assert not re.search(r"%\(|%s|\bNone\b|\d{4}-\d{2}-\d{2}|  |\bin \.|“”|«»", text), (reason, text)


def test_groups_that_tie_are_quoted_and_listed_as_the_language_does():
    tie = Reason("groups-tie", {"groups": ("all-schools", "central")})
    assert "“All schools” and “central”" in said(tie, "en", NAMES)
    assert "«All schools» y «central»" in said(tie, "es", NAMES)


def test_one_part_is_not_said_as_several():
    done = Reason("parts-done", {"done": 0, "needed": 1})
    assert said(done, "en") == "You have completed 0 of the 1 part needed."
    assert said(done, "es") == "Usted ha completado 0 de la única parte necesaria."


def test_no_sentence_is_the_same_in_both_languages():
    same = {reason.code for reason in emitted() if said(reason, "en") == said(reason, "es")}
    assert same == set()


def test_the_sentences_of_a_whole_decision_say_nothing_twice():
    reasons = (
        Reason("category", {"appointment": "A1", "category": "staff", "unit": "U1"}),
        Reason("paid", {"appointment": "A1"}),
        Reason("category", {"appointment": "A2", "category": "staff", "unit": "U1"}),
        Reason("paid", {"appointment": "A2"}),
    )
    assert [s.text for s in sentences(Standing(reasons), "en", NAMES)] == ["You are paid staff in Physics."]
    assert [s.code for s in sentences(Standing(reasons), "es", NAMES)] == ["category"]


def test_a_code_without_a_sentence_is_a_defect_and_is_not_passed_over():
    with pytest.raises(KeyError):
        sentences(Standing((Reason("never-heard-of", {}),)), "en")


@pytest.mark.row("A09", "B10")
@pytest.mark.parametrize(
    "reason, en, es",
    [
        (
            Reason("leave-in-part", {"leave_kind": "medical", "from_on": "2021-01-25"}),
            "You are on medical leave from 25 January 2021, but not in all of your appointments. "
            "The due date moves only by the days on which you are on leave in all of them.",
            "Usted está de licencia médica desde el 25 de enero de 2021, pero no en todos sus nombramientos. "
            "La fecha límite solo se aplaza por los días en que está de licencia en todos ellos.",
        ),
        (
            Reason("due-moved-by-leave", {"from_due_on": "2021-02-17", "due_on": "2021-02-18", "days": 1}),
            "Your due date moved from 17 February 2021 to 18 February 2021, for 1 day of leave.",
            None,
        ),
    ],
    ids=lambda value: value.code if isinstance(value, Reason) else "",
)
def test_leave_is_explained_in_the_readers_language(reason: Reason, en: str, es: str | None):
    assert said(reason, "en") == en
    assert es is None or said(reason, "es") == es
