"""Who the demo's people are: one sentence each, by the key under which the demo lists them."""

from django.utils.translation import gettext, gettext_noop

_WHO = {
    "open": gettext_noop("Staff in a school. One training is open and nothing is started."),
    "in-progress": gettext_noop("Began a course and left in the middle of it."),
    "done": gettext_noop("Finished, and may read on."),
    "overdue": gettext_noop("Missed the date. Everything can still be finished."),
    "leave": gettext_noop("On leave. The clock stands still."),
    "graduate": gettext_noop("A graduate student in the fourth year who finishes this spring."),
    "two-groups": gettext_noop("Works in two places, and so belongs to two training groups."),
    "exempt": gettext_noop("Joined lately. The onboarding covered the subject."),
    "undecided": gettext_noop("A fact is missing: nobody knows yet what this person owes."),
    "ending": gettext_noop("Leaves before the date, and so need not take it."),
    "unpaid": gettext_noop("Holds an unpaid appointment. Nothing is required."),
    "spanish": gettext_noop("Reads everything in Spanish."),
    "department": gettext_noop("Administrative officer of a department. Sees who has finished there."),
    "officer": gettext_noop("Runs the programmes in the office."),
}


def who(key: str) -> str:
    """The sentence for a key in the active language; empty for one that has none."""
    return gettext(_WHO[key]) if key in _WHO else ""
