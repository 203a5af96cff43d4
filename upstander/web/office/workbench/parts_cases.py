"""The parts of a programme about what people ask for: more time, trainings from elsewhere, courses nobody must take."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from upstander.core.elsewhere import SOURCES
from upstander.web.office.workbench.controls import Choice, Choices, Control, Flag, Many, Whole
from upstander.web.office.workbench.tables import Table
from upstander.words.request_elsewhere import source_word


def cases(document: Mapping) -> tuple[Control, ...]:
    limits = (
        Whole(
            "automatic_days",
            _("Granted at once up to so many days"),
            _("Days after the due date as it would be without an extension. Empty: the office decides about each."),
        ),
        Whole("most_days", _("At most so many days"), _("Nobody can ask for more. Empty: no limit.")),
    )
    elsewhere = (
        Many("sources", _("From whom it can come"), _("None ticked: from anybody."), choices=_sources),
        Flag("within_cycle", _("Only if it was completed within the period"), ""),
        Whole("minutes", _("At least so many minutes"), _("Empty: however long it took.")),
    )
    more_time = Table("extension", _("More time"), parts=limits)
    return (
        Table("cases", "", parts=(more_time, Table("equivalency", _("A training from elsewhere"), parts=elsewhere))),
    )


def _sources() -> Choices:
    return [(source, source_word(source)) for source in SOURCES]


def access(document: Mapping) -> tuple[Control, ...]:
    courses = Choice(
        "courses",
        _("Who may open the courses without having to take them"),
        choices=[("", ""), ("everybody", _("everybody")), ("asked", _("whoever has asked"))],
    )
    automatic = Flag("automatic", _("Asking is enough"), _("No: the office decides about each request."))
    return (Table("access", _("Whoever need not take it"), parts=(courses, automatic)),)
