"""The sentences about the office's own words: what is amiss in them, and what each name in braces says."""

from django.utils.translation import gettext

from upstander.core import wording_names as names
from upstander.core.errors import Refusal
from upstander.core.wording import SUBJECT_LONGEST, TEXT_LONGEST, Fault


def fault_sentence(fault: Fault) -> str:
    """What is amiss and what to do about it, in one or two sentences."""
    facts = {"what": fault.what, "like": fault.like, "subject": SUBJECT_LONGEST, "text": TEXT_LONGEST}
    if fault.code == "unknown-name" and fault.like:
        return gettext("“{%(what)s}” is no name that we know here. Did you mean “{%(like)s}”?") % facts
    sentences = {
        ("empty", "subject"): gettext("The subject is empty. Say in a few words what the letter is about."),
        ("empty", "text"): gettext("The text is empty. To use the words from before, choose that below."),
        ("too-long", "subject"): gettext("The subject has %(what)s characters. Mail programs show 120 at most."),
        ("too-long", "text"): gettext("The text has %(what)s characters. A letter has room for 6,000."),
    }
    return (sentences.get((fault.code, fault.where)) or _of_either(fault.code)) % facts


def _of_either(code: str) -> str:
    return {
        "unknown-name": gettext(
            "“{%(what)s}” is no name that we know here. The list below shows those that there are."
        ),
        "never-told": gettext("A letter never tells “{%(what)s}”: that stays with the person. Take it out."),
        "not-in-subject": gettext("“{%(what)s}” has no place in a subject line. Put it into the text."),
        "condition-in-subject": gettext("“{%(what)s}” works at the beginning of a paragraph, not in the subject."),
        "condition-not-first": gettext(
            "“{%(what)s}” works at the beginning of a paragraph only. Make the sentence a paragraph of its own."
        ),
        "brace": gettext("A brace is open or closed alone. Names stand between two: {name}."),
        "link-missing": gettext("The link is missing. Put “{%(what)s}” where the reader should go on."),
        "link-may-fall-away": gettext(
            "The only “{%(what)s}” stands in a paragraph that is left out for some readers. Put it into one that stays."
        ),
        "outside-address": gettext(
            "“%(what)s” leads, or seems to lead, to a page outside this site. Letters link here alone, so that nobody "
            "learns to follow strange links. Leave it out, or put a space after the full stop."
        ),
    }[code]


def wording_refusal(refusal: Refusal) -> str:
    """Why words could not be kept, and what happened to them."""
    return {
        "wording-faults": gettext("These words are not in use yet: there is something to mend."),
        "wording-changed-meanwhile": gettext(
            "Somebody else has saved this letter since you opened it. Your words are still here; theirs stand below."
        ),
        "wording-too-long": gettext(
            "That is too long to be kept, even as a draft. A letter has room for 6,000 characters."
        ),
        "wording-no-address": gettext("The roster has no e-mail address of yours to which a test could go."),
        "wording-not-own": gettext("There are no words of the office to take back."),
    }[refusal.code]


def name_says(name: str) -> str:
    """What a name in braces says, for the list beside the text; "" for one without a line."""
    return {
        "name": gettext("how the reader is called"),
        "office": gettext("the name of the office"),
        "phone": gettext("the telephone of the office"),
        "email": gettext("the e-mail address of the office"),
        "institution": gettext("the name of the institution"),
        "training": gettext("the title of the training"),
        "link": gettext("the address to go on at; it leads straight to what the letter is about"),
        "due date": gettext("the due date in full: day, end of day, time zone"),
        "due day": gettext("the due date without the hour"),
        "days left": gettext("“12 days left”, “today is the last day” or “3 days late”"),
        "reasons": gettext("why the reader is asked; on a line of its own, a list"),
        "minutes": gettext("how long the course takes; says nothing where there are several courses"),
        "changed courses": gettext("the courses in which something changed, where that is what the letter is about"),
        "done day": gettext("the day on which the reader was done"),
        "certificate": gettext("the address of the reader’s certificate, where there is one"),
        "my training": gettext("the address of the page “My training”"),
        "number": gettext("the number of the request"),
        "place": gettext("the place of the appointment"),
        "when": gettext("the day and the hour of the appointment"),
        "day": gettext("the day of the appointment"),
        "course": gettext("the title of the course"),
        "people": gettext("how many people it is about"),
        "how many": gettext("how many trainings are open"),
        "trainings": gettext("the open trainings with their due dates; on a line of its own, a list"),
        "list": gettext("who has not finished what; on a line of its own, a list"),
        "helper": gettext("who is there to help, where somebody is"),
        "person helped": gettext("whom the arrangement is for"),
        "other dates": gettext("the address of the page of all trainings in person"),
    }.get(name, "")


def condition_says(condition: str) -> str:
    """For whom a paragraph stands that begins with this condition."""
    return {
        names.BEFORE: gettext("for readers whose due date lies ahead"),
        names.TODAY: gettext("on the due date itself"),
        names.AFTER: gettext("for readers whose due date is over"),
        names.NO_DATE: gettext("for readers whose due date is not set yet"),
        names.BEGUN: gettext("for readers who have begun a course"),
        names.NOT_BEGUN: gettext("for readers who have not begun"),
        names.CHOICE: gettext("where the reader chooses among several courses"),
        names.ONE_COURSE: gettext("where there is one course"),
        names.CHANGED: gettext(
            "where the reader is asked to read what changed in a course; without such a paragraph the built-in words go"
        ),
        names.OWN: gettext("for the person for whom the arrangement is"),
        names.HELPER: gettext("for whoever helps; without such a paragraph the built-in words go to them"),
        names.WAITING: gettext(
            "for whoever is on the waiting list; without such a paragraph the built-in words go to them"
        ),
        names.MOVED_UP: gettext("for whoever moved up from the waiting list"),
    }.get(condition, "")
