"""A notice as a letter: plain text first, HTML after it, from the two templates in its folder."""

import re
import textwrap
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override

from upstander.actions.sending import Subject, Written
from upstander.core.days import Moment
from upstander.core.decision import Reason
from upstander.core.notices import Kind
from upstander.core.programme import Programme
from upstander.core.updates import changed_among
from upstander.core.wording_letter import Filled
from upstander.models import Notice as Row
from upstander.notices.laid_out import laid_out
from upstander.notices.own_words import tried
from upstander.queries.declining import stop_address
from upstander.queries.naming import course_keys, group_names, part_names
from upstander.words.dates import deadline, long_date
from upstander.words.lists import and_list
from upstander.words.reasons import Naming, sentences

WIDTH = 72
MOST_REASONS = 3
#: Leave, an officer's decision and what settled a duty are the reader's own: they stand on their page, not in a mail.
UNWRITTEN = frozenset({
    "leave-defers", "leave-without-end", "leave-does-not-defer", "leave-in-part", "due-moved-by-leave",
    "deferred-by-officer", "deferred-without-end", "extended", "waived", "exceptions-conflict",
    "end-told", "end-told-overtaken",
    "equivalency-accepted", "equivalency-accepted-for", "equivalency-other-course",
    "completed", "completed-as", "completed-in-part", "part-done", "parts-done",
    "update-completed", "not-told-yet",
})  # fmt: skip


class Card(Protocol):
    """What a letter may say of a course."""

    title: str
    minutes: int


Cards = Callable[[str, str], Card | None]


def _nothing_more(about: Subject) -> Mapping[str, Any]:
    return {}


def _whatever_happened(notice: Row, moment: Moment) -> Reason | None:
    return None


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of notice: to whom and how often it goes, its subject line, and the folder of its templates.

    `subject` gets the words of the letter (title, due, …) and runs in the reader's language; `more` adds words (the
    texts `calendar` and `calendar_method` among them become a calendar entry of the message). What is about no duty of
    the reader says in `still` why it goes no more, and in `reads` which relations of its row that and `more` look at.
    `called` is what lists and the page that vouches for a message call it.
    """

    kind: Kind
    to: str
    how_often: str
    subject: Callable[[Mapping[str, Any]], str]
    more: Callable[[Subject], Mapping[str, Any]] = field(default=_nothing_more)
    still: Callable[[Row, Moment], Reason | None] = field(default=_whatever_happened)
    reads: tuple[str, ...] = ()
    called: Promise | str = ""


def folder_of(key: str) -> str:
    """The folder of a kind: its key, with underscores, for it is a package."""
    return key.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Writer:
    """A notice that can be written: `cards` gives a course's title and minutes in a language."""

    notice: Notice
    cards: Cards

    @property
    def kind(self) -> Kind:
        return self.notice.kind

    @property
    def reads(self) -> tuple[str, ...]:
        return self.notice.reads

    def still(self, notice: Row, moment: Moment) -> Reason | None:
        """Why it may not go any more, or None; asked in the claim, after everything that holds for every letter."""
        return self.notice.still(notice, moment)

    def compose(self, about: Subject) -> Written:
        """The letter in the reader's language; says nothing of scores, of leave or of the way a duty was settled."""
        with override(about.language):
            words = self.words(about)
            own, failed = tried(self.kind.key, about.own, words) if about.own else (None, False)
            if own is not None:
                return self.in_words(*own, words)
            return self.in_built_in_words(words, failed)

    def in_built_in_words(self, words: Mapping[str, Any], failed: bool = False) -> Written:
        """The letter in the words of its folder; runs in its language."""
        folder = folder_of(self.kind.key)
        subject = " ".join(self.notice.subject(words).split())[:200]
        bold = {name: format_html("<strong>{}</strong>", words[name]) for name in ("due", "due_day") if words[name]}
        in_html = {**bold, "subject": subject}
        if self.notice.more is _nothing_more:
            text, html = laid_out(folder, words, in_html, _wrapped_line).to(words, _wrapped_line)
        else:
            text = wrapped(render_to_string(f"{folder}/text.txt", words))
            html = render_to_string(f"{folder}/body.html", {**words, **in_html}).strip() + "\n"
        calendar = words.get("calendar", ""), words.get("calendar_method", "")
        return Written(subject, text, html, *calendar, own_failed=failed)

    def words(self, about: Subject) -> dict[str, Any]:
        """Everything that the letter may say; runs in its language."""
        return {**self.bare_words(about), **self.notice.more(about)}

    def bare_words(self, about: Subject) -> dict[str, Any]:
        """What the letter may say without what it is about; for looking at it before there is anything."""
        return {**_words(about, self.cards), "stop": self._stop(about)}

    def _stop(self, about: Subject) -> str:
        """The address that declines letters of this kind; "" where they cannot be declined."""
        return stop_address(about.notice.pk) if self.kind.declinable and about.notice is not None else ""

    def in_words(self, subject: str, own: Filled, words: Mapping[str, Any]) -> Written:
        """The letter in the office's own words, within what the program always adds."""
        folder, calendar = folder_of(self.kind.key), (words.get("calendar", ""), words.get("calendar_method", ""))
        plain, as_html = {"frame": f"{folder}/text.txt", "own": own.text}, mark_safe(own.html)
        text = render_to_string("own.txt", {**words, **plain})
        html = render_to_string(
            "own.html", {**words, "frame": f"{folder}/body.html", "own": as_html, "subject": subject}
        )
        return Written(subject[:200], wrapped(text), html.strip() + "\n", *calendar)


def _words(about: Subject, cards: Cards) -> dict[str, Any]:
    lang, office = about.language, office_of(about.rules, about.language)
    return {
        "language": lang,
        "called": about.person.called,
        "title": "",
        "institution": settings.INSTITUTION["name"],
        "office": office,
        "office_name": office["name"],
        "due": "",
        "due_day": "",
        "link": f"{settings.BASE_URL}/my-training/",
        "code": about.code,
        "check": f"{settings.BASE_URL}/check/{about.code}/",
        "trouble": f"{settings.BASE_URL}/trouble/",
        **_of_course(about, cards),
        **(_of_programme(about.rules, about, cards) if about.rules else {}),
        **(_of_duty(about, cards) if about.rules and about.standing else {}),
    }


def _of_course(about: Subject, cards: Cards) -> dict[str, Any]:
    """The title of the course that was completed or arranged, where the notice is about one."""
    notice = about.notice
    subject = notice and (notice.completion or notice.arrangement)
    if not subject:
        return {}
    card = cards(subject.course_key, about.language)
    return {"course": card.title if card else subject.course_key}


def _of_programme(rules: Programme, about: Subject, cards: Cards) -> dict[str, Any]:
    card = cards(rules.options[0].course_key, about.language) if len(rules.options) == 1 else None
    return {
        "title": in_language(rules.title, about.language),
        "need": rules.need,
        "count": 0 if rules.parts else len(rules.options),
        "minutes": card.minutes if card else None,
    }


def _of_duty(about: Subject, cards: Cards) -> dict[str, Any]:
    standing, lang, due_on = about.standing, about.language, about.standing.due_on
    changed = _changed(about, cards)
    return {
        "state": standing.state,
        "due": deadline(due_on, lang, settings.INSTITUTION_ZONE) if due_on else "",
        "due_day": long_date(due_on, lang) if due_on else "",
        "days_left": (due_on - about.moment.day).days if due_on else None,
        "changed": changed and and_list([gettext("“%(course)s”") % {"course": title} for title in changed.values()]),
        "link": settings.BASE_URL + link_to(about.rules, changed),
        "reasons": _reasons(about, cards),
    }


def in_language(words: Mapping[str, str], lang: str) -> str:
    """A text of a programme file in the language."""
    return words.get(lang) or words["en"]


def _changed(about: Subject, cards: Cards) -> dict[str, str]:
    """The courses, with their titles, in which something changed that is to be read; mostly there is none."""
    keys = dict.fromkeys(str(facts["course"]) for facts in changed_among(about.standing.reasons))
    return {key: card.title if (card := cards(key, about.language)) else key for key in keys}


def link_to(rules: Programme, changed: Collection[str]) -> str:
    """Straight to the course where there is one, to the choice where there are several (row A04)."""
    if len(changed) == 1:
        return f"/learn/{next(iter(changed))}/"
    if len(rules.options) == 1:
        return f"/learn/{rules.options[0].course_key}/"
    return f"/my-training/#{rules.key}"


def office_of(rules: Programme | None, lang: str) -> Mapping[str, str]:
    """Name, phone, e-mail, hours of the programme's office, else of the institution's, in the language."""
    if rules and rules.office:
        return rules.office.get(lang) or rules.office["en"]
    office = settings.INSTITUTION["office"]
    return {**{key: office[key] for key in ("phone", "email")}, **office.get(lang, office["en"])}


def _reasons(about: Subject, cards: Cards) -> list[str]:
    kept = [reason for reason in about.standing.reasons if reason["code"] not in UNWRITTEN]
    titles = {key: card.title for key in course_keys(kept) if (card := cards(key, about.language))}
    groups, parts = group_names(about.rules, about.language), part_names(about.rules, about.language)
    naming = Naming(about.units, groups, titles, parts)
    told = sentences(_Reasons(kept), about.language, naming)
    return [sentence.text for sentence in told[:MOST_REASONS]]


@dataclass(frozen=True, slots=True)
class _Reasons:
    reasons: list


def wrapped(text: str) -> str:
    """Paragraphs of at most 72 columns; a link is never broken, list items hang."""
    lines = [_wrapped_line(line) for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _wrapped_line(line: str) -> str:
    line = line.strip()
    hang = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
