"""Films and recordings of the institution: described, captioned and transcribed in every language, or refused."""

import pytest

from tests.delivery.test_courses import INSTITUTION
from tests.filming import BLOCK, lay_film
from tests.learners import lay_out
from upstander.delivery.native.check import check_course
from upstander.delivery.native.loader import load
from upstander.delivery.native.media import LIMIT_BYTES


@pytest.fixture
def film(tmp_path):
    """The tiny course with a film on its first page, a way to change its files, and what the check says."""
    lay_out(tmp_path, "tiny")
    folder = lay_film(tmp_path / "tiny")

    class Film:
        root = tmp_path

        def __init__(self):
            self.folder = folder

        def change(self, old, new, name="welcome.toml"):
            path = folder / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")

        def problems(self):
            return [
                (p.code, p.file.removeprefix("tiny/"), p.line) for p in check_course(tmp_path, "tiny", INSTITUTION)[1]
            ]

    return Film()


def test_a_whole_film_is_read_with_its_words_in_each_language_and_counts_its_seconds(film):
    assert film.problems() == []
    english, spanish = (load(film.root, "tiny", lang, INSTITUTION).page("one/first") for lang in ("en", "es"))
    shown = next(block for block in english.blocks if block.kind == "media")
    assert (shown.title, shown.mime, shown.minutes) == ("A word from the provost", "video/mp4", "1:35")
    assert "Buenos días" in next(block for block in spanish.blocks if block.kind == "media").timed
    for name in ("en", "es"):
        page = film.root / "tiny" / name / "one.md"
        page.write_text(page.read_text(encoding="utf-8").replace(BLOCK, ""), encoding="utf-8")
    (film.root / "tiny" / "course.toml").touch()
    without = load(film.root, "tiny", "en", INSTITUTION).page("one/first")
    assert english.seconds - without.seconds == 95


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('captions = "welcome.es.vtt"\n', "", ("captions-missing", "media/welcome.toml", 10)),
        ('captions = "welcome.es.vtt"', 'captions = "none.vtt"', ("media-file-missing", "media/welcome.toml", 10)),
        ('transcript = "Buenos días. Me alegra que esté aquí."', "", ("transcript-missing", "media/welcome.toml", 10)),
        ('description = "The provost stands in the library."', "", ("media-without-alt", "media/welcome.toml", 4)),
        ('title = "A word from the provost"', "", ("key-missing", "media/welcome.toml", 4)),
        ('"welcome.mp4"', '"welcome.avi"', ("media-kind", "media/welcome.toml", 1)),
        ('"welcome.mp4"', '"../welcome.mp4"', ("media-kind", "media/welcome.toml", 1)),
        ('"welcome.mp4"', '"nowhere.mp4"', ("media-file-missing", "media/welcome.toml", 1)),
        ("seconds = 95", 'seconds = "95"', ("value-wrong", "media/welcome.toml", 2)),
        ("seconds = 95", "seconds = 95\nautoplay = true", ("key-unknown", "media/welcome.toml", 3)),
    ],
)
def test_what_a_film_lacks_is_refused_with_its_line(film, old, new, expected):
    film.change(old, new)
    assert film.problems() == [expected]


def test_a_film_of_three_hundred_megabytes_is_refused_without_being_read(film, monkeypatch):
    with (film.folder / "welcome.mp4").open("r+b") as opened:
        opened.truncate(300_000_000)
    assert film.problems() == [("media-too-large", "media/welcome.toml", 1)]
    with (film.folder / "welcome.mp4").open("r+b") as opened:
        opened.truncate(LIMIT_BYTES)
    assert film.problems() == []


def test_a_file_that_only_has_the_name_of_a_film_is_refused(film):
    (film.folder / "welcome.mp4").write_bytes(b"MZ this is a program")
    assert film.problems() == [("media-kind", "media/welcome.toml", 1)]


@pytest.mark.parametrize(
    ("captions", "line"),
    [
        ("Good morning.", 1),
        ("WEBVTT\n\n00:00 --> 00:04\nGood morning.\n", 3),
        ("WEBVTT\n\n00:00:04.000 --> 00:00:02.000\nGood morning.\n", 3),
        ("WEBVTT\n\n00:00:04.000 --> 00:00:06.000\n\n", 3),
        ("WEBVTT\n\n00:02:00.000 --> 00:02:04.000\nGood morning.\n", 4),
        ("WEBVTT\n", 1),
    ],
)
def test_captions_that_no_browser_would_play_are_refused_with_their_line(film, captions, line):
    (film.folder / "welcome.en.vtt").write_text(captions, encoding="utf-8")
    assert film.problems() == [("captions-broken", "media/welcome.en.vtt", line)]


def test_a_film_in_the_data_folder_stands_for_a_course_written_in_the_browser(film, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    kept = settings.DATA_DIR / "media" / "tiny" / "welcome.mp4"
    kept.parent.mkdir(parents=True)
    (film.folder / "welcome.mp4").rename(kept)
    assert film.problems() == []


def test_a_recording_needs_a_transcript_and_no_captions(film):
    (film.folder / "welcome.mp4").rename(film.folder / "welcome.mp3")
    (film.folder / "welcome.mp3").write_bytes(b"ID3" + bytes(40))
    for old in ('captions = "welcome.en.vtt"\n', 'captions = "welcome.es.vtt"\n'):
        film.change(old, "")
    film.change('"welcome.mp4"', '"welcome.mp3"')
    assert film.problems() == []
