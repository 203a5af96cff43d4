"""Words to begin with: much like the built-in ones, with the names in braces that the letter may use."""

from collections.abc import Callable

from django.utils.translation import gettext, gettext_noop, override


def starter(kind: str, lang: str) -> tuple[str, str]:
    """Subject and text for an officer who begins; in the language of the letter."""
    with override(lang):
        subject, text = _SUBJECTS.get(kind, _subject("training")), _TEXTS.get(kind, _linked())
        return subject(), "\n\n".join(text())


def _subject(name: str) -> Callable[[], str]:
    return lambda: gettext("{%(name)s}: a message from us") % {"name": name}


def _number_subject() -> str:
    return gettext("An answer for you: request {number}")


def _linked(*said: str) -> Callable[[], list[str]]:
    """A short letter: the greeting, what there is to say, and the link."""
    return lambda: [gettext("Dear {name},"), *(gettext(one) for one in said), gettext("Read more here:") + "\n{link}"]


def _added_subject() -> str:
    return gettext("{training}: added to your training")


def _added() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext(
            "{only before the due date} We have added “{training}” to your training. Please finish it by {due date}."
        ),
        gettext("{only on the due date} We have added “{training}” to your training. It is due today."),
        gettext(
            "{only after the due date} We have added “{training}” to your training. It was due on {due day}; please do "
            "it now."
        ),
        gettext("{only without a due date} We have added “{training}” to your training. Your due date is not set yet."),
        gettext("You may take it during your working hours. You can stop at any point and go on later, on any device."),
        gettext("Start here. You will be asked to sign in, and come straight to it:") + "\n{link}",
        gettext("Why you:") + "\n{reasons}",
    ]


def _reminder_subject() -> str:
    return gettext("{training}: still open")


def _reminder() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext(
            "{only before the due date} “{training}” is still open in your training. Please finish it by {due date}."
        ),
        gettext("{only on the due date} “{training}” is still open in your training. Today is the last day."),
        gettext(
            "{only after the due date} “{training}” was due on {due day} and is not finished yet. Please do it now."
        ),
        gettext("{only without a due date} “{training}” is still open in your training."),
        gettext("{only when begun} You have begun it, and your place is kept."),
        gettext("Go on here. You will be asked to sign in, and come straight to it:") + "\n{link}",
        gettext("Why you:") + "\n{reasons}",
    ]


def _confirmation_subject() -> str:
    return gettext("{training}: you are done")


def _confirmation() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext("Thank you. You have finished “{training}”. Nothing more is asked of you this time."),
        gettext("Your certificate is here. Anybody to whom you give this link can verify it, without signing in:")
        + "\n{certificate}",
        gettext("The courses stay open to you. You find them, and everything else that is on record, in your training:")
        + "\n{my training}",
    ]


def _certificate() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext("Thank you. You completed “{course}” on {done day}."),
        gettext("Your certificate is here. Anybody to whom you give this link can verify it, without signing in:")
        + "\n{certificate}",
    ]


def _overdue_subject() -> str:
    return gettext("{training}: overdue since {due day}")


def _overdue() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext("“{training}” was due on {due day} and is not finished yet. You can still do it; please do it now."),
        gettext("Go on here. You will be asked to sign in, and come straight to it:") + "\n{link}",
        gettext("Why you:") + "\n{reasons}",
    ]


def _others_subject() -> str:
    return gettext("Not finished yet: trainings of {people} people")


def _overdue_others() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext("You read this because of your role. These trainings are overdue:") + "\n{list}",
        gettext("The time that it takes is working time: please make room for it during working hours."),
        gettext("Please do not ask anybody for reasons. Whoever has one tells the office."),
    ]


def _digest_subject() -> str:
    return gettext("{how many} trainings are open for you")


def _digest() -> list[str]:
    return [
        gettext("Dear {name},"),
        gettext("These trainings are open for you:") + "\n{trainings}",
        gettext("You may take them during your working hours. You can stop at any point and go on later."),
        gettext("All of it, and why each is asked of you, stands here:") + "\n{link}",
    ]


_FOR_HELP = gettext_noop("{only for whoever helps} You help {person helped} with “{course}”: {when}.")
_WHEN = gettext_noop("“{training}”: {when}.")
_SUBJECTS: dict[str, Callable[[], str]] = {
    "added": _added_subject, "reminder": _reminder_subject, "confirmation": _confirmation_subject,
    "overdue": _overdue_subject, "overdue-others": _others_subject, "digest": _digest_subject,
    "case-answered": _number_subject, "certificate": _subject("course"),
    **{f"arrangement-{what}": _subject("course") for what in ("made", "changed", "cancelled", "reminder")},
}  # fmt: skip
_TEXTS: dict[str, Callable[[], list[str]]] = {
    "added": _added,
    "reminder": _reminder,
    "confirmation": _confirmation,
    "overdue": _overdue,
    "overdue-others": _overdue_others,
    "digest": _digest,
    "certificate": _certificate,
    "case-answered": _linked(gettext_noop("We have answered your request {number}.")),
    "extension-granted": _linked(
        gettext_noop("You have more time for “{training}”."), gettext_noop("Please finish it by {due date}.")
    ),
    "draft-ready": _linked(gettext_noop("The draft of the next period of “{training}” is ready as version {number}.")),
    "session-reminder": _linked(gettext_noop("You have a seat in a training in person."), _WHEN),
    "session-changed": _linked(
        gettext_noop("A session has changed. It is now:"), _WHEN,
        gettext_noop("{only when waiting} You are on its waiting list."),
    ),
    "session-seat": _linked(gettext_noop("A seat in a training in person is yours."), _WHEN),
    "session-cancelled": _linked(gettext_noop("We had to call a session off."), _WHEN),
    "arrangement-made": _linked(
        gettext_noop("{only for the person} We have arranged this for you: “{course}”, {when}."), _FOR_HELP
    ),
    "arrangement-changed": _linked(
        gettext_noop("{only for the person} Your arrangement has changed. It is now: “{course}”, {when}."), _FOR_HELP
    ),
    "arrangement-cancelled": _linked(
        gettext_noop("{only for the person} Your arrangement is called off: “{course}”, {when}."),
        gettext_noop("{only for whoever helps} You need not come for {person helped}: “{course}”, {when}."),
    ),
    "arrangement-reminder": _linked(
        gettext_noop("{only for the person} A reminder of your arrangement: “{course}”, {when}."), _FOR_HELP
    ),
}  # fmt: skip
