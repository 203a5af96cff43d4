"""Files on the course desk: drawings put in, courses taken away and brought back, and what is refused."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.staff import MEI, signed_in_as
from tests.web.test_office_courses import DESK, at, authors, draft, text_of
from upstander.models import CourseDraft
from upstander.queries.course_drafts import files_of_draft
from upstander.queries.course_editions import edition_of, files_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university", "authors")]
__all__ = ["authors", "draft"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'


def put_drawing(draft: CourseDraft, content: bytes, name: str = "round.svg", **headers: str):
    file = io.BytesIO(content)
    file.name = name
    return signed_in_as(MEI).post(at(draft, "drawings/"), {"name": "round", "lang": "en", "file": file}, **headers)


def test_a_drawing_of_shapes_is_put_in_and_one_with_a_script_is_refused(draft):
    assert put_drawing(draft, SVG.encode()).status_code == 302
    assert files_of_draft(draft)["figures/round.en.svg"] == SVG
    answer = put_drawing(draft, SVG.replace("<circle", "<script>1</script><circle").encode())
    assert answer.status_code == 422 and "“script”" in text_of(answer)
    assert "No page shows it and says in words what it is." in text_of(signed_in_as(MEI).get(at(draft, "drawings/")))


def test_a_photograph_is_refused_with_what_it_would_have_to_be(draft):
    assert "is not an SVG file" in text_of(put_drawing(draft, b"\x89PNG", "photo.png"))


def test_a_film_of_300_mb_is_refused_by_what_it_says_of_its_size_before_it_is_read(draft):
    answer = put_drawing(draft, b"", "film.mp4", CONTENT_LENGTH=str(300_000_000))
    assert answer.status_code == 413 and "Nothing of it was taken" in text_of(answer)


def zip_of(files: dict[str, bytes]) -> io.BytesIO:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, raw in files.items():
            archive.writestr(path, raw)
    held.seek(0)
    held.name = "course.zip"
    return held


def test_an_edition_taken_away_comes_back_as_the_same_texts_in_a_draft():
    client = signed_in_as(MEI)
    taken = io.BytesIO(client.get(f"{DESK}tiny/2026.1.zip").content)
    taken.name = "tiny.zip"
    client.post(f"{DESK}upload/", {"key": "tiny-copy", "file": taken})
    draft = CourseDraft.objects.get(course_key="tiny-copy")
    files, original = files_of_draft(draft), files_of(edition_of("tiny", ""))
    assert {path for path in files if files[path] != original[path]} == {"course.toml"} and len(files) == len(original)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"course.toml": b'key = "x"', "../evil.md": b""}, "which is no file of a course"),
        ({"course.toml": b'key = "x"', "en/photo.png": b""}, "which is no file of a course"),
        ({"readme.md": b""}, "There is no course.toml in it"),
        ({"course.toml": b"\xff\xfe"}, "is not text in UTF-8"),
        ({"course.toml": b'key = "x"', "en/one.md": b"0" * 7_000_000}, "more than a course can"),
    ],
)
def test_an_archive_that_is_no_course_is_refused_with_its_fault(files, sentence):
    answer = signed_in_as(MEI).post(f"{DESK}upload/", {"key": "brought", "file": zip_of(files)})
    assert sentence in text_of(answer) and not CourseDraft.objects.exists()


def test_a_file_that_is_no_archive_is_refused():
    file = io.BytesIO(b"no archive")
    file.name = "course.zip"
    assert "not a ZIP archive" in text_of(signed_in_as(MEI).post(f"{DESK}upload/", {"key": "brought", "file": file}))
