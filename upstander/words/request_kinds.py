"""What can be asked of the office, in plain words: the line that leads there, the form's questions, what happens."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from upstander.core.requests import DAY, KINDS
from upstander.models import Case
from upstander.words.dates import plain_date
from upstander.words.request_elsewhere import source_word
from upstander.words.request_technical import FIELDS as TECHNICAL_FIELDS
from upstander.words.request_technical import TECHNICAL

#: kind -> (the line in the list and above the form, what it is for, what happens with it)
_KINDS = {
    "extension": (
        gettext_noop("I need more time"),
        gettext_noop("Name the day by which you can be done. You need not say why."),
        gettext_noop("No reminder goes out until it is decided. Your due date stays as it is until then."),
    ),
    "leave": (
        gettext_noop("I am or will be on leave"),
        gettext_noop("Tell us of a leave that your training page does not show. Your due date can move by its days."),
        gettext_noop("No reminder goes out until it is decided. Give no diagnosis and nothing else about your health."),
    ),
    "already-done": (
        gettext_noop("I have already done this"),
        gettext_noop("Look first at what is on record. If something is missing there, tell us what and when."),
        gettext_noop("No reminder goes out until we have looked into it."),
    ),
    "equivalency": (
        gettext_noop("I took a similar training elsewhere"),
        gettext_noop("Say what it was, who gave it and how long it took, and send what shows it."),
        gettext_noop("No reminder goes out until it has been reviewed. Until then the training is still asked of you."),
    ),
    "appointment-ending": (
        gettext_noop("My appointment ends soon"),
        gettext_noop("Tell us of an end that your training page does not show. You see first what it would change."),
        gettext_noop("No reminder goes out until it is decided. The record of your appointment itself stays as it is."),
    ),
    "voluntary-access": (
        gettext_noop("I want to take a course that I need not take"),
        gettext_noop("You need not give a reason, and nothing is asked of you because of it."),
        gettext_noop("You get no reminder. What you do in the course stays with you."),
    ),
    "language": (
        gettext_noop("I need another language"),
        gettext_noop("The courses are there in English and Spanish. If you read another language better, name it."),
        gettext_noop("The office looks for a way with you. It counts how often each language is asked for."),
    ),
    "no-computer": (
        gettext_noop("I cannot get to a computer or a phone"),
        gettext_noop("We find a place and a time with you, with a computer, or on paper."),
        gettext_noop("No reminder goes out until it is arranged. Your training can be recorded there and then."),
    ),
    "accessibility": (
        gettext_noop("Something here is a barrier for me"),
        gettext_noop("Say what you could not read, hear, reach or do, and on which page. No diagnosis is asked for."),
        gettext_noop("No reminder goes out until we have found a way with you."),
    ),
    "in-person": (
        gettext_noop("I want a session in person for a group"),
        gettext_noop("Tell us for whom and about what. The office plans it with you."),
        gettext_noop("This changes nothing in what is asked of you or of the group."),
    ),
    "technical": TECHNICAL,
    "privacy": (
        gettext_noop("I have a question about my data"),
        gettext_noop("Ask for a copy of what is kept about you, for a correction, or for something to be erased."),
        gettext_noop("You get an answer within 30 days. What the law says must be kept is named to you."),
    ),
}  # fmt: skip
#: (kind or "", field) -> (label, hint); that of the kind goes first.
_FIELDS = {
    ("extension", "to_on"): (gettext_noop("The new day that you wish"), ""),
    ("leave", "leave"): (
        gettext_noop("What kind of leave?"),
        gettext_noop("In your own words, for example parental leave or a sabbatical."),
    ),
    ("leave", "from_on"): (gettext_noop("The first day of your leave"), ""),
    ("leave", "to_on"): (
        gettext_noop("The last day of your leave"),
        gettext_noop("Leave it empty if it is not known."),
    ),
    ("already-done", "what"): (gettext_noop("What have you done?"), gettext_noop("The course, and where you took it.")),
    ("already-done", "when"): (gettext_noop("When was it?"), gettext_noop("As exactly as you know.")),
    ("equivalency", "what"): (gettext_noop("What was the training called?"), ""),
    ("equivalency", "where"): (gettext_noop("Who gave it?"), gettext_noop("The institution or the company.")),
    ("equivalency", "source"): (gettext_noop("Where does it come from?"), ""),
    ("equivalency", "from_on"): (gettext_noop("On which day did you complete it?"), ""),
    ("equivalency", "minutes"): (gettext_noop("How many minutes did it take?"), ""),
    ("appointment-ending", "appointment"): (gettext_noop("Which appointment ends?"), ""),
    ("appointment-ending", "to_on"): (gettext_noop("The last day of your appointment"), ""),
    ("language", "which"): (gettext_noop("Which language?"), ""),
    ("no-computer", "reach"): (
        gettext_noop("How can we reach you?"),
        gettext_noop("A telephone number, or somebody who can give you a message."),
    ),
    ("no-computer", "when"): (gettext_noop("When and where would suit you?"), ""),
    ("accessibility", "note"): (
        gettext_noop("What stands in your way?"),
        gettext_noop("On which page?"),
    ),
    ("accessibility", "helps"): (
        gettext_noop("What would help?"),
        gettext_noop("For example larger print, captions, an interpreter, a person beside you."),
    ),
    ("in-person", "audience"): (gettext_noop("Who should take part?"), ""),
    ("in-person", "size"): (gettext_noop("About how many people?"), ""),
    ("in-person", "topic"): (gettext_noop("What should it be about?"), ""),
    ("in-person", "when"): (gettext_noop("Which days would suit?"), ""),
    ("in-person", "place"): (gettext_noop("Where, and what do you need there?"), ""),
    **TECHNICAL_FIELDS,
    ("privacy", "want"): (gettext_noop("What do you want?"), ""),
    ("", "note"): (gettext_noop("Anything else that we should know"), ""),
}
_WANTS = {
    "copy": gettext_noop("A copy of what is kept about me"),
    "correct": gettext_noop("Something corrected"),
    "erase": gettext_noop("Something erased"),
    "other": gettext_noop("Something else"),
}


def line_of(kind: str) -> str:
    """What somebody would say who asks for it."""
    return gettext(_KINDS[kind][0])


def purpose_of(kind: str) -> str:
    return gettext(_KINDS[kind][1])


def what_happens(kind: str) -> str:
    """What happens meanwhile, beside the button that sends it."""
    return gettext(_KINDS[kind][2])


def field_words(kind: str, field: str) -> tuple[str, str]:
    """The label and the hint of a field."""
    label, hint = _FIELDS.get((kind, field)) or _FIELDS[("", field)]
    return gettext(label), gettext(hint) if hint else ""


def want_word(key: str) -> str:
    """What can be asked about one's own data."""
    return gettext(_WANTS.get(key, key))


def wants() -> Mapping[str, str]:
    return {key: gettext(words) for key, words in _WANTS.items()}


def asked_words(case: Case) -> list[tuple[str, str]]:
    """Each field of the form that was filled in, with its label; nothing for a kind that is not asked here."""
    return asked_pairs(case.kind, case.asked, case.knew) if case.kind in _KINDS else []


def untitled() -> str:
    """What an appointment is called that has no title."""
    return gettext("Your appointment")


def asked_pairs(kind: str, asked: Mapping[str, str], knew: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same of what is not sent yet."""
    said = [(name, asked.get(name, "")) for name in KINDS[kind].fields]
    titles = {"appointment": knew.get("title") or untitled()}
    return [(field_words(kind, name)[0], titles.get(name) or _shown(kind, name, text)) for name, text in said if text]


def _shown(kind: str, name: str, text: str) -> str:
    if name == "want":
        return want_word(text)
    if name == "source":
        return source_word(text)
    if name == "minutes":
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", int(text)) % {"minutes": text}
    if KINDS[kind].fields[name].filled == DAY:
        return plain_date(date.fromisoformat(text), get_language() or "en")
    return text
