"""What was sent about a standing, each message as one sentence."""

from django.conf import settings
from django.utils.translation import get_language, gettext

from upstander.models import Notice
from upstander.words.dates import moment_words


def _language() -> str:
    return get_language() or "en"


def _at(instant: object) -> str:
    return moment_words(instant, _language(), settings.INSTITUTION_ZONE)


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
        "disputed": gettext("The person had said that a fact is wrong, and it was being checked."),
        "cycle-over": gettext("The period was over."),
        "superseded": gettext("Another message said the same."),
        "no-longer-due": gettext("It was no longer due."),
        "person-suspended": gettext("The person had left the roster."),
        "no-address": gettext("There was no e-mail address that works."),
        "declined": gettext("The person wants no more letters of this kind."),
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
