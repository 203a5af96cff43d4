"""Dates, states and headlines, as each language writes them."""

from datetime import date

import pytest
from django.utils.translation import override

from upstander.core.decision import STATES
from upstander.words.dates import days_left, deadline, long_date, month_year, plain_date, short_date, zone_words
from upstander.words.plan import choice_sentence, headline_at_rest, headline_to_do, time_sentence
from upstander.words.states import state_shape, state_word

DAY = date(2027, 2, 17)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "Wednesday 17 February 2027, end of day, Eastern time"),
        ("es", "miércoles 17 de febrero de 2027, hasta el final del día, hora del Este"),
    ],
)
def test_a_deadline_is_written_out(lang, written):
    assert deadline(DAY, lang, "America/New_York") == written


def test_the_shorter_forms_are_each_language_s_own():
    assert [f(DAY, "en") for f in (long_date, plain_date, month_year)] == [
        "Wednesday 17 February 2027", "17 February 2027", "February 2027",
    ]  # fmt: skip
    assert [f(DAY, "es") for f in (long_date, plain_date, month_year)] == [
        "miércoles 17 de febrero de 2027", "17 de febrero de 2027", "febrero de 2027",
    ]  # fmt: skip
    assert short_date(DAY, "es") == "17 feb 2027"


@pytest.mark.parametrize(
    ("due", "en", "es"),
    [
        (date(2027, 2, 18), "1 day left", "queda 1 día"),
        (date(2027, 3, 1), "12 days left", "quedan 12 días"),
        (DAY, "today is the last day", "hoy es el último día"),
        (date(2027, 2, 15), "2 days late", "2 días de retraso"),
    ],
)
def test_days_left_are_counted_in_whole_days(due, en, es):
    assert days_left(due, DAY, "en") == en
    assert days_left(due, DAY, "es") == es


def test_a_zone_without_a_name_of_ours_has_the_locale_s():
    assert zone_words("Europe/Berlin", "en") == "Central European Time"


def test_every_state_has_a_word_in_both_languages_and_a_shape():
    assert {state_word(state, "en") for state in STATES} & {state_word(state, "es") for state in STATES} == set()
    assert all(state_shape(state) for state in STATES)


@pytest.mark.parametrize(
    ("count", "due", "en", "es"),
    [
        (1, date(2027, 3, 1), "One training to finish by Monday 1 March",
         "Una capacitación por terminar, a más tardar el lunes 1 de marzo"),
        (2, date(2027, 3, 1), "Two trainings to finish, the first by Monday 1 March",
         "Dos capacitaciones por terminar, la primera a más tardar el lunes 1 de marzo"),
        (1, DAY, "One training to finish today", "Una capacitación por terminar hoy"),
        (1, date(2027, 2, 1), "One training to finish; it was due on Monday 1 February",
         "Una capacitación por terminar; venció el lunes 1 de febrero"),
        (1, None, "One training to finish", "Una capacitación por terminar"),
        (1, date(2028, 3, 1), "One training to finish by Wednesday 1 March 2028",
         "Una capacitación por terminar, a más tardar el miércoles 1 de marzo de 2028"),
    ],
)  # fmt: skip
def test_the_headline_answers_in_one_sentence(count, due, en, es):
    for lang, said in (("en", en), ("es", es)):
        with override(lang):
            assert headline_to_do(count, due, DAY) == said


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["satisfied", "undecided"], "We need one fact before we can tell you"),
        (["satisfied", "deferred"], "Nothing to do while you are on leave"),
        (["satisfied", "scheduled"], "Nothing to do until Monday 1 March"),
        (["satisfied", "not-required"], "You are done for now"),
        (["not-required", "exempt"], "You have nothing to take"),
        ([], "You have nothing to take"),
    ],
)
def test_when_nothing_can_be_done_the_headline_says_why(states, said):
    with override("en"):
        assert headline_at_rest(states, date(2027, 3, 1), DAY) == said


def test_the_choice_is_told_with_its_length():
    with override("en"):
        assert choice_sentence(1, [20, 30, 25, 20, 30]) == ("Choose one of five courses; each takes 20 to 30 minutes.")
        assert choice_sentence(1, [45]) == "It takes about 45 minutes."
        assert choice_sentence(2, [20, 20, 20]) == "Choose two of three courses; each takes about 20 minutes."
        assert choice_sentence(1, []) == ""


def test_late_is_said_without_blame():
    with override("en"):
        assert time_sentence(date(2027, 2, 16), DAY, 1) == ("It is 1 day late. You can still finish it, and it counts.")
