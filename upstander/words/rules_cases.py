"""What a programme says about requests: how far a due date may move at somebody's request."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from upstander.core.programme import Programme
from upstander.words.rules_conditions import Names


def cases(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    """The limits of an extension, where the programme sets any."""
    limits = rules.extension
    if limits.automatic_days:
        yield (
            "",
            ngettext(
                "Up to %(days)s day beyond the due date is granted at once; of more the office decides.",
                "Up to %(days)s days beyond the due date are granted at once; of more the office decides.",
                limits.automatic_days,
            )
            % {"days": limits.automatic_days},
        )
    if limits.most_days:
        yield (
            "",
            ngettext(
                "Nobody can ask for more than %(days)s day beyond the due date.",
                "Nobody can ask for more than %(days)s days beyond the due date.",
                limits.most_days,
            )
            % {"days": limits.most_days},
        )
    if limits.most_days and not limits.automatic_days:
        yield "", gettext("The office decides about every request for more time.")
