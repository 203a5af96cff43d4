"""What happened to a standing and what was sent about it, each as one sentence (row C03)."""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, gettext

from upstander.models import Notice, StandingChange
from upstander.words.dates import moment_words, plain_date
from upstander.words.states import state_word

#: A reference of the record is shown by its first figures: enough to find it, short enough to read out.
REF_LENGTH = 12


def _language() -> str:
    return get_language() or "en"


def _at(instant: object) -> str:
    return moment_words(instant, _language(), settings.INSTITUTION_ZONE)


def _changed(cause: str) -> str:
    """The sentence for a change from one state to another, by its cause."""
    sentences: dict[str, Callable[[], str]] = {
        "roster": lambda: gettext("%(at)s: from “%(before)s” to “%(after)s”, because the roster changed (%(ref)s)."),
        "programme": lambda: gettext(
            "%(at)s: from “%(before)s” to “%(after)s”, because the programme’s rules changed (%(ref)s)."
        ),
        "day": lambda: gettext("%(at)s: from “%(before)s” to “%(after)s”, because the day came."),
        "completion": lambda: gettext(
            "%(at)s: from “%(before)s” to “%(after)s”, because a completion was recorded (%(ref)s)."
        ),
        "adjustment": lambda: gettext(
            "%(at)s: from “%(before)s” to “%(after)s”, because the office decided so (%(ref)s)."
        ),
        "start": lambda: gettext("%(at)s: from “%(before)s” to “%(after)s”, because a course was begun."),
    }
    other = lambda: gettext("%(at)s: from “%(before)s” to “%(after)s” (%(ref)s).")  # noqa: E731
    return sentences.get(cause, other)()


def _first(cause: str) -> str:
    if cause == "roster":
        return gettext("%(at)s: first decided, “%(after)s”, from the roster (%(ref)s).")
    if cause == "programme":
        return gettext("%(at)s: first decided, “%(after)s”, when the programme was published (%(ref)s).")
    return gettext("%(at)s: first decided, “%(after)s”.")


def _same_state(cause: str) -> str:
    if cause == "roster":
        return gettext("%(at)s: still “%(after)s”; its dates or reasons changed with the roster (%(ref)s).")
    if cause == "programme":
        return gettext("%(at)s: still “%(after)s”; its dates or reasons changed with the programme’s rules (%(ref)s).")
    if cause == "completion":
        return gettext("%(at)s: still “%(after)s”; a further completion was recorded (%(ref)s).")
    return gettext("%(at)s: still “%(after)s”; its dates or reasons changed.")


def change_sentence(change: StandingChange) -> str:
    """When the standing changed, from what to what, by which rule, fact or officer, and the due date from then on."""
    if not change.before_state:
        pattern = _first(change.cause)
    elif change.before_state == change.after_state:
        pattern = _same_state(change.cause)
    else:
        pattern = _changed(change.cause)
    said = pattern % {
        "at": _at(change.at),
        "before": state_word(change.before_state) if change.before_state else "",
        "after": state_word(change.after_state),
        "ref": change.cause_ref[:REF_LENGTH] or "–",
    }
    due_on = (change.after or {}).get("due_on")
    if not due_on:
        return said
    due = gettext("Due on %(due)s.") % {"due": plain_date(date.fromisoformat(due_on), _language())}
    return f"{said} {due}"


def kind_word(kind: str) -> str:
    """What a message of this kind is called in a list."""
    words = {
        "added": gettext("Added to the plan"),
        "reminder": gettext("Reminder"),
        "confirmation": gettext("Confirmation of a completion"),
    }
    return words.get(kind, kind)


def why_not_sent(reason: str) -> str:
    """The sentence for a recorded reason of not sending; empty where none is recorded."""
    sentences = {
        "settled": gettext("The duty was settled by then."),
        "undecided": gettext("A fact was missing."),
        "on-leave": gettext("The person was on leave."),
        "not-open-yet": gettext("The period had not opened."),
        "not-finished": gettext("The course was not finished after all."),
        "no-standing": gettext("There was no duty to write about."),
        "cycle-over": gettext("The period was over."),
        "superseded": gettext("Another message said the same."),
        "no-longer-due": gettext("It was no longer due."),
        "person-suspended": gettext("The person had left the roster."),
        "no-address": gettext("There was no e-mail address that works."),
        "kind-retired": gettext("Messages of this kind are no longer sent."),
        "relay-refused": gettext("The mail relay refused it."),
        "relay-unreachable": gettext("The mail relay could not be reached."),
    }
    return sentences.get(reason, reason)


def notice_sentence(notice: Notice) -> str:
    """What became of one message: when it went, or that it did not go and why."""
    facts = {
        "kind": kind_word(notice.kind),
        "at": _at(notice.sent_at or notice.claimed_at or notice.planned_at),
        "why": why_not_sent(notice.not_sent_reason),
        "code": notice.code or "–",
    }
    patterns = {
        "planned": gettext("%(kind)s: planned on %(at)s, not yet sent."),
        "claimed": gettext("%(kind)s: being sent since %(at)s."),
        "sent": gettext("%(kind)s: sent on %(at)s, code %(code)s."),
        "not-sent": gettext("%(kind)s: not sent. %(why)s"),
        "failed": gettext("%(kind)s: could not be delivered; last tried on %(at)s. %(why)s"),
        "unknown": gettext("%(kind)s: it is not known whether it arrived; it was being sent on %(at)s."),
    }
    return (patterns[notice.state] % facts).strip()
