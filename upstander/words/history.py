"""What was sent about a standing, each message as one sentence."""

from django.conf import settings
from django.utils.translation import get_language, gettext, pgettext

from upstander.models import Notice
from upstander.words.dates import moment_words


def _language() -> str:
    return get_language() or "en"


def _at(instant: object) -> str:
    return moment_words(instant, _language(), settings.INSTITUTION_ZONE)


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
        "arranged": gettext("The office had arranged a time to come for it."),
        "cycle-over": gettext("The period was over."),
        "superseded": gettext("Another message said the same."),
        "no-longer-due": gettext("It was no longer due."),
        "person-suspended": gettext("The person had left the roster."),
        "no-address": gettext("There was no e-mail address that works."),
        "declined": gettext("The person wants no more letters of this kind."),
        "suppressed-address": gettext("Mail to this address came back too often."),
        "not-theirs": gettext("What it was about is no longer theirs."),
        "answer-gone": gettext("Nothing in the request waited to be read."),
        "seen-already": gettext("The person had seen it by then."),
        "no-reader": gettext("The roster names nobody to tell."),
        "taken-apart": gettext("It could not be handed over, and goes in another letter."),
        "kind-retired": gettext("Messages of this kind are no longer sent."),
        "not-written": gettext("A fault of this program kept it from being written; the log says which."),
        "relay-refused": gettext("The mail relay refused it."),
        "relay-unreachable": gettext("The mail relay could not be reached."),
    }
    return sentences.get(reason, reason)


def outcome_word(state: str) -> str:
    """What became of a message, in a word or two."""
    words = {
        "planned": pgettext("a message", "Planned"),
        "claimed": gettext("Being sent"),
        "sent": gettext("Sent"),
        "not-sent": gettext("Not sent"),
        "failed": gettext("Failed"),
        "unknown": gettext("Unknown"),
    }
    return words[state]


def outcome_sentence(notice: Notice) -> str:
    """The instant of it, or why it did not go; stands after `outcome_word`."""
    facts = {
        "at": _at(notice.sent_at or notice.claimed_at or notice.planned_at),
        "why": why_not_sent(notice.not_sent_reason),
    }
    patterns = {
        "planned": gettext("since %(at)s"),
        "claimed": gettext("since %(at)s"),
        "sent": gettext("on %(at)s"),
        "not-sent": "%(why)s",
        "failed": gettext("%(why)s Last tried on %(at)s."),
        "unknown": gettext("It was being sent on %(at)s."),
    }
    return (patterns[notice.state] % facts).strip()


def notice_sentence(notice: Notice, kind: str) -> str:
    """What became of one message: when it went, or that it did not go and why; `kind` is what it is called."""
    facts = {
        "kind": kind,
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
    said = (patterns[notice.state] % facts).strip()
    return f"{said} {came_back(notice)}" if notice.bounced_at else said


def came_back(notice: Notice) -> str:
    """That the letter came back from the reader's mail server, and when we were told."""
    return gettext("It came back on %(at)s: the mail server did not deliver it.") % {"at": _at(notice.bounced_at)}
