"""The answers on the help page that follow from the programmes' own rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from upstander.core.programme import Programme
from upstander.words.leaves import leave_words, other_kinds


@dataclass(frozen=True, slots=True)
class LeaveRule:
    """What leave, and an appointment that ends, mean in one programme."""

    title: str
    sentence: str
    other: str
    ending: str


def in_reader_language(words: dict[str, str]) -> str:
    return words.get(get_language() or "en") or words.get("en", "")


def _rule(programme: Programme) -> LeaveRule:
    title = in_reader_language(programme.title)
    deferring = programme.deferring_leave
    unmoved = other_kinds(deferring)
    other = ""
    if not deferring:
        sentence = gettext("Leave does not move your date.")
    elif not unmoved:
        sentence = gettext(
            "Every kind of leave stops the clock. Your date moves by the days of your leave, and no reminder goes out."
        )
    else:
        sentence = gettext(
            "These stop the clock: %(kinds)s. Your date moves by the days of your leave, and no reminder goes out."
        ) % {"kinds": leave_words(deferring)}
        other = gettext("These do not: %(kinds)s. If you are abroad and the course does not work there, call.") % {
            "kinds": leave_words(unmoved)
        }
    ending = ""
    if programme.ending_by_due_excludes:
        ending = gettext(
            "“%(title)s” is not required of you if your appointment ends on or before your group’s last day."
        ) % {"title": title}
    return LeaveRule(title, sentence, other, ending)


def leave_rules(programmes: Iterable[Programme]) -> list[LeaveRule]:
    """One rule a programme, in their order (rows A09, B09, B10)."""
    return [_rule(programme) for programme in programmes]
