"""What came back by mail, in words: why letters to an address ended, what a message was, how a reply came."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop, ngettext

_REASONS = {
    "permanent": gettext_noop("The address takes no mail"),
    "temporary": gettext_noop("Five letters lost in two weeks"),
    "complaint": gettext_noop("Reported as junk"),
}
_CAME = {
    "permanent": gettext_noop("Letters that came back for good"),
    "temporary": gettext_noop("Letters that were lost on the way"),
    "delayed": gettext_noop("Letters that are late"),
    "delivered": gettext_noop("Letters that were reported as delivered"),
    "complaint": gettext_noop("Letters that their reader reported as junk"),
    "reply": gettext_noop("Answers written into a case"),
    "reply-held": gettext_noop("Answers held for an officer"),
    "reply-flood": gettext_noop("Answers beyond ten an hour, not written down"),
    "too-large": gettext_noop("Messages too large to be read"),
    "automatic": gettext_noop("Automatic answers, such as absences"),
    "own": gettext_noop("Our own letters, sent back to us"),
    "unproven": gettext_noop("Reports that name no letter of ours"),
    "other": gettext_noop("Messages that no person has read"),
}
_TROUBLES = {
    "login": gettext_noop("The mail server refused the name or the password."),
    "certificate": gettext_noop("Nobody vouches for the mail server’s certificate."),
    "no-answer": gettext_noop("The mail server does not answer."),
    "broken-off": gettext_noop("The mail server broke off in the middle."),
    "broken": gettext_noop("The mail server does not behave as a mailbox should; the log has its words."),
}
_HELD = {
    "reply-held": gettext_noop("An answer by e-mail waits to be looked at"),
    "reply-flood": gettext_noop("More answers by e-mail came than a case takes in an hour"),
    "too-large": gettext_noop("A message by e-mail was too large to be read"),
}
_REFUSED_FILES = {
    "file-kind": gettext_noop("a kind of file that is not taken"),
    "file-size": gettext_noop("too large"),
    "file-active": gettext_noop("it holds something that runs"),
    "file-damaged": gettext_noop("damaged"),
    "file-too-many": gettext_noop("the case has as many files as it takes"),
}


def mailbox_words(why: str) -> str:
    """Why the mailbox cannot be read."""
    return gettext(_TROUBLES.get(why, _TROUBLES["broken"]))


def failing_word(reason: str) -> str:
    """Why nothing goes to an address."""
    return gettext(_REASONS[reason]) if reason in _REASONS else reason


def came_words(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """What came, in the order in which the office reads it: the kind, its words, how many.

    Answers to what takes none by e-mail are not counted: such a figure would tell that somebody asked in confidence.
    """
    return [(kind, gettext(words), counts[kind]) for kind, words in _CAME.items() if counts.get(kind)]


def held_word(kind: str) -> str:
    """What an officer should look at in a case."""
    return gettext(_HELD[kind]) if kind in _HELD else kind


def not_kept_words() -> str:
    """What a thread in confidence says after an answer by e-mail."""
    return gettext(
        "An e-mail came to this request. Nothing of it was kept, because others may see what lies in a mailbox. If it "
        "was from you, write here instead, and delete it from the messages that you have sent."
    )


def reply_detail(data: Mapping) -> str:
    """How an answer came that stands in a thread; empty where it came by the site."""
    how = data.get("by_mail")
    if not how:
        return ""
    said = [_how(how, str(data.get("from", "")))]
    if data.get("cut"):
        said.append(gettext("It was longer; this is its beginning."))
    if data.get("files_left"):
        left = int(data["files_left"])
        said.append(
            ngettext("%(number)s file was not kept.", "%(number)s files were not kept.", left) % {"number": left}
        )
    said += [_not_kept(str(one.get("name", "")), str(one.get("code", ""))) for one in data.get("refused", ())]
    return " ".join(said)


def _how(how: str, sender: str) -> str:
    if how == "person":
        return gettext("By e-mail.")
    if how == "closed":
        return gettext("By e-mail from the person, after the case was closed. Nothing was opened by it.")
    if how == "empty":
        return gettext(
            "An e-mail came in which nothing can be read here: it is empty, encrypted, or holds only the letter that "
            "it answers. Ask the person to write on their page."
        )
    return gettext("By e-mail from another address (%(from)s). Nothing shows that the person wrote it.") % {
        "from": sender or "–"
    }


def _not_kept(name: str, code: str) -> str:
    why = gettext(_REFUSED_FILES[code]) if code in _REFUSED_FILES else code
    return gettext("The file “%(name)s” was not kept: %(why)s.") % {"name": name, "why": why}
