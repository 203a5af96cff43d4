"""What can be wrong in the files of a course, with file and line; every code has its sentence here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

#: code -> sentence; the reference page of the course files lists every one.
SENTENCES = {
    "file-missing": _("The file is missing."),
    "file-too-large": _("The file is larger than %(limit)s bytes."),
    "file-unreadable": _("The file cannot be read: %(why)s"),
    "key-missing": _("“%(key)s” is missing."),
    "key-unknown": _("“%(key)s” is not a word of this format."),
    "value-wrong": _("“%(key)s” must be %(expected)s."),
    "topic-unknown": _("“%(topic)s” is not a topic that we know."),
    "translation-missing": _("“%(what)s” stands in one language and not in %(lang)s."),
    "translation-differs": _("%(what)s differs from the English file: %(here)s here, %(there)s there."),
    "html": _("HTML is not let through: %(found)s"),
    "page-without-id": _("The page “%(title)s” has no {#id}."),
    "text-before-page": _("There is text before the first page; a page begins with “## Title {#id}”."),
    "id-repeated": _("The id “%(id)s” is used twice."),
    "block-unknown": _("“%(found)s” opens no block that we know."),
    "block-broken": _("The block “%(block)s” is broken: %(why)s"),
    "placeholder-unknown": _("{{%(key)s}} is not a placeholder that we know."),
    "image-without-alt": _("The image “%(image)s” has no text alternative."),
    "image-outside-figure": _("The image “%(image)s” stands outside a figure block."),
    "figure-unsafe": _("The drawing holds “%(found)s”, which is not let through."),
    "item-without-right-answer": _("The item %(item)s has no right answer."),
    "item-many-right-answers": _("The item %(item)s is “single” and has more than one right answer."),
    "item-broken": _("The item %(item)s is broken: %(why)s"),
    "item-page-missing": _("The item %(item)s points to the page “%(page)s”, which does not exist."),
    "item-objective-missing": _("The item %(item)s names the objective “%(objective)s”, which does not exist."),
    "feedback-missing": _("The item %(item)s has no feedback for “%(option)s”."),
    "objective-without-section": _("The objective %(objective)s is taught in no section."),
    "objective-without-item": _("The objective %(objective)s is asked by no item."),
    "goal-without-objective": _("The goal “%(goal)s” has no objective."),
    "blueprint-too-large": _("The form asks for %(needed)s items of %(objective)s; the bank has %(there)s."),
    "media-kind": _("“%(name)s” is not a film or recording that browsers play here: %(kinds)s."),
    "media-file-missing": _("“%(name)s” stands neither beside this file nor in the data folder, media/%(course)s/."),
    "media-too-large": _("“%(name)s” is larger than %(limit)s MB."),
    "media-without-alt": _("The film “%(media)s” has no description of what is seen, in %(lang)s."),
    "captions-missing": _("The film “%(media)s” has no captions in %(lang)s."),
    "captions-broken": _("The captions are broken: %(why)s"),
    "transcript-missing": _("“%(media)s” has no transcript in %(lang)s."),
    "explainer-unknown": _("“%(name)s” is not an explainer that we have."),
    "variant-unclear": _("“%(words)s”: no rule of the variant %(variant)s says this with the right gender."),
    "edition-changed": _(
        "The files differ from the published edition %(edition)s; give the change an edition of its own."
    ),
    "change-class-missing": _("The edition %(edition)s follows another one, and no [change] says how it weighs."),
    "change-words-missing": _("“change” is missing: what changed, in words for whoever took an older edition."),
    "section-without-page": _("The section “%(section)s” has no page."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a permanent code, the file from the content folder, the line (1 on), and the facts."""

    code: str
    file: str
    line: int = 1
    data: Mapping = field(default_factory=dict)

    def sentence(self) -> str:
        return str(SENTENCES[self.code]) % self.data

    def as_json(self) -> dict:
        return {"code": self.code, "file": self.file, "line": self.line, "message": self.sentence()}


@dataclass
class Found:
    """Collects the problems of one reading of one course."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, file: Path, line: int = 1, **data: object) -> None:
        self.problems.append(Problem(code, file.relative_to(self.root).as_posix(), max(line, 1), data))
