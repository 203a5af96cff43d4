"""The form for notices: the least notice before the due date, and who is told of what is overdue, step by step."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from upstander.core.escalation import OFFICER, PERSON, SUPERVISOR, UNIT_ADMINISTRATOR
from upstander.web.office.workbench.controls import Choice, Control, Whole
from upstander.web.office.workbench.tables import Rows, Table


def notices(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Step"),
        parts=(
            Whole("after_days", _("Days after the due date"), _("Such as 7. It goes to those who are overdue then.")),
            Choice(
                "to",
                _("Who is told"),
                choices=[
                    ("", ""),
                    (PERSON, _("The person")),
                    (SUPERVISOR, _("Their supervisor")),
                    (UNIT_ADMINISTRATOR, _("The administrators of their unit")),
                    (OFFICER, _("The programme’s officers")),
                ],
            ),
        ),
    )
    parts = (
        Whole(
            "minimum_notice_days",
            _("At least so many days of notice"),
            _(
                "Between the first message that reaches a person and their due date. Whoever has not been told is "
                "never overdue. Empty: no such rule."
            ),
        ),
        Rows(
            "escalation",
            _("Who is told of what is overdue"),
            _("Others read names, the training and the due date; nothing of reasons, leave or scores."),
            row=row,
            adds=_("Add a step"),
        ),
    )
    return (Table("notices", _("Notice and escalation"), parts=parts),)
