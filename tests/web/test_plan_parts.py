"""My training of a programme with parts: how each part stands, and no count of courses that would be wrong."""

from html import unescape

import pytest

from tests.cast import INES, MOMENT
from tests.staff import PROGRAMMES, complete, signed_in_as
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Subject
from upstander.core.programme_file import parse_programme
from upstander.core.reasons import REASONS
from upstander.models import Standing
from upstander.notices.added.notice import ADDED
from upstander.notices.letter import UNWRITTEN, Writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
PARTS = """[[requirement.parts]]
key = "base"
title = { en = "The base course", es = "El curso básico" }
complete = 1
of = ["core", "option-a"]
[[requirement.parts]]
key = "reporting"
title = { en = "Reporting", es = "Informar" }
of = ["option-d"]

[[options]]
course = "option-a"
[[options]]
course = "option-d"
"""


def in_parts() -> str:
    text = (PROGRAMMES / "page-a.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
    return text.replace('key = "page-a"', 'key = "in-parts"').replace("[requirement]\ncomplete = 1\n", PARTS)


@pytest.fixture
def published(university):
    import_programme(in_parts(), MOMENT, "test")
    complete(INES, course="option-a")


def duty_of(lang: str) -> str:
    client = signed_in_as(INES)
    client.cookies["upstander_language"] = lang
    page = unescape(client.get("/my-training/").content.decode())
    return page.split('id="in-parts"')[1].split("</article>")[0].split("<details")[0]


def test_my_training_says_above_the_courses_how_each_part_stands(published):
    shown = duty_of("en")
    assert "<li>The part “The base course” is done.</li>" in shown
    assert "<li>The part “Reporting” is not complete yet: 0 of 1.</li>" in shown
    assert "<li>La parte «El curso básico» está completa.</li>" in duty_of("es")


def test_the_comparison_counts_no_courses_where_parts_are_asked_for(published):
    page = unescape(signed_in_as(INES).get("/my-training/in-parts/compare/").content.decode())
    assert "My training says which parts you still need; you may take any of these." in page
    assert "Choose" not in page


def test_a_letter_counts_no_courses_where_parts_are_asked_for(published):
    standing = Standing.objects.get(person_id=INES, programme_id="in-parts")
    about = Subject(standing.person, standing, parse_programme(in_parts()), "en", "ABCD", MOMENT, {})
    letter = Writer(ADDED, lambda key, lang: None).compose(about)
    assert "/my-training/#in-parts" in letter.text
    assert "You choose" not in letter.text + letter.html


def test_no_letter_tells_of_leave_or_of_what_an_officer_decided():
    private = {code for code, kind in REASONS.items() if kind.owner == "officer" or "leave" in code}
    assert private <= UNWRITTEN


def test_the_filled_button_leads_to_what_a_part_still_needs(published):
    Standing.objects.filter(person_id=INES).exclude(programme_id="in-parts").update(state="not-required")
    filled = duty_of("en").split('class="button filled" href="')[1]
    assert filled.startswith("/learn/option-d/")


def test_a_course_that_this_site_does_not_give_is_named_with_the_way_to_it(university):
    document = in_parts().replace('of = ["option-d"]', 'of = ["a-day-together"]')
    import_programme(document.replace('course = "option-d"', 'course = "a-day-together"'), MOMENT, "test")
    assert "Not on this site: a-day-together. The office tells you how to take it." in duty_of("en")
    assert "No está en este sitio: a-day-together." in duty_of("es")
