"""The forms for what is asked and when: texts, cycle, window, requirement, courses, what counts, reminders, records."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from upstander.delivery import catalogue
from upstander.queries.presets import installed_presets
from upstander.web.office.workbench import parts_updates
from upstander.web.office.workbench.conditions import Conditions
from upstander.web.office.workbench.controls import Choice, Choices, Control, Day, Many, Names, Numbers, Toml, Whole
from upstander.web.office.workbench.tables import Bilingual, Rows, Table
from upstander.web.people import language

KEY = Control("key", _("Key"), _("Letters, digits and hyphens. It stays once people are decided by it."))
ROUNDING = Choice(
    "rounding",
    _("When a month has no such day"),
    _("One month after 31 January there is no 31 February. Say which day is meant."),
    choices=[
        ("last-day", _("The last day of the month: 28 February, or 29 in a leap year")),
        ("next-day", _("The day after: 1 March")),
    ],
)
EVERY_MONTHS = Whole("every_months", _("Every so many months"), _("Such as 12 or 24."))


def installed_courses() -> Choices:
    """Every course that is installed, by its title."""
    return [("", ""), *((card.key, f"{card.title} ({card.key})") for card in catalogue.courses(language()))]


def entries(document: Mapping, key: str) -> Iterable[Mapping]:
    """The tables of a list in a document that may be anything."""
    found = document.get(key)
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def options_of(document: Mapping) -> Choices:
    """The courses that the draft itself names."""
    keys = [str(entry["course"]) for entry in entries(document, "options") if entry.get("course")]
    return [(key, f"{catalogue.title_of(key, language())} ({key})") for key in dict.fromkeys(keys)]


def group_choices(document: Mapping) -> Choices:
    """The groups of the draft by their titles."""
    found = []
    for entry in entries(document, "groups"):
        title = entry.get("title")
        said = title.get(language()) if isinstance(title, Mapping) else ""
        if entry.get("key"):
            found.append((str(entry["key"]), str(said or entry["key"])))
    return found


def basics(document: Mapping) -> tuple[Control, ...]:
    return (
        Bilingual("title", _("Title"), _("As people read it everywhere.")),
        Bilingual("summary", _("Summary"), _("Who must do what, in one sentence."), long=True),
    )


def window(document: Mapping) -> tuple[Control, ...]:
    parts = (
        Whole(
            "days",
            _("Days from opening to due day"),
            _("For a programme without groups. Leave it empty where each group has its dates."),
        ),
        Whole("months", _("Or months from opening to due day")),
        ROUNDING,
        Whole(
            "grace_days", _("Days of grace after the due day"), _("Still accepted, and said to be late. 0 for none.")
        ),
    )
    return (Table("window", _("Window"), parts=parts),)


def requirement(document: Mapping) -> tuple[Control, ...]:
    offered = options_of(document)
    shared = (
        KEY,
        Bilingual("title", _("Title")),
        Conditions(
            "when",
            _("Only for whom this holds"),
            _("Leave it empty and the part is for everybody. A fact that is not known releases nobody."),
        ),
        Whole("complete", _("How many of its courses or parts"), _("A number, or the word all."), also=("all",)),
        Many("of", _("Courses"), choices=offered),
        Whole("minutes", _("Or minutes of training on the topics below")),
        Names("topics", _("Topics"), _("With commas between them, as the courses name them.")),
        Whole("within_months", _("Looking back so many months"), _("Empty: within the cycle.")),
    )
    deeper = (Toml("parts", _("Parts of this part, as text")),)
    inner = Rows(
        "parts", _("Parts of this part"), row=Table("", _("Part"), parts=shared + deeper), adds=_("Add an inner part")
    )
    parts = Rows(
        "parts",
        _("Parts"),
        _("Where one number of courses is not enough: sets of courses, a set for supervisors, minutes on a topic."),
        row=Table("", _("Part"), parts=(*shared, inner)),
        adds=_("Add a part"),
        ordered=True,
        closed=True,
    )
    complete = Whole(
        "complete",
        _("How many courses"),
        _("1 means: any one of the courses. Where there are parts, how many of them; empty for all."),
        also=("all",),
    )
    return (Table("requirement", _("What has to be done"), parts=(complete, parts)),)


def options(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Course"),
        parts=(
            Choice("course", _("Course"), choices=installed_courses),
            Control("label", _("Letter or word by which people know it"), _("Such as A.")),
            Whole("minutes", _("Minutes"), _("Only where minutes are counted.")),
            Names("topics", _("Topics"), _("With commas between them; only where minutes are counted by topic.")),
            Day(
                "withdrawn_on",
                _("Withdrawn on"),
                _("Who began it before may finish it, and it counts. Nobody else is offered it."),
            ),
            *parts_updates.of_option(),
        ),
    )
    return (Rows("options", _("Courses"), row=row, adds=_("Add a course"), ordered=True, closed=True),)


def equivalencies(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Equivalency"),
        parts=(
            Control("course", _("This course"), _("Its key in the record of completions; it need not be installed.")),
            Choice("counts_as", _("Counts as"), choices=[("", ""), *options_of(document)]),
            Day("from_on", _("Taken on or after")),
            Day("to_on", _("Taken on or before")),
            Names("cycles", _("Only in these cycles"), _("Their keys, with commas between them. Empty: in every one.")),
            Whole("at_most", _("At most so many courses of one cycle may be met this way")),
        ),
    )
    hint = _("It holds in this direction only, never the other way round.")
    return (Rows("equivalencies", _("Courses that count as others"), hint, row=row, adds=_("Add an equivalency")),)


def counts(document: Mapping) -> tuple[Control, ...]:
    roles = Many(
        "roles",
        _("A completion counts if it was taken as"),
        choices=[("employee", _("employee")), ("student", _("student"))],
    )
    return (Table("counts", _("What counts"), parts=(roles,)),)


def reminders(document: Mapping) -> tuple[Control, ...]:
    parts = (
        Numbers(
            "days_before_due",
            _("Days before the due day"),
            _("With commas between them: 14, 3. 0 is the due day itself."),
        ),
        Numbers("days_after_due", _("Days after the due day"), _("With commas between them: 1, 7, 14.")),
    )
    return (Table("reminders", _("Reminders"), parts=parts),)


def office(document: Mapping) -> tuple[Control, ...]:
    parts = (
        Control("name", _("Name")),
        Control("phone", _("Telephone")),
        Control("email", _("E-mail")),
        Control("hours", _("Hours")),
    )
    hint = _("Empty: people see the institution’s own office.")
    both = (Table("en", _("In English"), parts=parts), Table("es", _("In Spanish"), parts=parts))
    return (Table("office", _("Whom people reach"), hint, parts=both),)


def presets_offered() -> Choices:
    """Every installed preset, by its id and where it comes from."""
    return [("", ""), *((preset.id, preset.id) for preset in installed_presets())]


def legal(document: Mapping) -> tuple[Control, ...]:
    row = Table(
        "",
        _("Preset"),
        parts=(
            Choice("preset", _("Preset"), choices=presets_offered),
            Control("digest", _("Its digest"), _("Left empty, it is taken from the preset as it stands today.")),
        ),
    )
    hint = _(
        "Several rules may apply at once. Each must be signed by a reviewer here before the programme is published."
    )
    return (Rows("legal", _("Legal presets"), hint, row=row, adds=_("Add a preset")),)


def with_digests(changed: dict[str, Any]) -> dict[str, Any]:
    """Presets whose digest was left empty get that of the preset as it stands."""
    digests = {preset.id: preset.digest for preset in installed_presets()}
    for entry in entries(changed, "legal"):
        if entry.get("preset") in digests and not entry.get("digest"):
            entry["digest"] = digests[entry["preset"]]  # type: ignore[index]
    return changed


def records(document: Mapping) -> tuple[Control, ...]:
    years = Whole(
        "keep_years", _("Keep the records so many years"), _("The longest that any of your presets asks for.")
    )
    return (Table("records", _("Records"), parts=(years,)),)
