"""Words to begin with: much like the built-in ones, with the names in braces that the letter may use."""

from django.utils.translation import gettext, override


def starter(kind: str, lang: str) -> tuple[str, str]:
    """Subject and text for an officer who begins; in the language of the letter."""
    with override(lang):
        return _SUBJECTS.get(kind, _any_subject)(), "\n\n".join(_TEXTS.get(kind, _any_text)())


def _any_subject() -> str:
    return gettext("A message from the {office}")


def _any_text() -> list[str]:
    return [gettext("Dear {name},"), gettext("…")]


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


_SUBJECTS = {"added": _added_subject, "reminder": _reminder_subject, "confirmation": _confirmation_subject}
_TEXTS = {"added": _added, "reminder": _reminder, "confirmation": _confirmation}
