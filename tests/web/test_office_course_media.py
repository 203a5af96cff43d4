"""Sound and film in the course desk: brought, described in both languages, looked at, published, played to learners."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.filming import MP4
from tests.forms import form_of as form_on
from tests.staff import HUGO, INES, MEI, MOMENT, RUTH, content_of, open_office, signed_in_as
from upstander.actions.course_drafts import start_draft
from upstander.actions.course_editions import record_shipped
from upstander.actions.grants import give
from upstander.delivery.publishing import publish
from upstander.models import CourseDraft
from upstander.queries.course_drafts import files_of_draft

pytestmark = [pytest.mark.django_db, pytest.mark.row("B10")]
TINY = Path(__file__).parent.parent / "courses"
CAPTIONS = "00:00.000 --> 00:04.000\nGood morning."
SAID = {
    "length": "1:35",
    "title-en": "A word from the provost",
    "description-en": "The provost stands in the library.",
    "transcript-en": "Good morning.\n\nI am glad that you are here.",
    "captions-en": CAPTIONS,
    "title-es": "Unas palabras de la rectoría",
    "description-es": "La rectora está de pie en la biblioteca.",
    "transcript-es": "Buenos días. Me alegra que esté aquí.",
    "captions-es": CAPTIONS.replace("Good morning", "Buenos días"),
}


@pytest.fixture
def desk(settings, tmp_path) -> str:
    """The address of a draft of the tiny course, which Mei and Ruth write."""
    settings.CONTENT_ROOT, settings.DATA_DIR = TINY, tmp_path
    open_office()
    record_shipped(TINY, MOMENT)
    for person_id in (MEI, RUTH):
        give(person_id, "author", MOMENT, "test")
    return f"/office/courses/drafts/{start_draft('tiny', MOMENT, f'person:{MEI}').pk}/"


def bring(desk: str, content: bytes = MP4, file: str = "Welcome film.MP4", **typed: str):
    sent = {"name": "welcome", "length": "1:35", **typed, "file": SimpleUploadedFile(file, content)}
    return signed_in_as(MEI).post(f"{desk}media/", sent)


def write(desk: str, person_id: str = MEI, **said: str):
    client = signed_in_as(person_id)
    form = form_on(client.get(f"{desk}media/welcome/"), "write")
    return client.post(f"{desk}media/welcome/", {**form, **SAID, **said, "act": "save"})


def kept() -> list[Path]:
    folder = Path(settings.DATA_DIR) / "media"
    return [path for path in folder.rglob("*") if path.is_file()]


def files(desk: str) -> dict[str, str]:
    return files_of_draft(CourseDraft.objects.get())


def test_a_film_is_brought_described_shown_on_a_page_published_and_played(desk):
    assert bring(desk).url == f"{desk}media/welcome/"
    assert write(desk).status_code == 302
    client = signed_in_as(MEI)
    page = form_on(client.get(f"{desk}pages/one/first/"), "write")
    block = "\n\n::: media welcome\n:::\n"
    page |= {"body-en": page["body-en"][0] + block, "body-es": page["body-es"][0] + block, "act": "save"}
    assert client.post(f"{desk}pages/one/first/", page).status_code == 302
    shown = client.get(f"{desk}preview/one/first/").content.decode()
    (film,) = kept()
    assert f'src="{desk}media/files/{film.name}"' in shown and "La rectora está de pie" in shown
    assert content_of(client.get(f"{desk}media/files/{film.name}")) == MP4
    assert client.get(f"{desk}media/files/welcome.es.vtt").content.decode().startswith("WEBVTT\n\n00:00.000")
    held = files(desk)
    publish("tiny", "2021.1", held, "material", {"en": "A film.", "es": "Una película."}, "a", "b", MOMENT)
    ines = signed_in_as(INES)
    ines.post("/learn/tiny/")
    assert "I am glad that you are here." in ines.get("/learn/tiny/one/first/").content.decode()
    assert content_of(ines.get(f"/learn/tiny/media/{film.name}")) == MP4


def test_another_file_under_the_same_name_keeps_the_words_and_leaves_the_older_file_to_older_editions(desk):
    bring(desk)
    write(desk)
    bring(desk, MP4 + b"longer", length="2:10")
    assert len(kept()) == 2
    text = files(desk)["media/welcome.toml"]
    assert "seconds = 130" in text and "A word from the provost" in text


@pytest.mark.parametrize(
    ("content", "file", "typed", "said"),
    [
        (b"<script>alert(1)</script>", "welcome.mp4", {}, "is not a film or recording"),
        (MP4, "welcome.exe", {}, "is not a film or recording"),
        (b"", "welcome.mp4", {}, "is not a film or recording"),
        (MP4, "welcome.mp4", {"name": "../welcome"}, "has a short name"),
        (MP4, "welcome.mp4", {"length": "95"}, "minutes and seconds"),
        (MP4, "welcome.mp4", {"length": "61:00"}, "an hour at most"),
    ],
)
def test_what_is_no_film_is_refused_in_words_and_nothing_of_it_is_kept(desk, content, file, typed, said):
    answer = bring(desk, content, file, **typed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not kept() and "media/welcome.toml" not in files(desk)


def test_a_file_of_300_mb_is_refused_by_what_the_request_says_of_its_length(desk):
    client = signed_in_as(MEI)
    answer = client.post(f"{desk}media/", {}, headers={"content-length": "300000000"}, CONTENT_LENGTH="300000000")
    assert answer.status_code == 413 and "larger than 60 MB" in answer.content.decode()


def test_what_a_film_lacks_stands_at_its_form_and_in_the_way_of_publishing(desk):
    bring(desk)
    write(desk, **{"transcript-es": "", "captions-en": "00:09.000 --> 00:04.000\nGood morning."})
    client = signed_in_as(MEI)
    page = form_on(client.get(f"{desk}pages/one/first/"), "write")
    page |= {"body-en": "::: media welcome\n:::", "body-es": "::: media welcome\n:::", "act": "save"}
    client.post(f"{desk}pages/one/first/", page)
    for place in ("media/welcome/", "missing/"):
        shown = client.get(desk + place).content.decode()
        assert "has no transcript in es" in shown and "The captions are broken" in shown


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_written_over(desk):
    bring(desk)
    client = signed_in_as(RUTH)
    opened = form_on(client.get(f"{desk}media/welcome/"), "write")
    write(desk)
    answer = client.post(f"{desk}media/welcome/", {**opened, **SAID, "title-en": "Another title", "act": "save"})
    assert answer.status_code == 409 and "Another title" in answer.content.decode()
    assert "A word from the provost" in files(desk)["media/welcome.toml"]


def test_taken_out_it_is_gone_from_the_draft_and_its_file_stays_for_published_editions(desk):
    bring(desk)
    write(desk)
    signed_in_as(MEI).post(f"{desk}media/welcome/", {"act": "remove"})
    assert not [path for path in files(desk) if path.startswith("media/")] and kept()


def test_only_authors_bring_or_see_films_of_a_draft(desk):
    bring(desk)
    (film,) = kept()
    for address in (f"{desk}media/", f"{desk}media/welcome/", f"{desk}media/files/{film.name}"):
        assert signed_in_as(HUGO).get(address).status_code == 404
        assert Client().get(address).status_code in (302, 404)
