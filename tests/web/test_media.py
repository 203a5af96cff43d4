"""A film in a lesson: with its captions and words, in parts, for who is signed in, and never loaded unasked."""

import pytest
from django.test import Client

from tests.cast import INES
from tests.filming import MP4, lay_film
from tests.learners import lay_out
from tests.staff import open_office, signed_in_as

pytestmark = [pytest.mark.django_db, pytest.mark.row("B10")]
FILM = "/learn/core/media/welcome.mp4"


@pytest.fixture(autouse=True)
def open_day(tmp_path, settings):
    settings.CONTENT_ROOT = lay_out(tmp_path, "core", "option-a")
    lay_film(tmp_path / "core")
    open_office()


@pytest.fixture
def ines():
    client = signed_in_as(INES)
    client.post("/learn/core/")
    return client


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_film_stands_in_its_lesson_with_captions_and_transcript_and_waits_to_be_played(ines):
    page = ines.get("/learn/core/one/first/").content.decode()
    assert '<video controls preload="none" playsinline src="/learn/core/media/welcome.mp4?edition=' in page
    assert '<track kind="captions" srclang="en"' in page
    assert "I am glad that you are here." in page and "The provost stands in the library." in page
    assert "autoplay" not in page


def test_in_low_bandwidth_mode_its_words_stand_alone(ines):
    ines.cookies["upstander_reading"] = "light-100"
    page = ines.get("/learn/core/one/first/").content.decode()
    assert "<video" not in page and "welcome.mp4" not in page
    assert "I am glad that you are here." in page


def test_the_whole_film_comes_with_its_length_and_the_word_that_parts_may_be_asked_for(ines):
    whole = ines.get(FILM)
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert int(whole["Content-Length"]) == len(MP4)
    assert body(whole) == MP4


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, len(MP4) - 1), ("bytes=-50", len(MP4) - 50, len(MP4) - 1)],
)
def test_a_part_that_is_asked_for_comes_alone(ines, asked, first, last):
    part = ines.get(FILM, headers={"range": asked, "accept-encoding": "gzip"})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes {first}-{last}/{len(MP4)}"
    assert body(part) == MP4[first : last + 1]


def test_a_part_outside_the_film_is_refused(ines):
    refused = ines.get(FILM, headers={"range": "bytes=999999-"})
    assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{len(MP4)}")


def test_captions_come_as_captions(ines):
    captions = ines.get("/learn/core/media/welcome.en.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode().startswith("WEBVTT")


@pytest.mark.parametrize("file", ["welcome.toml", "other.mp4", "course.toml", "..%2Fcourse.toml"])
def test_nothing_else_of_the_folder_can_be_had(ines, file):
    assert ines.get(f"/learn/core/media/{file}").status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_sign_in():
    assert Client().get(FILM).url.startswith("/account/")
