"""A message as bytes: what is written quickly says the same as what the standard library writes."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from tests.actions.test_mail_wire import LETTER, NOW
from upstander.wires.mail_message import UNWRITABLE, as_message, written

LINK = f"<https://a.example/{'x' * 90}>"
LONG = "Una palabra tras otra, con ñ y con “comillas”, " * 6
LETTERS = {
    "as they mostly are": LETTER,
    "in English": replace(LETTER, subject="Added to your training, due Wednesday", sender_name="Office", language="en"),
    "with a long subject": replace(LETTER, subject=LONG.strip()),
    "with an encoded-word as text": replace(LETTER, subject="Not =?utf-8?q?encoded?= by us"),
    "with headers of its own": replace(LETTER, headers=(("X-Short", "a, b"), ("X-Long", LINK)), reply_to="o@a.example"),
    "with long lines": replace(LETTER, text=f"{LONG}\n.\n..\nFrom 100 %\n--=_\nblank at the end \n\n", html=LONG),
    "with an address that wants quoting": replace(LETTER, to='"ines o"@aldermere.example', reference="a b"),
    "with a calendar entry": replace(LETTER, calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
}  # fmt: skip


def parsed(raw: bytes):
    """Headers and the text of every part, as a mail program reads them; a multipart's own boundary aside."""
    message = message_from_bytes(raw, policy=policy.default)
    headers = {name: str(value) for name, value in message.items() if name != "Content-Type"}
    return headers, [
        (part.get_content_type(), part.get_content()) for part in message.walk() if not part.is_multipart()
    ]


@pytest.mark.parametrize("which", LETTERS)
def test_a_message_written_quickly_reads_as_the_standard_library_writes_it(which):
    letter = LETTERS[which]
    raw = written(letter, NOW)
    assert parsed(raw) == parsed(as_message(letter, NOW).as_bytes())
    assert all(len(line) <= 998 and not line.strip(b"\r\n").count(b"\n") for line in raw.split(b"\r\n"))
    assert raw.count(b"\n") == raw.count(b"\r\n")


REFUSED = (
    {"subject": "a\r\nBcc: x@a.example"},
    {"reply_to": "a\r\nBcc: x@a.example"},
    {"to": "inés@aldermere.example"},
    {"to": "a@b@c"},
    {"to": "ines"},
    {"headers": (("X-Own", "a\nb"),)},
    {"language": "e\ns"},
)


@pytest.mark.parametrize("change", REFUSED)
def test_what_the_standard_library_refuses_is_refused(change):
    for write in (as_message, written):
        with pytest.raises(UNWRITABLE):
            write(replace(LETTER, **change), NOW)
