"""What is wrong with a cell of an imported file, and what would be right, in the reader's language."""

from django.utils.translation import gettext, gettext_noop

from upstander.core.facts import LEAVE_KINDS
from upstander.core.roster import Problem
from upstander.core.roster_values import CATEGORIES, FIRST_YEAR, LAST_YEAR

#: code -> (what is wrong, what would be right)
_PROBLEMS = {
    "appointment-disagrees": (
        gettext_noop("this appointment says something else in an earlier row (%(value)s)"),
        gettext_noop("the same in every row of appointment %(appointment_id)s; only the leave may differ"),
    ),
    "appointment-held": (
        gettext_noop("this appointment belongs to %(holder)s, who stays unchanged in this import"),
        gettext_noop("an appointment id of its own, or a good row for %(holder)s"),
    ),
    "appointment-of-two": (
        gettext_noop("this appointment is also claimed by %(other)s"),
        gettext_noop("an appointment id that one person has"),
    ),
    "blank": (gettext_noop("nothing stands here"), gettext_noop("a value; this column is required")),
    "control-character": (
        gettext_noop("a line break or another control character stands here"),
        gettext_noop("text on one line; a quotation mark may be missing nearby"),
    ),
    "disagrees": (
        gettext_noop("this person's rows do not agree: %(values)s"),
        gettext_noop("the same value in every row of this person"),
    ),
    "ends-before-start": (
        gettext_noop("the appointment ends before it starts (%(starts_on)s)"),
        gettext_noop("a day on or after %(starts_on)s, or nothing"),
    ),
    "formula": (
        gettext_noop("this begins like a formula of a spreadsheet"),
        gettext_noop("the plain value; formulas are never computed"),
    ),
    "in-the-future": (gettext_noop("this day has not come yet"), gettext_noop("today or an earlier day")),
    "leave-ends-before-start": (
        gettext_noop("the leave ends before it starts (%(leave_from)s)"),
        gettext_noop("a day on or after %(leave_from)s, or nothing for until further notice"),
    ),
    "leave-without-kind": (gettext_noop("a leave without its kind"), gettext_noop("one of %(leave_kinds)s")),
    "leave-without-start": (gettext_noop("a leave without its first day"), gettext_noop("a day as YYYY-MM-DD")),
    "no-such-day": (gettext_noop("the calendar has no such day"), gettext_noop("a day as YYYY-MM-DD")),
    "not-8-digits": (
        gettext_noop("this is not an ID number"),
        gettext_noop("exactly 8 digits; a spreadsheet may have dropped zeros at the beginning"),
    ),
    "not-a-code": (
        gettext_noop("this is not a code"),
        gettext_noop("small letters, digits, _ and -, beginning with a letter"),
    ),
    "not-a-date": (gettext_noop("this is not a date"), gettext_noop("a day as YYYY-MM-DD")),
    "not-a-role": (gettext_noop("this is not a role"), gettext_noop("employee or student")),
    "not-a-student-year": (gettext_noop("this is not a year of study"), gettext_noop("a whole number from 1 to 15")),
    "not-an-email": (gettext_noop("this is not an e-mail address"), gettext_noop("one address, name@host.domain")),
    "not-person-ids": (
        gettext_noop("these are not ID numbers"),
        gettext_noop("numbers of exactly 8 digits, with spaces between them"),
    ),
    "not-yes-or-no": (
        gettext_noop("this is neither yes nor no"),
        gettext_noop("yes or no (true/false, 1/0, y/n), or nothing where it is not known"),
    ),
    "ragged": (
        gettext_noop("this row has %(found)s cells"),
        gettext_noop("%(wanted)s cells, as the header has; a comma inside a cell needs quotation marks"),
    ),
    "repeats-appointment": (
        gettext_noop("this row repeats an appointment without another leave"),
        gettext_noop("one row for each appointment, and a further one only for a further leave"),
    ),
    "repeats-unit": (gettext_noop("this unit has a row already"), gettext_noop("one row for each unit")),
    "stray-quote": (
        gettext_noop("the quotation marks of this row are not in order"),
        gettext_noop('a cell in quotation marks, with each one inside it doubled ("")'),
    ),
    "too-long": (gettext_noop("this text is too long"), gettext_noop("a shorter text")),
    "unit-circle": (
        gettext_noop("the parents of this unit lead back to it: %(path)s"),
        gettext_noop("a parent that stands above it"),
    ),
    "unknown-category": (gettext_noop("this category is not known"), gettext_noop("one of %(categories)s")),
    "unknown-language": (gettext_noop("this language is not known"), gettext_noop("a language code such as en or es")),
    "unknown-leave-kind": (gettext_noop("this kind of leave is not known"), gettext_noop("one of %(leave_kinds)s")),
    "unknown-parent": (
        gettext_noop("no unit has this id"),
        gettext_noop("the unit_id of another good row, or nothing"),
    ),
    "unknown-person": (gettext_noop("nobody on the roster has this ID number"), gettext_noop("somebody on the roster")),
    "unknown-unit": (gettext_noop("no unit has this id"), gettext_noop("a unit_id of a good row of the units file")),
    "unknown-zone": (
        gettext_noop("this time zone is not known"),
        gettext_noop("a name such as America/New_York"),
    ),
    "year-out-of-range": (
        gettext_noop("this year cannot be meant"),
        gettext_noop("a day between the years %(first_year)s and %(last_year)s"),
    ),
}
CODES = frozenset(_PROBLEMS)


def _facts(problem: Problem) -> dict[str, str]:
    return {
        "categories": ", ".join(CATEGORIES),
        "leave_kinds": ", ".join(LEAVE_KINDS),
        "first_year": str(FIRST_YEAR),
        "last_year": str(LAST_YEAR),
        **dict(problem.data),
    }


def what_is_wrong(problem: Problem) -> str:
    """One sentence part: what is wrong there."""
    return gettext(_PROBLEMS[problem.code][0]) % _facts(problem)


def what_would_be_right(problem: Problem) -> str:
    """One sentence part: what would be right there."""
    return gettext(_PROBLEMS[problem.code][1]) % _facts(problem)
