"""Handing messages to a real relay on loopback."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.mail_relay import relay
from upstander.core.days import Moment
from upstander.wires.mail import Conversation, Envelope, Outcome, Relay

NOW = Moment(datetime(2021, 1, 13, 15, 0, tzinfo=UTC), date(2021, 1, 13))
LETTER = Envelope(
    reference="0b9c",
    sender_name="Oficina de Prevención",
    sender="prevention@aldermere.example",
    to="ines@aldermere.example",
    subject="Su formación: añadida",
    text="Hola.\n.línea que empieza con punto\n",
    html="<p>Hola.</p>",
    language="es",
)


def test_a_message_arrives_as_plain_text_first_with_html_after_it():
    with relay() as (kept, where), Conversation(where) as wire:
        assert wire.hand_over(LETTER, NOW).outcome is Outcome.ACCEPTED
    (message,) = kept.messages
    assert kept.recipients == ["ines@aldermere.example"]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Subject"] == "Su formación: añadida"
    assert message["From"].addresses[0].display_name == "Oficina de Prevención"
    assert message["Message-ID"] == "<0b9c@aldermere.example>"
    assert message["Date"].datetime == NOW.at
    assert message["Content-Language"] == "es"
    text = message.get_body(("plain",)).get_content()
    assert text.splitlines() == ["Hola.", ".línea que empieza con punto"]


def test_one_conversation_serves_many_messages():
    with relay() as (kept, where), Conversation(where) as wire:
        for number in range(5):
            assert wire.hand_over(replace(LETTER, reference=str(number)), NOW).outcome is Outcome.ACCEPTED
    assert len(kept.messages) == 5


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("451 later", Outcome.TEMPORARY), ("554 never", Outcome.PERMANENT), ("421 closing", Outcome.TEMPORARY)],
)
def test_a_refused_message_says_whether_to_try_again(answer, outcome):
    with relay() as (kept, where), Conversation(where) as wire:
        kept.answer = answer
        handed = wire.hand_over(LETTER, NOW)
        assert (handed.outcome, handed.reply) == (outcome, answer)
        kept.answer = "250 taken"
        assert wire.hand_over(LETTER, NOW).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(("answer", "outcome"), [("450 busy", Outcome.TEMPORARY), ("550 nobody", Outcome.PERMANENT)])
def test_a_refused_recipient_says_whether_to_try_again_and_the_next_one_goes(answer, outcome):
    with relay() as (kept, where), Conversation(where) as wire:
        kept.answer_to_rcpt = answer
        assert wire.hand_over(LETTER, NOW).outcome is outcome
        kept.answer_to_rcpt = "250 ok"
        assert wire.hand_over(LETTER, NOW).outcome is Outcome.ACCEPTED


def test_a_line_that_breaks_after_the_message_leaves_it_uncertain():
    with relay() as (kept, where), Conversation(where) as wire:
        kept.break_off = True
        assert wire.hand_over(LETTER, NOW).outcome is Outcome.UNCERTAIN


def test_a_relay_that_is_not_there_means_later():
    with relay() as (_, where):
        pass
    with Conversation(where) as wire:
        assert wire.hand_over(LETTER, NOW).outcome is Outcome.TEMPORARY


@pytest.mark.parametrize(
    "wrong", [{"username": "post", "password": "contraseña"}, {"host": "an..empty.label.example"}], ids=["word", "host"]
)
def test_a_setting_that_cannot_be_said_to_a_relay_means_later_too(wrong):
    with relay() as (kept, where), Conversation({**where, **wrong}) as wire:
        kept.offers = ["AUTH PLAIN"]
        handed = wire.hand_over(LETTER, NOW)
        assert handed.outcome is Outcome.TEMPORARY
        assert "settings" in handed.reply and "ñ" not in handed.reply
    assert kept.messages == []


def test_a_header_cannot_be_smuggled_in():
    with relay() as (kept, where), Conversation(where) as wire:
        forged = replace(LETTER, to="ines@aldermere.example\r\nBcc: all@aldermere.example")
        assert wire.hand_over(forged, NOW).outcome is Outcome.UNWRITABLE
        assert wire.hand_over(replace(LETTER, subject="a\r\nBcc: b@c.example"), NOW).outcome is Outcome.UNWRITABLE
    assert kept.messages == []


def test_several_conversations_hand_over_side_by_side_and_answer_in_order():
    letters = [replace(LETTER, reference=str(number), to=f"p{number}@aldermere.example") for number in range(23)]
    letters[7] = replace(letters[7], subject="a\r\nBcc: b@c.example")
    at_once: set[str] = set()
    with relay() as (kept, where):
        kept.on_connection = at_once.add
        with Relay({**where, "connections": 3}) as wire:
            came = [handed.outcome for handed in wire.hand_over_all(letters, NOW)]
    assert came == [Outcome.ACCEPTED] * 7 + [Outcome.UNWRITABLE] + [Outcome.ACCEPTED] * 15
    assert sorted(kept.recipients) == sorted(letter.to for letter in letters if letter is not letters[7])
    assert len(at_once) == 3


def test_a_few_messages_need_one_conversation_only_and_keep_their_order():
    letters = [replace(LETTER, reference=str(number), to=f"p{number}@aldermere.example") for number in range(9)]
    with relay() as (kept, where), Relay({**where, "connections": 3}) as wire:
        assert {handed.outcome for handed in wire.hand_over_all(letters, NOW)} == {Outcome.ACCEPTED}
        assert wire.hand_over_all([], NOW) == []
    assert kept.recipients == [letter.to for letter in letters]
