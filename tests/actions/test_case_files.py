"""Files that people send with a case: what is kept, what is refused, and what is left behind."""

import io
import os
import shutil
import stat
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from tests import sent_files as sent
from tests.cast import INES, MEI, MOMENT, install
from tests.staff import PROGRAMMES, later
from upstander.actions.case_files import (
    MOST_FILES,
    arrive,
    attach,
    folder,
    keep_file,
    place_of,
    remove_outlived,
    safe_name,
    sweep,
)
from upstander.actions.cases import Wanted, move, open_case
from upstander.actions.programmes import import_programme
from upstander.core.errors import Refusal
from upstander.core.requests import OFFICER
from upstander.models import AuditLine, Case, CaseFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def case(data) -> Case:
    install()
    text = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
    import_programme(f"{text}\n[records]\nkeep_years = 3\n", MOMENT, "test")
    wanted = Wanted("page-b", "2020-21", "record", {"what": "The same course"}, kind="already-done")
    return open_case(INES, wanted, MOMENT, f"person:{INES}")


def kept(case: Case, name: str, content: bytes) -> CaseFile:
    return keep_file(case, name, content, MOMENT, f"person:{INES}")


def refusal_of(content: bytes, name: str = "a.pdf") -> tuple[str, str]:
    """Why a file is refused; nothing of it is left."""
    with pytest.raises(Refusal) as caught:
        arrive(name, content)
    assert list(folder().iterdir()) == []
    return caught.value.code, caught.value.data.get("holds", "")


@pytest.mark.row("A10")
@pytest.mark.parametrize(
    ("name", "content", "media_type", "called"),
    [
        ("certificate.pdf", sent.a_pdf(), "application/pdf", "certificate.pdf"),
        ("certificate.exe", sent.a_pdf(), "application/pdf", "certificate.pdf"),
        ("scan.pdf", sent.a_picture(), "image/png", "scan.png"),
        ("..\\..\\photo", sent.a_picture("JPEG"), "image/jpeg", "photo.jpg"),
        ("at a page.pdf", sent.a_pdf(sent.opening_at_its_page), "application/pdf", "at a page.pdf"),
    ],
)
def test_a_file_is_kept_by_its_content_whatever_its_name(case, name, content, media_type, called):
    file = kept(case, name, content)
    assert (file.media_type, file.name) == (media_type, called)
    assert place_of(file).stat().st_size == file.size_bytes


def test_a_kept_file_lies_apart_under_a_name_that_says_nothing_and_only_its_owner_reads_it(case, data):
    file = kept(case, "Ines Okafor.pdf", sent.a_pdf())
    place = place_of(file)
    assert place.parent == data / "evidence" and "okafor" not in place.name.lower() and len(place.stem) == 40
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert place.read_bytes() == sent.a_pdf() or place.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"MZ\x90\x00 an executable", ("file-kind", "")),
        (b"<!doctype html><script>1</script>", ("file-kind", "")),
        (b"<html>%PDF-1.7", ("file-kind", "")),
        (b"GIF89a" + bytes(40), ("file-kind", "")),
        (b"", ("file-damaged", "")),
        (sent.a_pdf()[:300], ("file-damaged", "")),
        (b"%PDF-1.7\nnothing else", ("file-damaged", "")),
        (sent.a_picture()[:50], ("file-damaged", "")),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), ("file-damaged", "")),
        (sent.a_pdf(sent.with_script), ("file-active", "script")),
        (sent.a_pdf(sent.with_hidden_script), ("file-active", "script")),
        (sent.a_pdf(sent.with_a_form_language), ("file-active", "script")),
        (sent.a_pdf(sent.with_launch), ("file-active", "action")),
        (sent.a_pdf(sent.opening_elsewhere), ("file-active", "action")),
        (sent.a_pdf(sent.with_a_file), ("file-active", "files")),
        (sent.a_bomb(), ("file-active", "size")),
    ],
)
def test_what_runs_opens_hides_or_bursts_is_refused_and_nothing_of_it_is_left(data, content, why):
    assert refusal_of(content) == why


def test_a_locked_pdf_is_refused_with_and_without_a_password_to_open_it(data):
    for user in ("", "open"):
        locked = sent.a_pdf(encryption=sent.pikepdf.Encryption(owner="owner", user=user))
        assert refusal_of(locked) == ("file-active", "password")


def test_a_script_hidden_in_a_packed_object_is_found(data):
    packed = sent.a_pdf(sent.with_hidden_script, object_stream_mode=sent.pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in packed
    assert refusal_of(packed) == ("file-active", "script")


def test_a_pdf_that_is_an_archive_too_is_refused(data):
    archive = io.BytesIO(sent.a_pdf())
    archive.seek(0, io.SEEK_END)
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("inside.js", "1")
    assert refusal_of(archive.getvalue()) == ("file-active", "files")


def test_what_hangs_on_a_picture_is_not_kept(case):
    exif = Image.Exif()
    exif[0x010E] = "said in the picture"
    behind = sent.a_picture("JPEG", exif=exif) + b"<script>behind the end</script>"
    stored = place_of(kept(case, "photo.jpg", behind)).read_bytes()
    assert b"script" not in stored and b"said in the picture" not in stored
    with Image.open(io.BytesIO(stored)) as shown:
        assert shown.size == (40, 30)


def test_ten_megabytes_are_the_most_and_reading_stops_there(data):
    taken = []

    def pieces():
        for number in range(300):
            taken.append(number)
            yield bytes(1_000_000)

    with pytest.raises(Refusal, match="file-size"):
        arrive("large.pdf", pieces())
    assert len(taken) == 11 and list(folder().iterdir()) == []


def test_a_case_holds_five_files_and_the_same_one_once(case):
    files = [kept(case, "same.png", sent.a_picture()) for _ in range(3)]
    assert len({file.pk for file in files}) == 1
    for width in range(50, 50 + MOST_FILES - 1):
        kept(case, "further.png", sent.a_picture(size=(width, 10)))
    with pytest.raises(Refusal, match="file-too-many"):
        kept(case, "sixth.png", sent.a_picture(size=(99, 10)))
    assert CaseFile.objects.filter(case=case).count() == MOST_FILES


def test_where_the_looking_itself_breaks_the_log_says_so_and_nothing_of_the_file(data, monkeypatch, caplog):
    monkeypatch.setattr("upstander.wires.file_look.sys.executable", shutil.which("false"))
    with pytest.raises(Refusal, match="file-damaged"):
        arrive("named-after-somebody.pdf", sent.a_pdf())
    assert "exit status 1" in caplog.text and "named" not in caplog.text


def test_files_are_looked_into_on_a_system_that_cannot_bound_a_process(tmp_path):
    place = tmp_path / "arrived"
    place.write_bytes(sent.a_pdf())
    without = (
        "import sys; sys.modules['resource'] = None; from upstander.wires.file_child import main; main(sys.argv[1])"
    )
    said = subprocess.run([sys.executable, "-c", without, place], check=True, capture_output=True).stdout
    assert b"application/pdf" in said


def test_all_files_of_one_sending_are_kept_or_none(case):
    arrived = [arrive("a.png", sent.a_picture(size=(width, 10))) for width in range(50, 56)]
    with pytest.raises(Refusal, match="file-too-many"):
        attach(case, arrived, MOMENT, "test")
    assert not CaseFile.objects.exists()


def test_no_file_comes_into_a_case_that_was_decided_while_it_was_on_its_way(case):
    arrived = arrive("a.pdf", sent.a_pdf())
    move(case.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "No.")
    with pytest.raises(Refusal, match="files-not-here"):
        attach(case, [arrived], MOMENT, f"person:{INES}")
    assert not CaseFile.objects.exists()


def test_every_file_kept_and_removed_is_a_line_in_the_audit_without_its_name(case):
    kept(case, "named-after-somebody.pdf", sent.a_pdf())
    line = AuditLine.objects.get(verb="case-file-added")
    assert line.actor == f"person:{INES}" and "named" not in f"{line.subject}{line.data}"


def test_files_go_when_the_programme_no_longer_keeps_its_records(case, django_capture_on_commit_callbacks):
    file = kept(case, "a.pdf", sent.a_pdf())
    assert remove_outlived(later(days=5_000), "upstander") == 0  # it is not settled
    move(case.pk, "decline", OFFICER, MOMENT, f"person:{MEI}", "No.")
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_outlived(later(days=3 * 365), "upstander") == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_outlived(later(days=3 * 366), "upstander") == 1
    file.refresh_from_db()
    assert file.removed_at is not None and not place_of(file).exists()
    assert remove_outlived(later(days=3 * 366), "upstander") == 0


def test_what_no_case_holds_is_swept_after_a_day_and_nothing_else(case):
    file = kept(case, "a.pdf", sent.a_pdf())
    orphan = folder() / arrive("b.png", sent.a_picture()).stored
    for place in (orphan, place_of(file)):
        os.utime(place, (MOMENT.at.timestamp(),) * 2)
    assert sweep(later(hours=23)) == 0
    assert sweep(later(hours=25)) == 1
    assert place_of(file).exists() and not orphan.exists()
    Case.objects.filter(pk=case.pk).delete()
    assert sweep(later(hours=25)) == 1 and list(folder().iterdir()) == []


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("Bestätigung für Álvarez.final.pdf", "Bestätigung für Álvarez.final.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_safe_to_hand_out(given, safe):
    assert safe_name(given, ".pdf") == safe
