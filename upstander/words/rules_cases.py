"""What a programme says about requests: how far a due date may move, what counts from elsewhere, who may open."""

from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from upstander.core.programme import Programme
from upstander.words.lists import or_list
from upstander.words.request_elsewhere import source_word
from upstander.words.rules_conditions import Names


def cases(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    """The limits of an extension and of what counts from elsewhere, where the programme sets any."""
    yield from _extension(rules)
    yield from _elsewhere(rules)


def access(rules: Programme, names: Names) -> Iterator[tuple[str, str]]:
    """Who may open the courses without having to take them, where not everybody may (row B20)."""
    if rules.access.automatic:
        yield (
            "",
            gettext("Whoever need not take the training may open its courses after asking; asking is enough."),
        )
    elif rules.access.asked_only:
        yield (
            "",
            gettext("Whoever need not take the training may open its courses once the office has granted it."),
        )


def _elsewhere(rules: Programme) -> Iterator[tuple[str, str]]:
    limits = rules.elsewhere
    if limits.sources:
        sources = or_list([source_word(source) for source in limits.sources])
        yield "equivalency", gettext("A training can count after a review if it is %(sources)s.") % {"sources": sources}
    if limits.within_cycle:
        yield "equivalency", gettext("A training from elsewhere counts only if it was completed within the period.")
    if limits.minutes:
        yield (
            "equivalency",
            ngettext(
                "A training from elsewhere must have taken at least %(minutes)s minute.",
                "A training from elsewhere must have taken at least %(minutes)s minutes.",
                limits.minutes,
            )
            % {"minutes": limits.minutes},
        )


def _extension(rules: Programme) -> Iterator[tuple[str, str]]:
    limits = rules.extension
    if limits.automatic_days:
        yield (
            "extension",
            ngettext(
                "Up to %(days)s day beyond the due date is granted at once; of more the office decides.",
                "Up to %(days)s days beyond the due date are granted at once; of more the office decides.",
                limits.automatic_days,
            )
            % {"days": limits.automatic_days},
        )
    if limits.most_days:
        yield (
            "extension",
            ngettext(
                "Nobody can ask for more than %(days)s day beyond the due date.",
                "Nobody can ask for more than %(days)s days beyond the due date.",
                limits.most_days,
            )
            % {"days": limits.most_days},
        )
    if limits.most_days and not limits.automatic_days:
        yield "extension", gettext("The office decides about every request for more time.")
