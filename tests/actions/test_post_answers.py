"""What is read in an answer by mail, whatever program wrote it: all that was said, and nothing that was quoted."""

import pytest

from tests import mail_programs as programs
from upstander.core.post import Came
from upstander.core.return_address import Ours, reply_address
from upstander.wires.post_parts import LEAST_PICTURE_BYTES
from upstander.wires.post_reading import read

OURS = Ours("prevention@aldermere.example", "bounces@aldermere.example", "case@aldermere.example", "k" * 60)
CASE = reply_address(OURS, "a" * 20)
PLAIN = "Content-Type: text/plain; charset=us-ascii\n\n"


def said(raw: bytes) -> str:
    reading = read(raw, OURS)
    assert reading.came is Came.REPLY
    return reading.text


@pytest.mark.row("A13")
@pytest.mark.parametrize("name", programs.TEXTS)
def test_of_an_answer_from_a_program_exactly_what_was_said_is_read(name):
    text, kind, words = programs.TEXTS[name]
    assert said(programs.answer(CASE, name, text, kind)) == words


@pytest.mark.parametrize("text", programs.OWN_WORDS)
def test_words_of_the_writer_that_look_like_a_programs_stay(text):
    assert said(programs.answer(CASE, "own", text)) == text


@pytest.mark.parametrize(
    ("charset", "declared", "encoded"),
    [
        ("windows-1252", "windows-1252", True),
        ("windows-1252", "us-ascii", False),
        ("windows-1252", "", False),
        ("windows-1252", "iso-8859-1", False),
        ("windows-1252", "utf-8", False),
        ("utf-8", "", False),
        ("utf-8", "us-ascii", True),
        ("utf-16", "utf-16", True),
    ],
)
def test_accents_and_windows_quotes_are_read_whatever_the_program_calls_them(charset, declared, encoded):
    text = "“Mañana” está bien…"
    assert said(programs.in_charset(CASE, text, charset, declared, encoded)) == text


def test_words_before_and_after_a_picture_are_both_read_and_the_picture_is_a_file():
    parts = (
        f"{PLAIN}Here it is.\n",
        programs.picture(10, False),
        f"{PLAIN}And Tuesday works.\n\nSent from my iPhone\n",
    )
    reading = read(programs.in_parts(CASE, "multipart/mixed", *parts), OURS)
    assert reading.text == "Here it is.\n\nAnd Tuesday works."
    assert [file.name for file in reading.files] == ["IMG_1.jpg"]


@pytest.mark.parametrize(
    ("words", "size_bytes", "number"),
    [("See here.", LEAST_PICTURE_BYTES, 1), ("See here.", 2_000, 0), ("", 2_000, 1)],
    ids=["a photograph", "a logo", "nothing but a picture"],
)
def test_a_picture_within_the_text_is_a_file_unless_it_is_a_logo(words, size_bytes, number):
    page = f'Content-Type: text/html\n\n<p>{words}</p><img src="cid:one">\n'
    raw = programs.in_parts(CASE, "multipart/related", page, programs.picture(size_bytes, True))
    assert len(read(raw, OURS).files) == number


def test_a_signed_answer_is_read_and_its_signature_is_no_file():
    seal = 'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Disposition: attachment\n\nMIAG\n'
    raw = programs.in_parts(CASE, "multipart/signed; micalg=sha-256", f"{PLAIN}Tuesday works for me.\n", seal)
    assert (said(raw), read(raw, OURS).files) == (programs.EN, ())


@pytest.mark.parametrize("kind", ["plain", "page"])
def test_what_is_forwarded_is_kept_whole_for_it_is_what_was_to_be_read(kind):
    proof = "You have passed the course."
    if kind == "plain":
        text = (
            f"My proof.\n\n---------- Forwarded message ---------\nFrom: school@b.example\nSubject: Done\n\n{proof}\n"
        )
        assert proof in said(programs.answer(CASE, "forwarded", text))
    text = f'<p>My proof.</p><div id="divRplyFwdMsg"><b>From:</b> school</div><blockquote>{proof}</blockquote>'
    assert proof in said(programs.answer(CASE, "forwarded", text, "text/html", "RV: Done"))


def test_a_message_that_was_attached_is_named_among_the_files():
    letter = (
        "Content-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: a@b.example\nSubject: Proof\n\nText\n"
    )
    raw = programs.in_parts(CASE, "multipart/mixed", f"{PLAIN}See this.\n", letter)
    assert [file.name for file in read(raw, OURS).files] == ["message.eml"]
    assert said(raw) == "See this."


@pytest.mark.parametrize("name", ["accepted", "with words"])
def test_a_calendar_that_answers_by_itself_is_no_answer_unless_words_stand_beside_it(name):
    words = "I come by bus.\n" if name == "with words" else "\n"
    calendar = "Content-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
    raw = programs.in_parts(CASE, "multipart/alternative", f"{PLAIN}{words}", calendar)
    assert read(raw, OURS).came is (Came.REPLY if name == "with words" else Came.AUTOMATIC)


@pytest.mark.parametrize(
    "raw",
    [
        programs.answer(CASE, "empty", f"\n\nOn Wed, Jan 20, 2021 Office <a@b.example> wrote:\n{programs.QUOTED}"),
        programs.answer(CASE, "empty-outlook", f"\n\n{programs.FROM_ES}\n{programs.LETTER}"),
        programs.in_parts(CASE, "multipart/encrypted", "Content-Type: application/octet-stream\n\n-----BEGIN\n"),
        programs.answer(CASE, "sealed", "MIAG", 'application/pkcs7-mime; name="smime.p7m"'),
    ],
    ids=["only a quote", "only a quote of Outlook", "encrypted", "sealed"],
)
def test_an_answer_in_which_nothing_was_said_says_nothing(raw):
    reading = read(raw, OURS)
    assert (reading.came, reading.text, reading.files) == (Came.REPLY, "", ())
