"""What each kind of letter is for, as its reader is told, and why one can or cannot be declined."""

from django.utils.translation import gettext


def purpose_of(kind: str) -> str:
    """One sentence about the letter; "" for a kind without one."""
    return {
        "added": gettext("A training was added to your plan: what, by when, and why you."),
        "reminder": gettext("A training of yours is still open."),
        "overdue": gettext("A training of yours is past its due date."),
        "digest": gettext("Several messages of one day, in one."),
        "overdue-others": gettext("Trainings of people for whom you answer are past their due date."),
        "confirmation": gettext("You are done with what was asked of you."),
        "certificate": gettext("You completed a course beyond what was asked; here is its certificate."),
        "case-answered": gettext("The office has answered what you asked."),
        "extension-granted": gettext("You have more time, and until when."),
        "draft-ready": gettext("The draft of a programme’s next period waits for you."),
        "session-reminder": gettext("A session in which you have a seat is near."),
        "session-changed": gettext("A session of yours has another time or place."),
        "session-seat": gettext("You have a seat in a session."),
        "session-cancelled": gettext("A session of yours is not held."),
        "arrangement-made": gettext("We have arranged a time, a place or paper for you."),
        "arrangement-changed": gettext("What was arranged for you has changed."),
        "arrangement-cancelled": gettext("What was arranged for you is called off."),
        "arrangement-reminder": gettext("What was arranged for you is near."),
    }.get(kind, "")


def why_always(about: str) -> str:
    """Why a letter about this cannot be declined."""
    return {
        "duty": gettext("It tells you of a duty and its date. You would be held to it all the same, so we tell you."),
        "case": gettext("It answers what you asked."),
        "seat": gettext("It tells you that something about what you booked has changed."),
        "arrangement": gettext("It tells you that something about what was arranged with you has changed."),
        "completion": gettext("It confirms what you did."),
        "draft": gettext("It belongs to the work of an officer."),
        "others": gettext("It belongs to your answering for others."),
    }.get(about, "")
