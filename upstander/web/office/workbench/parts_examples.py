"""The form for the examples of a programme: facts, a day, and what must come out."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from upstander.core.decision import STATES
from upstander.core.facts import LEAVE_KINDS
from upstander.web.office.workbench.conditions import categories
from upstander.web.office.workbench.controls import (
    Choice,
    Choices,
    Control,
    Day,
    DayOrNone,
    Flag,
    Lines,
    Names,
    Toml,
    Whole,
)
from upstander.web.office.workbench.parts_people import LEAVE_WORDS
from upstander.web.office.workbench.parts_rules import group_choices
from upstander.web.office.workbench.tables import Rows, Table
from upstander.words.states import state_word

NONE_HINT = _("A date, or the word none: there must be none. Empty: not looked at.")


def examples(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Example"),
        parts=(
            Control("name", _("What it shows"), _("A sentence that policy people can read."), wide=True),
            Lines("why", _("Why this is right"), _("The source, or who decided it.")),
            Day("day", _("On this day")),
            Table("facts", _("What is known of the person"), parts=_facts()),
            Table("expected", _("What must come out"), parts=_expected(document)),
        ),
    )
    hint = _("Each is worked out at every change. All must hold before the programme can be published.")
    return (Rows("examples", _("Examples"), hint, row=row, adds=_("Add an example"), closed=True, ordered=True),)


def _facts() -> tuple[Control, ...]:
    roles = [("", ""), ("employee", _("employee")), ("student", _("student"))]
    completion = Table(
        "",
        _("Completion"),
        parts=(
            Control("course_key", _("Course")),
            Day("completed_on", _("Completed on")),
            Choice("role", _("As"), choices=roles),
            Whole("minutes", _("Minutes")),
        ),
    )
    return (
        Day("onboarded_on", _("Onboarded on")),
        Choice("onboarded_as", _("Onboarded as"), choices=roles),
        Rows("appointments", _("Appointments"), row=_appointment(), adds=_("Add an appointment")),
        Rows("completions", _("Completions"), row=completion, adds=_("Add a completion")),
        Toml("adjustments", _("Decisions of officers, as text")),
        Toml("started", _("Courses begun, as text")),
    )


def _appointment() -> Table:
    leave = Table(
        "",
        _("Leave"),
        parts=(
            Choice("kind", _("Kind"), choices=[("", ""), *((kind, LEAVE_WORDS[kind]) for kind in LEAVE_KINDS)]),
            Day("from_on", _("First day")),
            Day("to_on", _("Last day"), _("Empty: until further notice.")),
        ),
    )
    parts = (
        Choice("category", _("Category"), choices=lambda: [("", ""), *categories()]),
        Control("area", _("Area")),
        Control("unit_id", _("Unit")),
        Names("unit_line", _("Units above it"), _("With commas between them.")),
        Flag("paid", _("Paid")),
        Flag("benefits_eligible", _("Eligible for benefits")),
        Whole("student_year", _("Year of study")),
        Day("graduates_on", _("Graduates on")),
        Flag("supervises", _("Supervises somebody")),
        Flag("confidential_role", _("Has a confidential role")),
        Control("work_state", _("Works in the state")),
        Control("work_country", _("Works in the country")),
        Day("starts_on", _("Begins on")),
        Day("ends_on", _("Ends on")),
        Rows("leaves", _("Leaves"), row=leave, adds=_("Add a leave")),
    )
    return Table("", _("Appointment"), parts=parts)


def _expected(document: Mapping) -> tuple[Control, ...]:
    return (
        Choice("state", _("Status"), choices=states),
        Choice("group", _("Group"), choices=lambda: [("", ""), ("none", _("none")), *group_choices(document)]),
        Control("cycle", _("Cycle")),
        DayOrNone("opens_on", _("Opens on"), NONE_HINT),
        DayOrNone("due_on", _("Due on"), NONE_HINT),
        DayOrNone("next_change_on", _("Next change on"), NONE_HINT),
        Control("satisfied_by", _("Satisfied by"), _("completion, waiver, equivalency, or none.")),
        Names("reasons", _("Reasons that must be given"), _("Their codes, with commas between them.")),
        Names("no_reasons", _("Reasons that must not be given"), _("Their codes, with commas between them.")),
    )


def states() -> Choices:
    """Every state, in words."""
    return [("", ""), *((state, state_word(state)) for state in STATES)]
