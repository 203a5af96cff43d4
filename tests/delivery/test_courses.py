"""Course files: read as pages and blocks, safe to show, and checked with file and line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.learners import TINY, lay_out
from upstander.core.errors import Refusal
from upstander.delivery.catalogue import content_root, course, courses, edition
from upstander.delivery.native.check import check_course
from upstander.delivery.native.loader import course_keys, load
from upstander.delivery.native.markup import clean, fill
from upstander.delivery.native.problems import SENTENCES

pytestmark = pytest.mark.django_db
INSTITUTION = {
    "name": "Aldermere <University>",
    "emergency_number": "911",
    "office": {
        "phone": "(555) 010-0200",
        "email": "office@aldermere.example",
        "en": {"name": "the Prevention Office", "hours": "9 to 5"},
        "es": {"name": "la Oficina de Prevención", "hours": "de 9 a 17 h"},
    },
    "words": {"en": {"coordinator": "the Coordinator"}, "es": {}},
}


def tiny(lang="en"):
    return load(TINY.parent, "tiny", lang, INSTITUTION)


@pytest.fixture
def copy(tmp_path):
    """A copy of the tiny course that a test may spoil, and a way to check it."""
    lay_out(tmp_path, "tiny")

    class Copy:
        folder = tmp_path / "tiny"

        def change(self, name, old, new):
            path = self.folder / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")

        def problems(self):
            return [(p.code, p.file, p.line) for p in check_course(tmp_path, "tiny", INSTITUTION)[1]]

    return Copy()


def test_a_course_is_read_as_sections_pages_and_blocks():
    course = tiny()
    assert [section.id for section in course.sections] == ["one", "two"]
    assert course.outline.pages == ("one/first", "one/story", "two/drawing")
    kinds = [[block.kind for block in page.blocks] for page in course.pages]
    assert kinds == [["prose", "key", "reveal"], ["prose", "scenario"], ["figure", "check", "act"]]


def test_a_scenario_knows_its_place_its_choices_and_the_variants_of_its_feedback():
    scenario = tiny().page("one/story").questions[0]
    assert scenario.place == "Lab 214, late afternoon"
    assert [answer.verdict for answer in scenario.answers] == ["harmful", "best", "partly"]
    best = scenario.answers[1]
    assert best.feedback == "<p>Dario can decide.</p>"
    assert best.variants["exempt"] == "<p>You keep it.</p>"


def test_placeholders_are_the_institutions_words_and_never_markup():
    html = tiny().page("one/first").blocks[0].html
    assert html == "<p>Call the Prevention Office at (555) 010-0200. A <em>word</em> of “care”.</p>"
    assert fill("{{institution}}", {"institution": "A <b>"}) == "A &lt;b&gt;"
    assert fill("<p>{{coordinator}} calls.</p>", {"coordinator": "the office"}) == "<p>The office calls.</p>"


@pytest.mark.parametrize(
    "source",
    ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">', '<a href="javascript:alert(1)">x</a>'],
)
def test_no_html_of_a_source_is_let_through(source):
    shown = clean(source, {})
    assert "<script" not in shown and "onerror" not in shown and "javascript" not in shown


def test_the_same_edition_is_read_once():
    assert tiny() is tiny()


def test_a_language_that_a_course_does_not_have_falls_back_to_one_it_has():
    assert tiny("fr").lang == "en"
    assert tiny("es").title == "Un curso diminuto"


def test_an_unknown_course_is_refused():
    with pytest.raises(Refusal, match="no-such-course"):
        load(TINY.parent, "nothing", "en", INSTITUTION)
    with pytest.raises(Refusal, match="no-such-course"):
        edition("../tiny", "en")


def test_a_whole_course_has_no_problem(copy):
    assert copy.problems() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("en/one.md", "Before the story.", "Before <b>the</b> story.", ("html", "tiny/en/one.md", 15)),
        ("en/one.md", "Before the story.", "<script>x</script>", ("html", "tiny/en/one.md", 15)),
        ("en/one.md", "Before the story.", "![](x.png)", ("image-without-alt", "tiny/en/one.md", 15)),
        ("en/one.md", "Before the story.", "![A cat](x.png)", ("image-outside-figure", "tiny/en/one.md", 15)),
        ("en/one.md", "Before the story.", "{{offise}}", ("placeholder-unknown", "tiny/en/one.md", 15)),
        ("en/one.md", "Before the story.", "::: kee\nx\n:::", ("block-unknown", "tiny/en/one.md", 15)),
        ("en/one.md", " {#story}", "", ("page-without-id", "tiny/en/one.md", 13)),
        ("en/one.md", "One thing to keep.\n:::", "One thing to keep.", ("block-broken", "tiny/en/one.md", 5)),
        ("en/one.md", "- [x] \"I am glad", "- [ ] \"I am glad", ("block-broken", "tiny/en/one.md", 17)),
        ("en/two.md", "alt: A square with a line through it.", "A square.", ("image-without-alt", "tiny/en/two.md", 3)),
        ("es/two.md", "{#drawing}", "{#dibujo}", ("translation-differs", "tiny/es/two.md", 1)),
        ("es/one.md", "- [~] «Ahora", "- [ ] «Ahora", ("translation-differs", "tiny/es/one.md", 13)),
        ("es/bank.toml", 'id = "S4"', 'id = "S9"', ("translation-missing", "tiny/es/bank.toml", 1)),
        ("en/bank.toml", "correct = true", "correct = false", ("item-without-right-answer", "tiny/en/bank.toml", 2)),
        ("en/bank.toml", 'page = "one/first"', 'page = "one/none"', ("item-page-missing", "tiny/en/bank.toml", 2)),
        ("course.toml", 'objectives = ["T1"]', "objectives = []", ("objective-without-section", "tiny/course.toml", 9)),
        ("course.toml", "count = 2", "count = 12", ("blueprint-too-large", "tiny/course.toml", 1)),
        ("course.toml", 'goal = "resources"', 'goal = "policy"', ("goal-without-objective", "tiny/course.toml", 1)),
        ("en/course.toml", 'summary = "', 'sumary = "', ("key-missing", "tiny/en/course.toml", 1)),
        ("en/bank.toml", 'right. b"', 'right. b"\nexempt = "Keep it."', ("item-broken", "tiny/en/bank.toml", 2)),
        ("en/bank.toml", "[[items]]", "[[items", ("file-unreadable", "tiny/en/bank.toml", 1)),
    ],
)  # fmt: skip
def test_every_fault_is_reported_with_its_file_and_line(copy, name, old, new, expected):
    copy.change(name, old, new)
    assert expected in copy.problems()


def test_a_missing_language_and_a_missing_section_are_reported(copy):
    (copy.folder / "es" / "course.toml").unlink()
    (copy.folder / "en" / "two.md").unlink()
    problems = copy.problems()
    assert ("translation-missing", "tiny/course.toml", 1) in problems
    assert ("file-missing", "tiny/en/two.md", 1) in problems


def test_a_drawing_with_a_script_is_refused(copy):
    copy.change("figures/square.en.svg", "<path", "<script>x</script><path")
    assert ("figure-unsafe", "tiny/figures/square.en.svg", 1) in copy.problems()


@pytest.mark.row("A01", "A06")
def test_minutes_follow_from_the_words_of_each_language(copy):
    before = edition_seconds(copy)
    copy.change("en/one.md", "Before the story.", "word " * 400)
    assert edition_seconds(copy) - before == 2 * 60 - 1


def edition_seconds(copy):
    course = check_course(copy.folder.parent, "tiny", INSTITUTION)[0]
    return sum(page.seconds for page in course.pages)


@pytest.mark.row("A01")
def test_the_shipped_courses_have_no_problem_and_the_core_course_takes_about_45_minutes(settings):
    cards = {card.key: card for card in courses("en")}
    assert set(cards) >= {"core", "option-a", "option-b", "option-c", "option-d", "option-e"}
    assert 40 <= cards["core"].minutes <= 50
    assert 40 <= course("core", "es").minutes <= 50
    for key in course_keys(content_root()):
        assert check_course(content_root(), key, settings.INSTITUTION)[1] == [], key


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_course_for_those_who_supervise_takes_about_30_minutes_and_teaches_their_duties(lang):
    pack = course("supervisor-pack", lang)
    assert pack.languages == ("en", "es")
    assert 26 <= pack.minutes <= 34
    assert {"supervisor-duties", "reporting-duty", "retaliation", "remedies"} <= set(pack.covers)


@pytest.mark.row("A03")
def test_every_goal_of_the_core_course_is_taught_and_asked(settings):
    whole, problems = check_course(content_root(), "core", settings.INSTITUTION)
    assert len(whole.goals) == 4
    assert not [p for p in problems if p.code.startswith(("goal-", "objective-"))]


@pytest.mark.row("A03")
def test_the_verb_reports_a_broken_course_as_json_and_ends_with_status_1(copy):
    copy.change("en/one.md", "Before the story.", "<b>Before</b>")
    arguments = ["course", "check", "tiny", "--json", "--root", str(copy.folder.parent)]
    program = "import sys; from upstander.jobs.cli.main import main; sys.argv = ['upstander', *sys.argv[1:]]; main()"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    row = json.loads(done.stdout)["courses"][0]
    assert (row["key"], row["languages"], row["sections"], row["items"], row["objectives"]) == (
        "tiny", ["en", "es"], 2, 12, 2,
    )  # fmt: skip
    assert {(p["code"], p["file"], p["line"]) for p in row["problems"]} == {("html", "tiny/en/one.md", 15)}


def test_every_fault_that_the_check_knows_stands_in_the_reference():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "courses.md").read_text(encoding="utf-8")
    assert [code for code in SENTENCES if f"| `{code}` |" not in page] == []
