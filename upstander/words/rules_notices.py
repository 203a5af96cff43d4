"""What a programme says of notices: the least notice before the due date, and who is told of what is overdue."""

from collections.abc import Callable, Iterator

from django.utils.translation import ngettext

from upstander.core.escalation import OFFICER, PERSON, SUPERVISOR, UNIT_ADMINISTRATOR, Step
from upstander.core.programme import Programme
from upstander.words.rules_conditions import Names

_TOLD: dict[str, Callable[[int], str]] = {
    PERSON: lambda days: ngettext(
        "%(days)s day after the due date, whoever has not completed it is told so.",
        "%(days)s days after the due date, whoever has not completed it is told so.",
        days,
    ),
    SUPERVISOR: lambda days: ngettext(
        "%(days)s day after the due date, their supervisor is told, and that it may be done in working hours.",
        "%(days)s days after the due date, their supervisor is told, and that it may be done in working hours.",
        days,
    ),
    UNIT_ADMINISTRATOR: lambda days: ngettext(
        "%(days)s day after the due date, the administrators of their unit are told.",
        "%(days)s days after the due date, the administrators of their unit are told.",
        days,
    ),
    OFFICER: lambda days: ngettext(
        "%(days)s day after the due date, the programme’s officers are told.",
        "%(days)s days after the due date, the programme’s officers are told.",
        days,
    ),
}


def notices(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    """The least notice, then each step of escalation in order."""
    if rules.minimum_notice_days:
        yield (
            "minimum",
            ngettext(
                "Nobody’s due date is earlier than %(days)s day after the first message about it has reached them.",
                "Nobody’s due date is earlier than %(days)s days after the first message about it has reached them.",
                rules.minimum_notice_days,
            )
            % {"days": rules.minimum_notice_days},
        )
    for step in rules.escalation:
        yield step.key, step_sentence(step)


def step_sentence(step: Step) -> str:
    """One step of escalation."""
    return _TOLD[step.to](step.after_days) % {"days": step.after_days}
