"""Refusals, gaps and remarks about a course in words."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from upstander.core.course_translation import Gap
from upstander.core.errors import Refusal
from upstander.core.readability import HARDEST_GRADE, LONG_SENTENCE_WORDS, LOWEST_SCORE
from upstander.delivery.native.accessible import Remark
from upstander.web.office.courses.places import Place

REFUSALS = {
    "course-changed-meanwhile": gettext_noop("Somebody else has changed the same place since you opened it."),
    "course-draft-closed": gettext_noop("This draft has been published or laid aside meanwhile."),
    "course-draft-exists": gettext_noop("This course has a draft already. There is one draft a course."),
    "course-path-unfit": gettext_noop("“%(path)s” is not a name that a file of a course can have."),
    "course-file-too-large": gettext_noop("“%(path)s” is longer than %(limit)s characters."),
    "course-too-large": gettext_noop("There is more in it than a course can hold."),
    "course-not-a-course": gettext_noop("There is no course.toml in it, so it is not a course."),
    "course-key-unfit": gettext_noop("A short name consists of small letters, digits and hyphens, like “lab-safety”."),
    "course-title-missing": gettext_noop("A title is needed in each language."),
    "course-exists": gettext_noop("There is a course with this short name already."),
    "course-edition-unfit": gettext_noop("An edition’s name consists of letters, digits, dots and hyphens."),
    "course-edition-taken": gettext_noop("There is an edition with this name already."),
    "course-id-unfit": gettext_noop("A short name consists of small letters, digits and hyphens, like “who-can-help”."),
    "course-id-taken": gettext_noop("“%(id)s” is taken here. Choose another short name."),
    "course-page-untitled": gettext_noop("A page needs a title in every language in which it has a text."),
    "course-page-holds-page": gettext_noop("A line that begins with “## ” would begin another page. Use “### ”."),
    "course-file-unreadable": gettext_noop("The file %(path)s cannot be read: %(why)s"),
    "course-note-empty": gettext_noop("There is nothing in the note."),
    "course-not-in-review": gettext_noop("Nobody has asked to publish this draft, or the draft was changed since."),
    "course-says-missing": gettext_noop("Say in both languages what changed, for people who know the older edition."),
    "no-change-class": gettext_noop("Say what kind of change it is."),
    "not-yourself": gettext_noop("Whoever asked for the review cannot publish. A second person does."),
    "edition-exists": gettext_noop("There is an edition with this name already."),
    "media-kind": gettext_noop("The file is not a film or recording that browsers play here: %(kinds)s."),
    "media-too-large": gettext_noop("The file is larger than %(limit)s MB. Nothing of it was kept."),
    "media-unclear": gettext_noop(
        "A film or recording has a short name (small letters, digits, hyphens) and a length."
    ),
    "media-length": gettext_noop("Give the length as minutes and seconds, like 1:35; an hour at most."),
    "media-without-file": gettext_noop("Choose a file."),
    "course-not-offered": gettext_noop("No programme that you run offers this course."),
    "edition-broken": gettext_noop("There are problems that stand in the way of publishing."),
    "course-archive-unreadable": gettext_noop("The file is not a ZIP archive that can be read."),
    "course-archive-odd": gettext_noop("The archive holds “%(path)s”, which is no file of a course."),
    "course-archive-too-large": gettext_noop("The archive holds more than a course can."),
    "course-archive-text": gettext_noop("“%(path)s” is not text in UTF-8."),
}
_GAPS = {
    "page": gettext_noop("The page %(place)s"),
    "item": gettext_noop("The question %(place)s"),
    "section": gettext_noop("The title of the section %(place)s"),
    "objective": gettext_noop("The objective %(place)s"),
    "goal": gettext_noop("The goal %(place)s"),
    "drawing": gettext_noop("The drawing %(place)s"),
    "title": gettext_noop("The title"),
    "summary": gettext_noop("The summary"),
    "who_for": gettext_noop("Whom the course suits"),
    "format": gettext_noop("The format"),
    "content_note": gettext_noop("The content note"),
    "topics": gettext_noop("The topics"),
}
_REMARKS = {
    "heading-skips": gettext_noop("A heading of the fourth level stands without one of the third above it."),
    "link-bare": gettext_noop("The link “%(link)s” does not say where it leads."),
    "table-without-heads": gettext_noop("A table has a column without a heading."),
    "colour-words": gettext_noop("“%(words)s” names a colour. Say the same without it, for who does not see colours."),
    "alternative-short": gettext_noop("The drawing %(name)s is described in very few words: “%(alt)s”."),
    "sentence-long": gettext_noop("A sentence of more than %(limit)s words: “%(sentence)s”"),
}


def refusal_sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language."""
    text = REFUSALS.get(refusal.code)
    return gettext(text) % refusal.data if text else gettext("This cannot be done: %(code)s") % {"code": refusal.code}


def gap_sentence(gap: Gap) -> str:
    key = gap.place if gap.kind == "word" else gap.kind
    return gettext(_GAPS[key]) % {"place": gap.place}


def gap_place(gap: Gap) -> Place:
    if gap.kind in ("page", "item"):
        return Place(gap.kind, gap.place, gap.lang)
    return Place("drawings") if gap.kind == "drawing" else Place("words", lang=gap.lang)


def remark_sentence(remark: Remark) -> str:
    if remark.code == "reading-hard":
        return _reading(remark)
    return gettext(_REMARKS[remark.code]) % {"limit": LONG_SENTENCE_WORDS, **remark.data}


def _reading(remark: Remark) -> str:
    facts: Mapping = {"value": remark.data["value"], "grade": HARDEST_GRADE, "score": LOWEST_SCORE}
    if remark.lang == "es":
        return gettext("Hard to read: %(value)s on the INFLESZ scale, where %(score)s and more is plain.") % facts
    return gettext("Hard to read: school grade %(value)s, where %(grade)s and less is plain.") % facts
