"""Anyone can ask whether a message is genuine, and nobody learns from the answer what is not theirs."""

import pytest
from django.core.cache import cache
from django.utils.html import escape
from django.utils.translation import override

from tests.cast import INES, MOMENT, install
from upstander.actions.notices import plan_due
from upstander.actions.opening import open_sending
from upstander.actions.outbox import plan
from upstander.actions.programmes import import_programme
from upstander.actions.sending import Rules, claim, send_some
from upstander.config.settings import PACKAGE
from upstander.models import Notice
from upstander.notices.registry import called, letters
from upstander.queries.programmes import published
from upstander.web.public.check import MISSES, masked
from upstander.wires.mail import Mailbox

RULES = Rules(letters(lambda course, lang: None))


@pytest.fixture
def sent(db) -> Notice:
    """The letter that Ines got."""
    cache.clear()
    install()
    import_programme((PACKAGE / "programmes" / "page-b.toml").read_text(encoding="utf-8"), MOMENT, "test")
    open_sending("page-b", MOMENT, "test")
    plan_due(published("page-b"), MOMENT)
    send_some(MOMENT, RULES, Mailbox())
    return Notice.objects.get(person_id=INES)


def test_the_code_tells_what_was_sent_when_and_to_whom_masked(client, sent):
    page = client.get(f"/check/{sent.code}/")
    said = page.content.decode()
    assert page.status_code == 200
    for expected in ("This message is genuine", sent.subject, "i•••@a•••.example", "20 January 2021, 10:00", sent.code):
        assert expected in said
    for unsaid in ("ines@aldermere.example", "Okafor", INES):
        assert unsaid not in said
    assert page["X-Robots-Tag"] == "noindex"


def test_the_answer_is_in_the_readers_language(client, sent):
    said = client.get(f"/check/{sent.code}/", headers={"accept-language": "es"}).content.decode()
    assert "Este mensaje es auténtico" in said


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_the_code_may_be_typed_carelessly(client, sent, spoil):
    page = client.get("/check/", {"code": spoil(sent.code)}, follow=True)
    assert page.redirect_chain == [(f"/check/{sent.code}/", 302)]
    assert "This message is genuine" in page.content.decode()


def test_the_page_has_a_way_for_those_who_are_done_already(client, sent):
    said = client.get(f"/check/{sent.code}/").content.decode()
    assert 'id="done"' in said
    assert f"subject=I%20have%20already%20done%20this%20%28{sent.code}%29" in said
    assert f"/check/{sent.code}/#done" in sent.body_text


def test_an_unknown_code_is_answered_kindly_with_404(client, sent):
    page = client.get("/check/ABCD-EFGH-JKLM/")
    assert page.status_code == 404
    assert "We sent no message with this code" in page.content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "!!!"])
def test_no_code_shows_the_form_and_says_that_none_was_typed(client, db, typed):
    page = client.get("/check/", {"code": typed})
    assert page.status_code == 200
    assert "There is no code here yet" in page.content.decode()


@pytest.mark.parametrize("cut", [4, 11, 13])
def test_a_code_typed_by_halves_does_not_call_a_genuine_message_false(client, sent, cut):
    typed = (sent.code.replace("-", "") + "A")[:cut]
    said = client.get("/check/", {"code": typed}, follow=True).content.decode()
    assert "This code is not whole" in said and f"has {cut}." in said
    assert "is not ours" not in said


def test_many_unknown_codes_from_one_address_are_slowed_down(client, sent):
    for number in range(MISSES):
        assert client.get(f"/check/AAAA-BBBB-{2000 + number}/").status_code == 404
    assert client.get("/check/ABCD-EFGH-JKLM/").status_code == 429
    assert client.get(f"/check/{sent.code}/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_behind_the_proxy_each_visitor_is_counted_by_their_own_address(client, sent, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(MISSES):
        client.get(f"/check/AAAA-BBBB-{2000 + number}/", headers={"x-forwarded-for": f"203.0.113.{number}, 192.0.2.9"})
    address = f"/check/{sent.code}/"
    assert client.get(address, headers={"x-forwarded-for": "203.0.113.1, 192.0.2.9"}).status_code == 429
    assert client.get(address, headers={"x-forwarded-for": "192.0.2.9, 198.51.100.4"}).status_code == 200


def test_a_message_that_never_left_has_no_code_to_ask_for(client, sent):
    plan("reminder", INES, "page-b", sent.cycle, MOMENT)
    reminder = Notice.objects.get(kind="reminder")
    assert claim(reminder.pk, MOMENT, RULES) == "superseded"
    reminder.refresh_from_db()
    assert reminder.code is None


def test_codes_can_be_read_out(sent):
    codes = Notice.objects.exclude(code=None).values_list("code", flat=True)
    assert all(len(code) == 14 and not set(code) & set("0O1I") for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("ines@aldermere.example", "i•••@a•••.example"), ("x@mail.a.example", "x•••@m•••.example")],
)
def test_an_address_is_masked(address, shown):
    assert masked(address) == shown


def test_there_is_no_mailbox_outside_the_demo(client, sent):
    assert client.get("/mailbox/").status_code == 404
    assert client.get(f"/mailbox/{sent.pk}/").status_code == 404


def test_the_demos_mailbox_shows_every_message_as_sent(client, sent, settings):
    settings.DEMO, settings.SMTP = True, None
    assert "4 messages" in client.get("/mailbox/").content.decode()
    only = client.get("/mailbox/", {"to": "Okafor"}).content.decode()
    assert "1 message" in only
    assert str(sent.pk) in only
    shown = client.get(f"/mailbox/{sent.pk}/").content.decode()
    assert 'href="http://127.0.0.1:8000/my-training/#page-b"' in shown
    assert "<style" not in shown
    plain = client.get(f"/mailbox/{sent.pk}/", {"as": "text"}).content.decode()
    assert "Dear Ines Okafor,\n" in plain


def test_a_demo_with_a_relay_has_no_mailbox(client, sent, settings):
    settings.DEMO, settings.SMTP = True, {"host": "127.0.0.1"}
    assert client.get("/mailbox/").status_code == 404


@pytest.mark.parametrize("kind", sorted(set(RULES.letters) - {"added", "reminder", "confirmation"}))
def test_of_every_further_kind_it_is_told_that_it_is_ours_and_nothing_that_is_its_readers(client, sent, kind):
    subject = "Request PQRS-TUVW, room 12, Hugo"
    Notice.objects.filter(pk=sent.pk).update(kind=kind, subject=subject, state_at_dispatch="")
    said = client.get(f"/check/{sent.code}/").content.decode()
    assert "This message is genuine" in said and "i•••@a•••.example" in said
    assert escape(str(called(kind))) in said
    if not RULES.letters[kind].kind.of_duty or kind == "extension-granted":
        for unsaid in (subject, "The training was not finished", 'id="done"', "Preventing harassment"):
            assert unsaid not in said


def test_every_kind_has_a_name_in_both_languages():
    for key in RULES.letters:
        names = []
        for language in ("en", "es"):
            with override(language):
                names.append(str(called(key)))
        assert names[0] != names[1] and "A message" not in names and "Un mensaje" not in names, key
