"""Drafts of courses written in the browser: begun, edited file by file, reviewed, laid aside."""

import re
from collections.abc import Callable, Mapping

import tomlkit
from django.db import transaction

from upstander.core.course_draft import check_edition, check_file, check_files, check_key, first_files, next_edition
from upstander.core.course_source import CHANGE_CLASSES
from upstander.core.days import Moment
from upstander.core.errors import Refusal
from upstander.models import AuditLine, CourseDraft, CourseDraftFile, CourseDraftNote, CourseEdition
from upstander.queries.course_editions import edition_of, editions_of, files_of

OPEN, IN_REVIEW, PUBLISHED, DISCARDED = "open", "in-review", "published", "discarded"
LIVING = (OPEN, IN_REVIEW)
#: A way to change the text of one file: None where the file is not there, or is to go.
Edit = Callable[[str | None], str | None]
#: Puts an edition on record: (course, edition, files, change, says, by, reviewed_by, moment).
Publish = Callable[[str, str, Mapping[str, str], str, Mapping[str, str], str, str, Moment], CourseEdition]


@transaction.atomic
def start_draft(key: str, moment: Moment, by: str) -> CourseDraft:
    """A draft that says what the current edition says, under the next name.

    Refuses `no-such-edition` {course, edition}, `course-draft-exists` {course, draft}.
    """
    based = edition_of(key, "")
    name = _next_name(key, moment)
    files = files_of(based)
    files["course.toml"] = with_edition(files["course.toml"], name)
    return _stored(key, based.edition, name, files, moment, by, "start-course-draft")


@transaction.atomic
def start_course(key: str, titles: Mapping[str, str], moment: Moment, by: str) -> CourseDraft:
    """The first draft of a new course, with its titles by language and one empty page.

    Refuses `course-key-unfit`, `course-title-missing` {lang}, `course-exists` {course}, `course-draft-exists`.
    """
    check_key(key)
    for lang in ("en", "es"):
        if not titles.get(lang, "").strip():
            raise Refusal("course-title-missing", {"lang": lang})
    if editions_of(key):
        raise Refusal("course-exists", {"course": key})
    name = _next_name(key, moment)
    said = {lang: title.strip() for lang, title in titles.items()}
    return _stored(key, "", name, first_files(key, said, name), moment, by, "start-course-draft")


@transaction.atomic
def start_from_files(key: str, files: Mapping[str, str], moment: Moment, by: str) -> CourseDraft:
    """A draft of files that somebody brought; a course that is here already gets it as its next edition.

    Refuses `course-key-unfit`, `course-not-a-course`, `course-path-unfit`, `course-file-too-large`,
    `course-too-large`, `course-draft-exists`.
    """
    check_key(key)
    check_files(files)
    here = editions_of(key)
    name = _next_name(key, moment)
    named = {**files, "course.toml": with_edition(files["course.toml"], name)}
    return _stored(key, here[-1].edition if here else "", name, named, moment, by, "upload-course-draft")


@transaction.atomic
def edit_files(draft_id: int, edits: Mapping[str, Edit], moment: Moment, by: str) -> CourseDraft:
    """Changes several files of a draft, or none of them; a request for review falls, for it was for another text.

    Refuses `course-draft-closed` {draft}, `course-path-unfit`, `course-file-too-large`, and what an edit refuses.
    """
    draft = locked(draft_id)
    held = {file.path: file for file in draft.files.filter(path__in=list(edits))}
    changed = {}
    for path, edit in edits.items():
        old = held[path].text if path in held else None
        new = edit(old)
        if new != old:
            changed[path] = new
    for path, new in changed.items():
        _write(draft, held.get(path), path, new, moment, by)
    if changed:
        _take_back_review(draft)
        note_down(moment, by, "edit-course-draft", draft, {"paths": sorted(changed)})
    return draft


@transaction.atomic
def rename(draft_id: int, edition: str, moment: Moment, by: str) -> CourseDraft:
    """Gives the coming edition another name. Refuses `course-edition-unfit`, `course-edition-taken` {edition}."""
    check_edition(edition)
    draft = locked(draft_id)
    if edition in {one.edition for one in editions_of(draft.course_key)}:
        raise Refusal("course-edition-taken", {"edition": edition})
    if edition != draft.edition:
        draft.edition = edition
        draft.save()
        edit_files(draft_id, {"course.toml": lambda text: with_edition(text or "", edition)}, moment, by)
    return locked(draft_id)


@transaction.atomic
def ask_review(draft_id: int, change: str, says: Mapping[str, str], moment: Moment, by: str) -> CourseDraft:
    """Asks a second person to read the draft and publish it.

    `change` is editorial, material or legal ("" for the first edition of a course); `says` tells holders of older
    editions what changed, by language. Refuses `no-change-class`, `course-says-missing` {lang}, `course-draft-closed`.
    """
    draft = locked(draft_id)
    if draft.based_on:
        if change not in CHANGE_CLASSES:
            raise Refusal("no-change-class", {"classes": list(CHANGE_CLASSES)})
        for lang in ("en", "es"):
            if change != "editorial" and not says.get(lang, "").strip():
                raise Refusal("course-says-missing", {"lang": lang})
    draft.change = change if draft.based_on else ""
    draft.says = {lang: text.strip() for lang, text in says.items() if text.strip()}
    draft.state, draft.asked_at, draft.asked_by = IN_REVIEW, moment.at, by
    draft.save()
    note_down(moment, by, "ask-course-review", draft, {"change": draft.change})
    return draft


@transaction.atomic
def withdraw_review(draft_id: int, moment: Moment, by: str) -> None:
    """Takes the request for review back; whoever reviews may do so too. Refuses `course-draft-closed`."""
    draft = locked(draft_id)
    _take_back_review(draft)
    note_down(moment, by, "withdraw-course-review", draft)


@transaction.atomic
def add_note(draft_id: int, place: str, text: str, moment: Moment, by: str) -> None:
    """Keeps what somebody says about a place of the draft. Refuses `course-note-empty`, `course-draft-closed`."""
    draft = locked(draft_id)
    if not text.strip():
        raise Refusal("course-note-empty")
    CourseDraftNote.objects.create(draft=draft, at=moment.at, actor=by, place=place[:200], text=text.strip()[:4000])


@transaction.atomic
def publish_draft(draft_id: int, publish: Publish, moment: Moment, by: str) -> CourseEdition:
    """Publishes a draft in review by the word of a second person.

    `publish` is the door of editions with the whole check of a course before it (`delivery.publishing.publish`); what
    it refuses is refused here. Refuses `course-not-in-review` {draft}, `not-yourself` {by} for whoever asked for the
    review.
    """
    draft = locked(draft_id)
    if draft.state != IN_REVIEW:
        raise Refusal("course-not-in-review", {"draft": draft_id})
    if draft.asked_by == by:
        raise Refusal("not-yourself", {"by": by})
    files = dict(draft.files.values_list("path", "text"))
    edition = publish(
        draft.course_key, draft.edition, files, draft.change, draft.says, draft.asked_by, by, moment
    )  # fmt: skip
    draft.state, draft.ended_at, draft.ended_by = PUBLISHED, moment.at, by
    draft.save()
    return edition


@transaction.atomic
def discard_draft(draft_id: int, moment: Moment, by: str) -> None:
    """Lays the draft aside; its files stay and can be taken away. Refuses `course-draft-closed`."""
    draft = locked(draft_id)
    draft.state, draft.ended_at, draft.ended_by = DISCARDED, moment.at, by
    draft.save()
    note_down(moment, by, "discard-course-draft", draft)


def locked(draft_id: int) -> CourseDraft:
    """The living draft, locked until the transaction ends. Refuses `course-draft-closed` {draft}."""
    draft = CourseDraft.objects.select_for_update().filter(pk=draft_id, state__in=LIVING).first()
    if draft is None:
        raise Refusal("course-draft-closed", {"draft": draft_id})
    return draft


def with_edition(text: str, edition: str) -> str:
    """The neutral file with that name of the edition; other bytes stay where it says one already."""
    found = re.sub(r'(?m)^edition(\s*)=(\s*)"[^"\n]*"', lambda m: f'edition{m[1]}={m[2]}"{edition}"', text, count=1)
    if found != text or f'edition = "{edition}"' in text:
        return found
    return f"edition = {tomlkit.item(edition).as_string()}\n{text}"


def note_down(moment: Moment, by: str, verb: str, draft: CourseDraft, data: Mapping | None = None) -> None:
    """A line in the audit about one draft."""
    AuditLine.objects.create(
        at=moment.at, actor=by, verb=verb, subject=f"course:{draft.course_key}",
        data={"edition": draft.edition, "draft": draft.pk, **(data or {})},
    )  # fmt: skip


def _next_name(key: str, moment: Moment) -> str:
    taken = {one.edition for one in editions_of(key)}
    taken |= set(CourseDraft.objects.filter(course_key=key).values_list("edition", flat=True))
    return next_edition(taken, moment.day.year)


def _stored(
    key: str, based_on: str, edition: str, files: Mapping[str, str], moment: Moment, by: str, verb: str
) -> CourseDraft:
    living = CourseDraft.objects.select_for_update().filter(course_key=key, state__in=LIVING).first()
    if living is not None:
        raise Refusal("course-draft-exists", {"course": key, "draft": living.pk})
    draft = CourseDraft.objects.create(
        course_key=key, based_on=based_on, edition=edition, made_at=moment.at, made_by=by
    )
    CourseDraftFile.objects.bulk_create(
        CourseDraftFile(draft=draft, path=path, text=text, changed_at=moment.at, changed_by=by)
        for path, text in sorted(files.items())
    )
    note_down(moment, by, verb, draft, {"based_on": based_on})
    return draft


def _write(
    draft: CourseDraft, held: CourseDraftFile | None, path: str, text: str | None, moment: Moment, by: str
) -> None:
    if text is None:
        if held is not None:
            held.delete()
        return
    check_file(path, text)
    if held is None:
        held = CourseDraftFile(draft=draft, path=path, version=0)
    held.text, held.changed_at, held.changed_by = text, moment.at, by
    held.version += 1
    held.save()


def _take_back_review(draft: CourseDraft) -> None:
    if draft.state == IN_REVIEW:
        draft.state, draft.asked_at, draft.asked_by = OPEN, None, ""
        draft.save()
