"""Editions on record: recorded once, never changed, and what a new one does to people in the middle of the old one."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.cast import HUGO, INES, MOMENT
from tests.editions import BOTH, NEW, OLD, STORY, change, next_edition
from tests.learners import course_of, lay_out, read_everything, right_answer, take
from tests.staff import later, open_office
from upstander.actions import carrying, learning
from upstander.actions.completion import begin_attempt, finish_reading, save_answer, submit_attempt
from upstander.actions.course_editions import files_in, publish, record_shipped
from upstander.core.errors import Refusal
from upstander.core.facts import CHANGES_ONLY
from upstander.delivery import catalogue
from upstander.models import AuditLine, Completion, CourseEdition, CourseText, Enrolment, Standing
from upstander.queries.course_editions import difference, editions_of, files_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def root(tmp_path, settings):
    """The tiny course as `core` and `option-a`, on record, with the cast and both programmes in place."""
    settings.CONTENT_ROOT = lay_out(tmp_path / "content", "core", "option-a")
    settings.DATA_DIR = tmp_path / "data"
    open_office()
    record_shipped(settings.CONTENT_ROOT, MOMENT)
    return settings.CONTENT_ROOT


def written(root, key: str = "option-a", edition: str = "2026.2-here", **files: str) -> dict[str, str]:
    """The texts of an edition written here: those of the folder, with its name."""
    texts = files_in(root / key)
    texts["course.toml"] = texts["course.toml"].replace(f'edition = "{OLD}"', f'edition = "{edition}"')
    return {**texts, **files}


def published(root, moment=MOMENT, **changed: str) -> CourseEdition:
    return publish("option-a", "2026.2-here", written(root, **changed), "material", {"en": "New."}, "10000012",
                   "10000011", moment)  # fmt: skip


def test_shipped_courses_are_recorded_once_however_often_the_program_starts(root):
    before = list(CourseEdition.objects.values_list("course_key", "edition", "place", "digest"))
    texts = CourseText.objects.count()
    assert record_shipped(root, later(days=1)).added == ()
    assert list(CourseEdition.objects.values_list("course_key", "edition", "place", "digest")) == before
    assert [row[:3] for row in before] == [("core", OLD, 1), ("option-a", OLD, 1)]
    assert CourseText.objects.count() == texts
    assert files_of(editions_of("core")[0]) == files_in(root / "core")


def test_a_new_edition_knows_its_class_its_words_and_its_changed_pages(root):
    next_edition(root, "option-a", STORY)
    old, new = editions_of("option-a")
    assert (old.change, old.pages) == ("", [])
    assert (new.place, new.change, new.pages) == (2, "material", ["one/story"])
    assert new.says == {"en": "The story was told anew.", "es": "La historia se cuenta de nuevo."}
    line = AuditLine.objects.get(verb="course-edition-published", data__edition=NEW)
    assert (line.subject, line.data["digest"]) == ("course:option-a", new.digest)


def test_files_that_differ_under_the_same_edition_are_told_and_never_shown(root):
    change(root / "option-a", STORY)
    (root / "option-a" / "course.toml").touch()
    assert record_shipped(root, later(days=1)).altered == (("option-a", OLD),)
    assert "new story" not in course_of("option-a").page("one/story").blocks[0].html


def test_every_older_edition_can_be_read_whole(root):
    next_edition(root, "option-a", STORY)
    assert "new story" in course_of("option-a").page("one/story").blocks[0].html
    old = catalogue.edition("option-a", "es", OLD)
    assert (old.key, old.edition, old.lang) == ("option-a", OLD, "es")
    assert "Antes de la" in old.page("one/story").blocks[0].html
    with pytest.raises(Refusal, match="no-such-edition"):
        catalogue.edition("option-a", "en", "1999.1")


def test_the_folder_of_an_edition_is_made_whole_or_not_at_all(root, settings, monkeypatch):
    next_edition(root, "option-a", STORY)
    real = catalogue.root_of.__globals__["write_files"]

    def broken(folder, files):
        real(folder, dict(list(files.items())[:2]))
        raise RuntimeError("the disk is full")

    monkeypatch.setitem(catalogue.root_of.__globals__, "write_files", broken)
    with pytest.raises(RuntimeError):
        catalogue.edition("option-a", "en", OLD)
    monkeypatch.setitem(catalogue.root_of.__globals__, "write_files", real)
    assert len(catalogue.edition("option-a", "en", OLD).pages) == 3
    assert len(list((settings.DATA_DIR / "courses" / "option-a").iterdir())) == 1


def test_an_edition_written_here_becomes_the_current_one(root):
    published(root, **{"en/one.md": files_in(root / "option-a")["en/one.md"].replace("Before the", "After the")})
    assert course_of("option-a").edition == "2026.2-here"
    assert "After the story" in course_of("option-a").page("one/story").blocks[0].html
    assert course_of("core").edition == OLD


def test_a_shipped_edition_waits_where_the_institution_wrote_its_own(root):
    published(root)
    change(root / "option-a", {"course.toml": (f'edition = "{OLD}"', 'edition = "2027.1"')})
    assert record_shipped(root, later(days=1)).waiting == (("option-a", "2027.1"),)
    assert course_of("option-a").edition == "2026.2-here"
    assert len(record_shipped(root, later(days=1), adopt=["option-a"]).added) == 1
    assert course_of("option-a").edition == "2027.1"


@pytest.mark.parametrize(
    ("edition", "files", "weight", "code"),
    [
        (OLD, {}, "material", "edition-exists"),
        ("2026.2-here", {}, "", "no-change-class"),
        ("2026.2-here", {}, "huge", "no-change-class"),
        ("2026.2-here", {"../core/course.toml": "x"}, "material", "edition-broken"),
        ("2026.2-here", {"en/../../x.md": "x"}, "material", "edition-broken"),
        ("2026.2-here", {"course.toml": "[[["}, "material", "edition-broken"),
        ("2026.2-here", {"course.toml": 'key = "core"\nedition = "2026.2-here"\n'}, "material", "edition-broken"),
    ],
)
def test_what_cannot_be_an_edition_is_refused(root, edition, files, weight, code):
    texts = {**written(root, edition=edition), **files}
    with pytest.raises(Refusal, match=code):
        publish("option-a", edition, texts, weight, {}, "10000012", "", MOMENT)
    assert CourseEdition.objects.filter(course_key="option-a").count() == 1


@pytest.mark.row("A06")
def test_in_mid_course_unchanged_pages_stay_read_and_changed_ones_are_read_anew(root):
    old = course_of("option-a")
    enrolment = learning.begin(INES, old.outline, MOMENT)
    for page in ("one/first", "one/story"):
        learning.page_seen(enrolment, page, old.outline, MOMENT)
    learning.answer_lesson(enrolment, "promise", "b", MOMENT)
    learning.answer_lesson(enrolment, "sum", "a", MOMENT)
    new = next_edition(root, "option-a", STORY)
    differs = difference("option-a", OLD, NEW)
    for _ in range(2):  # cut short and done again, it comes to the same
        carried = carrying.carry(enrolment.pk, new.outline, differs)
    assert (carried.pk, carried.edition, carried.started_on) == (enrolment.pk, NEW, MOMENT.day)
    assert list(carried.pages_seen.values_list("page", flat=True)) == ["one/first"]
    assert list(carried.lesson_answers.values_list("block", flat=True)) == ["sum"]
    assert Enrolment.objects.count() == 1


def test_carrying_is_whole_or_not_at_all(root, monkeypatch):
    old = course_of("option-a")
    enrolment = read_everything(INES, old.outline, MOMENT)
    new = next_edition(root, "option-a", STORY)

    def broken(self, *arguments, **named):
        raise RuntimeError("the program was killed")

    monkeypatch.setattr(Enrolment, "save", broken)
    with pytest.raises(RuntimeError):
        carrying.carry(enrolment.pk, new.outline, difference("option-a", OLD, NEW))
    monkeypatch.undo()
    enrolment.refresh_from_db()
    assert (enrolment.edition, enrolment.pages_seen.count()) == (OLD, 3)


@pytest.mark.row("A14")
def test_an_open_attempt_is_finished_and_completed_on_its_own_edition(root):
    old = course_of("option-a")
    enrolment = read_everything(INES, old.outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, old.outline, "en", MOMENT)
    new = next_edition(root, "option-a", STORY)
    assert carrying.carry(enrolment.pk, new.outline, difference("option-a", OLD, NEW)).edition == OLD
    assert begin_attempt(enrolment.pk, new.outline, "en", MOMENT).pk == attempt.pk
    own = catalogue.edition("option-a", "en", OLD).outline
    for row in attempt.form:
        item = own.assessment.bank[row["item"]]
        save_answer(attempt.pk, item.id, right_answer(item), own)
    with pytest.raises(Refusal, match="other-edition"):
        submit_attempt(attempt.pk, new.outline, MOMENT)
    assert submit_attempt(attempt.pk, own, MOMENT).completion.edition == OLD
    assert attempt.edition == OLD


@pytest.fixture
def holder(root):
    """Ines, who completed the first edition; then the second one came, with one page of three changed."""
    take(INES, course_of("option-a").outline, MOMENT)
    next_edition(root, "option-a", STORY)
    return catalogue.narrowed(course_of("option-a"), {"one/story"})


@pytest.mark.row("A14")
def test_a_holder_of_an_older_edition_reads_and_is_asked_only_what_changed(holder):
    enrolment = learning.begin(INES, holder.outline, later(days=9), OLD)
    assert (enrolment.place, enrolment.holds, holder.outline.to_read) == ("one/story", OLD, ("one/story",))
    with pytest.raises(Refusal, match="pages-not-seen"):
        begin_attempt(enrolment.pk, holder.outline, "en", later(days=9))
    learning.page_seen(enrolment, "one/story", holder.outline, later(days=9))
    attempt = begin_attempt(enrolment.pk, holder.outline, "en", later(days=9))
    pages = {holder.items[row["item"]].page for row in attempt.form}
    assert pages == {"one/story"} and attempt.edition == NEW
    for row in attempt.form:
        save_answer(attempt.pk, row["item"], right_answer(holder.items[row["item"]]), holder.outline)
    done = submit_attempt(attempt.pk, holder.outline, later(days=9))
    assert (done.completion.edition, done.completion.source) == (NEW, CHANGES_ONLY)
    assert done.certificate is not None
    assert Completion.objects.filter(person_id=INES).count() == 2


def test_where_no_item_asks_about_the_changed_pages_the_last_of_them_completes(root):
    take(INES, course_of("option-a").outline, MOMENT)
    course = next_edition(root, "option-a", STORY)
    asked = {name: item for name, item in course.items.items() if item.page != "one/story"}
    assert len(asked) < len(course.items)
    outline = catalogue.narrowed(course, {"one/story"}).outline
    silent = type(outline)(**{**{f: getattr(outline, f) for f in outline.__slots__},
                              "assessment": outline.assessment.about(set())})  # fmt: skip
    enrolment = learning.begin(INES, silent, later(days=9), OLD)
    assert finish_reading(enrolment.pk, silent, later(days=9)).completion is None
    learning.page_seen(enrolment, "one/story", silent, later(days=9))
    assert finish_reading(enrolment.pk, silent, later(days=9)).completion.edition == NEW
    assert finish_reading(enrolment.pk, silent, later(days=10)).counted_before
    assert Completion.objects.filter(person_id=INES).count() == 2


def test_reading_what_changed_meets_no_duty_by_itself(root):
    """The duty of a new year asks for the whole course again."""
    take(INES, course_of("core").outline, MOMENT)
    course = next_edition(root, "core", STORY)
    Completion.objects.filter(person_id=INES).update(completed_on=MOMENT.day - timedelta(days=300))
    outline = catalogue.narrowed(course, {"one/story"}).outline
    enrolment = learning.begin(INES, outline, MOMENT, OLD)
    learning.page_seen(enrolment, "one/story", outline, MOMENT)
    attempt = begin_attempt(enrolment.pk, outline, "en", MOMENT)
    for row in attempt.form:
        save_answer(attempt.pk, row["item"], right_answer(course.items[row["item"]]), outline)
    assert submit_attempt(attempt.pk, outline, MOMENT).completion is not None
    assert Standing.objects.get(person_id=INES, programme_id="page-a").state != "satisfied"


def test_a_holder_may_take_the_whole_course_instead(holder):
    whole = course_of("option-a").outline
    changes = learning.begin(INES, holder.outline, later(days=9), OLD)
    assert carrying.begin_anew(INES, whole, later(days=9)).pk == changes.pk
    with pytest.raises(Refusal, match="pages-not-seen"):
        begin_attempt(changes.pk, whole, "en", later(days=9))
    done = take(INES, whole, later(days=9))
    assert (done.completion.edition, done.completion.source) == (NEW, "upstander")


def test_whoever_has_completed_nothing_begins_nothing_anew(root):
    with pytest.raises(Refusal, match="not-completed"):
        carrying.begin_anew(HUGO, course_of("option-a").outline, MOMENT)


def test_a_third_edition_in_the_middle_of_reading_what_changed_is_measured_from_the_one_held(root, holder):
    enrolment = learning.begin(INES, holder.outline, later(days=9), OLD)
    learning.page_seen(enrolment, "one/story", holder.outline, later(days=9))
    third = next_edition(root, "option-a", {k: BOTH[k] for k in ("en/two.md",)}, "2026.3", moment=later(days=10))
    carried = carrying.carry(enrolment.pk, third.outline, difference("option-a", NEW, "2026.3"))
    assert (carried.edition, carried.holds) == ("2026.3", OLD)
    assert difference("option-a", OLD, "2026.3").pages == ("one/story", "two/drawing")
    assert list(carried.pages_seen.values_list("page", flat=True)) == ["one/story"]


def all_at_once(act, times: int = 4) -> list:
    """What each of several threads got that did the same at the same moment."""
    start, got = Barrier(times), []

    def doing(number: int) -> None:
        start.wait(10)
        try:
            got.append(act(number))
        except Refusal as refusal:
            got.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=doing, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def test_one_edition_published_from_several_places_at_once_is_one(root):
    got = all_at_once(lambda number: published(root).place)
    assert sorted(map(str, got)) == ["2", *["edition-exists"] * 3]
    assert CourseEdition.objects.filter(course_key="option-a").count() == 2


def test_several_editions_published_at_once_stand_one_after_the_other(root):
    def act(number: int) -> int:
        name = f"2026.{number + 2}"
        return publish("option-a", name, written(root, edition=name), "material", {}, "10000012", "", MOMENT).place

    assert sorted(all_at_once(act)) == [2, 3, 4, 5]
    assert [row.place for row in editions_of("option-a")] == [1, 2, 3, 4, 5]


def test_a_program_started_in_several_processes_at_once_records_every_course_once(root):
    CourseEdition.objects.all().delete()
    got = all_at_once(lambda number: len(record_shipped(root, MOMENT).added) >= 0)
    assert got == [True] * 4
    assert CourseEdition.objects.count() == 2
