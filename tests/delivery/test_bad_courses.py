"""A folder of bad courses: each holds one fault over the tiny course, and the check names that fault and no other."""

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.delivery.test_courses import INSTITUTION
from tests.filming import lay_film
from tests.learners import TINY
from upstander.core.errors import Refusal
from upstander.delivery.native.check import check_course
from upstander.delivery.native.problems import SENTENCES

BAD = Path(__file__).parents[1] / "courses" / "bad"


def problems(root):
    return [(p.code, p.file.removeprefix("tiny/"), p.line) for p in check_course(root, "tiny", INSTITUTION)[1]]


@pytest.mark.parametrize("folder", sorted(BAD.iterdir()), ids=lambda folder: folder.name)
def test_each_fault_is_named_once_with_its_file_and_line(folder, tmp_path):
    shutil.copytree(TINY, tmp_path / "tiny")
    shutil.copytree(folder, tmp_path / "tiny", dirs_exist_ok=True)
    expected = tomllib.loads((tmp_path / "tiny" / "expected.toml").read_text(encoding="utf-8"))
    files = expected["files"] if "files" in expected else [expected["file"]]
    assert problems(tmp_path) == [(expected["code"], file, expected["line"]) for file in files]
    assert expected["code"] in SENTENCES


def test_a_film_of_three_hundred_megabytes_is_named_once_with_its_file_and_line(tmp_path):
    shutil.copytree(TINY, tmp_path / "tiny")
    film = lay_film(tmp_path / "tiny") / "welcome.mp4"
    with film.open("r+b") as opened:
        opened.truncate(300_000_000)
    assert problems(tmp_path) == [("media-too-large", "media/welcome.toml", 1)]


def test_a_course_in_one_language_lacks_the_other(tmp_path):
    shutil.copytree(TINY, tmp_path / "tiny")
    shutil.rmtree(tmp_path / "tiny" / "es")
    assert problems(tmp_path) == [("translation-missing", "course.toml", 1)]


@pytest.mark.parametrize("name", ["course.toml", "en/course.toml", "en/bank.toml", "en/one.md"])
@pytest.mark.parametrize(
    "text", ["", "key = 3\n", "[[objectives]]\n", "objectives = 3\n", "sections = ['x']\n", "items = [1]\n"]
)
def test_the_check_of_a_nonsense_file_says_so_and_never_fails(tmp_path, name, text):
    shutil.copytree(TINY, tmp_path / "tiny")
    (tmp_path / "tiny" / name).write_text(text, encoding="utf-8")
    try:
        assert check_course(tmp_path, "tiny", INSTITUTION)[1]
    except Refusal as refusal:
        assert refusal.code
