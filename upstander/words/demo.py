"""Who the demo's people are: one sentence each, by the key under which the demo lists them."""

from django.utils.translation import gettext, gettext_noop

_WHO = {
    "ines": gettext_noop("Staff in a school. One training is open, and nothing is begun."),
    "nadia": gettext_noop("New here: days are counted from the first day of work."),
    "olu": gettext_noop("Has finished everything, and may read on."),
    "dario": gettext_noop("A graduate student in the third year. The group’s turn comes later."),
    "lin": gettext_noop("A graduate student in the second year. Nothing is required yet."),
    "priya": gettext_noop("A professor on sabbatical. That changes nothing here, and the page says why."),
    "tomas": gettext_noop("On parental leave. The clock stands still. Reads Spanish."),
    "amara": gettext_noop("Joined on the very day from which the onboarding counts, and so is exempt."),
    "hugo": gettext_noop("Joined one day too early to be exempt. Analyses the survey."),
    "noor": gettext_noop("Visiting faculty without pay. Nothing is required."),
    "sofia": gettext_noop(
        "Works in two places, one paid and one not. Reads Spanish. Holds what is asked in confidence."
    ),
    "kenji": gettext_noop("A fact is missing, so nobody can say yet what is owed."),
    "ruth": gettext_noop("Administrator of the Department of Music. Sees who has finished there."),
    "mei": gettext_noop("Works in the office that runs the programmes."),
    "alma": gettext_noop("Works in the same office: the second person where two are needed. Reads Spanish."),
}


def who(key: str) -> str:
    """The sentence for a key in the active language; empty for one that has none."""
    return gettext(_WHO[key]) if key in _WHO else ""
