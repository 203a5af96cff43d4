"""The explainer's page: for everybody, readable slide by slide without a script, in both languages."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.row("B22")]
PAGE = "/explainers/responsible-employee/"


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_anybody_reads_every_slide_with_its_captions_in_order_without_a_script():
    page = text(Client().get(PAGE))
    slides = re.findall(r"<li data-slide>.*?</li>", page)
    assert len(slides) == 10
    assert all("<svg" in slide and "data-begins" in slide for slide in slides)
    assert "data-bar hidden" in page
    assert "Everything that is seen and said" in page


def test_it_is_spanish_for_a_spanish_reader():
    page = text(Client().get(PAGE, headers={"accept-language": "es"}))
    assert "¿Soy empleado o empleada responsable?" in page
    assert "Los subtítulos como archivo" in page


def test_in_low_bandwidth_mode_words_stand_for_the_drawings():
    client = Client()
    client.cookies["upstander_reading"] = "light-100"
    page = text(client.get(PAGE))
    assert "<svg" not in re.sub(r"<header.*?</header>", "", page)
    assert "A signpost with three arms" in page


def test_the_captions_can_be_had_as_a_file_with_the_institutions_words():
    captions = Client().get(f"{PAGE}captions.es.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode().startswith("WEBVTT") and "{{" not in captions.content.decode()


@pytest.mark.parametrize(
    "path", ["/explainers/nothing/", f"{PAGE}captions.fr.vtt", "/explainers/nothing/captions.en.vtt"]
)
def test_what_does_not_exist_is_not_found(path):
    assert Client().get(path).status_code == 404
