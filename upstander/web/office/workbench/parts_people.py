"""The forms for who is asked: audience, groups, endings, exemptions, leave, recommendations."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from upstander.core.facts import LEAVE_KINDS
from upstander.web.office.workbench.conditions import Conditions, categories
from upstander.web.office.workbench.controls import Choice, Control, Day, Flag, Many, Whole
from upstander.web.office.workbench.parts_rules import KEY, options_of
from upstander.web.office.workbench.tables import Bilingual, Rows, Table

LEAVE_WORDS = {
    "sabbatical": _("Sabbatical leave"),
    "junior_faculty": _("Junior faculty leave"),
    "parental": _("Parental leave"),
    "medical": _("Medical leave"),
    "military": _("Military leave"),
    "unpaid": _("Unpaid leave"),
    "other": _("Any other leave"),
}


def audience(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Way into the audience"),
        parts=(KEY, Conditions("when", _("Whom it takes"), _("Asked of each appointment by itself."))),
    )
    hint = _("Somebody is asked if one of their appointments fits one of these ways.")
    routes = Rows("routes", _("Ways into the audience"), hint, row=row, adds=_("Add a way"), ordered=True)
    return (Table("audience", _("Audience"), parts=(routes,)),)


def groups(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Group"),
        parts=(
            KEY,
            Bilingual("title", _("Title")),
            Conditions(
                "when",
                _("Whom it takes"),
                _("Only the last group may be without a condition: it takes everybody left."),
            ),
            Day("opens_on", _("Opens on")),
            Day("due_on", _("Due on"), _("The day itself is still in time.")),
            Whole(
                "rank",
                _("Rank"),
                _("Only where the order is not enough. Two groups of the same rank must not take the same person."),
            ),
        ),
    )
    hint = _("Looked at in this order: the first group that an appointment fits is its group.")
    return (Rows("groups", _("Groups, in order"), hint, row=row, adds=_("Add a group"), ordered=True, closed=True),)


def endings(document: Mapping) -> tuple[Control, ...]:
    flag = Flag(
        "exclude_if_by_due",
        _("An appointment that ends on or before the due day carries no duty"),
        _("The group’s own due day is meant, not one that a leave has moved."),
    )
    return (Table("endings", _("Appointments that end"), parts=(flag,)),)


def exemptions(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Exemption"),
        parts=(
            KEY,
            Day("onboarded_on_or_after", _("Onboarded on or after")),
            Choice(
                "onboarded_as",
                _("Onboarded as"),
                choices=[("", ""), ("employee", _("employee")), ("student", _("student"))],
            ),
            Many(
                "if_blank_with_category",
                _("Where the roster does not say it: also with an appointment of these categories"),
                choices=categories,
            ),
        ),
    )
    return (Rows("exemptions", _("Who is exempt"), row=row, adds=_("Add an exemption")),)


def leave(document: Mapping) -> tuple[Control, ...]:
    choices = [("defers", _("the clock stands")), ("continues", _("nothing changes"))]
    kinds = tuple(Choice(kind, LEAVE_WORDS[kind], choices=choices) for kind in LEAVE_KINDS)
    return (
        Policy(
            "leave", _("Leave"), _("Where the clock stands, the due day moves by the days of the leave."), parts=kinds
        ),
    )


class Policy(Table):
    """A table drawn as one: a line for each kind, a column for each policy."""

    kind = "policy"


def recommendations(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Recommendation"),
        parts=(
            Many("options", _("Courses that may suit"), choices=options_of(document)),
            Conditions("when", _("For whom")),
        ),
    )
    hint = _("A recommendation never takes a choice away.")
    return (Rows("recommendations", _("Recommendations"), hint, row=row, adds=_("Add a recommendation")),)
