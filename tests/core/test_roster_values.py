"""Cells of a roster: what is taken, what is refused, and with which code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core import roster_values as values
from upstander.core.roster_mapping import Names, columns_of
from upstander.core.roster_rows import COLUMNS, REQUIRED, RowParser
from upstander.core.roster_values import Rules

DAY = date(2021, 1, 20)
RULES = Rules(DAY, frozenset({"music"}), frozenset({"en", "es"}), frozenset({"America/New_York"}))


@pytest.mark.parametrize("text", ["2021-01-20", "1900-01-01", "2199-12-31", "2020-02-29"])
def test_a_day_of_the_calendar_is_kept_as_iso_text(text):
    assert values.iso_date(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0202-01-15", "year-out-of-range"),
        ("0000-01-01", "year-out-of-range"),
        ("9999-12-31", "year-out-of-range"),
        ("2021-02-29", "no-such-day"),
        ("2021-13-01", "no-such-day"),
        ("15/01/2021", "not-a-date"),
        ("20210115", "not-a-date"),
        ("2021-W03-1", "not-a-date"),
        ("２０２１-01-15", "not-a-date"),
        ("=TODAY()", "formula"),
    ],
)
def test_a_wrong_day_is_refused_with_its_reason(text, code):
    assert values.iso_date(text) == (None, code)


@pytest.mark.parametrize("text", ["1234567", "123456789", "1234567a", "１２３４５６７８", "", "12 34567"])
def test_only_eight_ascii_digits_are_a_person_id(text):
    assert not values.is_person_id(text)


def test_an_id_with_leading_zeros_is_kept_whole():
    assert values.person_id("00000042") == ("00000042", "")


@pytest.mark.parametrize("text", ["yes", "YES", "true", "1", "y", "Y", "True"])
def test_every_agreed_yes_is_true(text):
    assert values.yes_no(text) == (True, "")


@pytest.mark.parametrize("text", ["no", "FALSE", "0", "n"])
def test_every_agreed_no_is_false(text):
    assert values.yes_no(text) == (False, "")


@pytest.mark.parametrize("text", ["maybe", "2", "ja", "oui", "-"])
def test_anything_else_is_neither(text):
    assert values.yes_no(text) == (None, "not-yes-or-no")


@pytest.mark.parametrize("text", ["a@b.example", "o'neil+x@mail.univ.example", "josé@univ.example", "1@2.example"])
def test_an_address_that_mail_can_go_to_is_taken(text):
    assert values.email(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    ["a", "a@b", "a@", "a b@c.example", "a@b@c.example", "a@b.example, c@d.example", "a@b..example",
     ".a@b.example", "a@b.example\nBcc: all@b.example", "<a@b.example>", "a@-b.example"],
)  # fmt: skip
def test_an_address_that_mail_cannot_go_to_is_refused(text):
    assert values.email(text)[1] == "not-an-email"


def test_a_formula_is_text_where_text_is_right_and_a_fault_where_it_is_not():
    assert values.text_of(100)("=HYPERLINK(1)") == ("=HYPERLINK(1)", "")
    assert values.identifier_of(60)("=1+1") == (None, "formula")
    assert values.email("@sum(a1)") == (None, "formula")


@pytest.mark.parametrize("name", ["Ñandú", "Nguyễn Thị Minh Khai", "李小龍", "O’Brien-Łukasik", "محمد", "क्‍ष", "-"])
def test_names_of_every_script_are_text(name):
    assert values.text_of(100)(name) == (name, "")


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\x1fb", "a\u2028b"])
def test_a_line_break_in_a_text_is_a_fault(text):
    assert values.text_of(100)(text) == (None, "control-character")


def test_a_language_is_kept_by_its_own_spelling():
    read = values.language_in(frozenset({"en", "es"}))
    assert read("es_MX") == ("es-MX", "")
    assert read("EN") == ("en", "")
    assert read("English") == (None, "unknown-language")
    assert read("xx") == (None, "unknown-language")


def parser(header=COLUMNS):
    names = columns_of(header, Names(), COLUMNS, REQUIRED, "people.csv")
    return RowParser(names, RULES)


@given(st.lists(st.text(max_size=30), min_size=0, max_size=40))
def test_no_row_of_whatever_text_raises(cells):
    made = parser().row(2, cells)
    assert made.problems


@given(st.lists(st.lists(st.text(max_size=12), min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=4))
def test_no_person_of_whatever_rows_raises(rows):
    parser().person(list(enumerate(rows, 2)))


@given(st.text(max_size=60))
def test_every_reader_answers_every_text(text):
    for read in (values.iso_date, values.yes_no, values.email, values.student_year, values.person_id):
        value, code = read(text)
        assert (value is None) == bool(code)
