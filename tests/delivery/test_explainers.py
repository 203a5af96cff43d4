"""Explainers: what is shipped is what the sources make, in both languages alike, and no line is too long to read."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.delivery.test_courses import INSTITUTION
from tests.learners import lay_out
from upstander.delivery.native.check import check_course
from upstander.delivery.native.explainers import EXPLAINERS, captions_of, explainer_names, read_explainer
from upstander.delivery.native.figures import read_figure
from upstander.delivery.native.loader import load
from upstander.delivery.native.markup import placeholders
from upstander.delivery.native.problems import Found

ROOT = Path(__file__).parents[2]
NAME = "responsible-employee"
pytestmark = pytest.mark.row("B22")


def shown(lang, **institution):
    return read_explainer(NAME, lang, placeholders({**INSTITUTION, **institution}, lang))


def test_what_is_shipped_is_what_the_sources_make():
    ran = subprocess.run([sys.executable, ROOT / "script" / "explainers", "check"], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, f"{NAME}: made from its sources\n")


def test_it_takes_about_two_minutes_in_ten_slides_in_each_language():
    english, spanish = shown("en"), shown("es")
    assert [slide.id for slide in english.slides] == [slide.id for slide in spanish.slides]
    assert 8 <= len(english.slides) <= 12
    assert all(105 <= one.seconds <= 140 for one in (english, spanish))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_captions_follow_one_another_and_stay_long_enough_to_be_read(lang):
    cues = captions_of(NAME, lang, placeholders(INSTITUTION, lang))
    assert all(first.ends <= second.begins for first, second in pairwise(cues))
    for cue in cues:
        assert len(cue.text.split()) * 60_000 / (cue.ends - cue.begins) <= 200, cue.text


def test_the_institutions_words_stand_in_its_captions_and_its_rule_comes_first():
    said = " ".join(caption.text for slide in shown("en").slides for caption in slide.said)
    assert "(555) 010-0200" in said and "the Prevention Office" in said and "{{" not in said
    assert shown("en").rule.startswith("The rule of Aldermere")


def test_it_speaks_the_variant_that_the_institution_asks_for():
    assert "hostigamiento" not in shown("es", spanish="pr").title
    assert shown("es", spanish="pr").lang == "es"


@pytest.mark.parametrize("path", sorted(EXPLAINERS.glob("*/made/*.svg")), ids=lambda path: path.name)
def test_its_drawings_are_safe_line_drawings(path):
    found = Found(EXPLAINERS)
    assert read_figure(path, found) and found.problems == []
    assert "[[" not in path.read_text(encoding="utf-8")


def test_a_lesson_can_hold_it_and_counts_its_seconds(tmp_path):
    lay_out(tmp_path, "tiny")
    for lang in ("en", "es"):
        page = tmp_path / "tiny" / lang / "two.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n::: explainer {NAME}\n:::\n", encoding="utf-8")
    assert check_course(tmp_path, "tiny", INSTITUTION)[1] == []
    page = load(tmp_path, "tiny", "en", INSTITUTION).page("two/drawing")
    assert page.seconds > shown("en").seconds
    assert page.blocks[-1].name == explainer_names()[0]


def test_an_explainer_that_nobody_made_is_refused_with_its_line(tmp_path):
    lay_out(tmp_path, "tiny")
    for lang in ("en", "es"):
        page = tmp_path / "tiny" / lang / "two.md"
        page.write_text(page.read_text(encoding="utf-8") + "\n::: explainer nothing\n:::\n", encoding="utf-8")
    problems = check_course(tmp_path, "tiny", INSTITUTION)[1]
    assert [(p.code, p.file, p.line) for p in problems] == [
        ("explainer-unknown", "tiny/en/two.md", 25),
        ("explainer-unknown", "tiny/es/two.md", 25),
    ]
