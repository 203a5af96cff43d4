"""A letter that is laid out once for many says to each what it would say to them alone."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.actions.test_sending import prepared
from tests.cast import INES, MOMENT
from upstander.actions.sending import Subject
from upstander.models import Notice, Person, Standing
from upstander.notices import laid_out
from upstander.notices.letter import Writer, wrapped
from upstander.notices.registry import letters
from upstander.queries.programmes import published

READERS = (("Ines", "AAAA-BBBB-CCCC"), (f"<b>Tomás</b> & {'a name of many words ' * 5}".strip(), "D"))


@pytest.fixture
def menu(db):
    """The cast under page-b."""
    laid_out._kept.clear()
    yield prepared()
    laid_out._kept.clear()


def about(name: str, code: str, language: str) -> Subject:
    person, rules = Person.objects.get(pk=INES), published("page-b")
    person.preferred_name, person.legal_last_name = name, ""
    standing = Standing.objects.filter(person_id=INES, programme_id="page-b").first()
    return Subject(person, standing, rules, language, code, MOMENT, {}, Notice(person=person))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("key", ["added", "reminder", "overdue"])
def test_each_reader_gets_the_letter_that_is_rendered_for_them_alone(menu, key, language):
    writer: Writer = letters(lambda course, lang: None)[key]
    for name, code in (*READERS, READERS[0]):
        subject = about(name, code, language)
        written = writer.compose(subject)
        with override(language):
            alone = render_to_string(f"{key}/text.txt", writer.words(subject))
        assert written.text == wrapped(alone)
        assert name.split()[0] in written.text and written.html.count(f"/check/{code}/") >= 2
        assert "<b>Tom" not in written.html
    assert len(laid_out._kept) == 1


def test_what_is_told_otherwise_is_laid_out_anew(menu):
    writer = letters(lambda course, lang: None)["reminder"]
    first, second = about("Ines", "A", "en"), about("Ines", "A", "en")
    second.standing.due_on = None
    assert writer.compose(first).text != writer.compose(second).text
    assert writer.compose(first).html != writer.compose(second).html


def test_only_so_many_are_kept(menu, monkeypatch):
    monkeypatch.setattr(laid_out, "MOST", 2)
    for key in ("added", "reminder", "overdue"):
        letters(lambda course, lang: None)[key].compose(about("Ines", "A", "en"))
    assert len(laid_out._kept) <= 2
