"""Getting in: by password, by invitation, by the demo's door; and the language that comes along."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import INES, MOMENT, TOMAS
from tests.staff import later, signed_in_as
from upstander.actions.accounts import INVITATION_DAYS, accept, invite
from upstander.actions.installation import offer_at_the_door
from upstander.core.errors import Refusal
from upstander.models import Account, AuditLine, Installation, Person

PASSWORD = "seven lamps beside a river"


@pytest.fixture(autouse=True)
def no_tries_counted_yet():
    cache.clear()


@pytest.fixture
def ines(university):
    account = Account.objects.get(person_id=INES)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def demo(university, settings):
    settings.DEMO = True
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "made_at": MOMENT.at})
    offer_at_the_door([{"key": "ines", "person_id": INES}, {"key": "tomas", "person_id": TOMAS}])


def sign_in(client: Client, password: str = PASSWORD, **more: str):
    data = {"login": "ines@aldermere.example", "password": password, **more}
    return client.post("/account/login/", data)


@pytest.mark.row("A04")
def test_the_link_of_a_message_survives_sign_in_and_lands_on_the_course(ines):
    client = Client()
    asked = client.get("/learn/option-b/")
    assert asked["Location"] == "/account/login/?next=/learn/option-b/"
    shown = client.get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/learn/option-b/">' in unescape(shown)
    assert sign_in(client, next="/learn/option-b/")["Location"] == "/learn/option-b/"


def test_a_link_to_another_site_is_not_followed_after_sign_in(ines):
    assert sign_in(Client(), next="https://evil.example/")["Location"] == "/my-training/"


def test_a_wrong_password_says_what_to_mend_and_not_which_half_was_wrong(ines):
    page = unescape(sign_in(Client(), "not this one at all").content.decode())
    assert "This e-mail address and this password do not belong together." in page
    assert 'class="error-summary"' in page
    other = Client().post("/account/login/", {"login": "nobody@aldermere.example", "password": "whatever it is"})
    assert "This e-mail address and this password do not belong together." in unescape(other.content.decode())


def test_guessing_is_slowed(ines):
    client = Client()
    for _ in range(5):
        sign_in(client, "a wrong guess")
    assert "Too many attempts" in sign_in(client).content.decode()


def test_a_campus_behind_one_address_signs_in_on_the_same_morning(ines):
    for number in range(40):
        Client().post("/account/login/", {"login": f"somebody{number}@aldermere.example", "password": "a wrong guess"})
    assert sign_in(Client())["Location"] == "/my-training/"


def test_nobody_signs_up_by_themselves(university):
    assert b"You do not sign up." in Client().get("/account/signup/").content


def test_an_invitation_becomes_a_password_once(university):
    token = invite(INES, MOMENT)
    client = Client()
    page = unescape(client.get(f"/account/invitation/{token}/").content.decode())
    assert "Welcome, Ines Okafor" in page
    answer = client.post(f"/account/invitation/{token}/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer["Location"] == "/my-training/"
    assert client.get("/my-training/").status_code == 200
    again = Client().get(f"/account/invitation/{token}/")
    assert again.status_code == 410
    assert b"It has been used already." in again.content
    assert sign_in(Client())["Location"] == "/my-training/"


def test_an_invited_person_without_an_account_gets_one(university):
    Account.objects.filter(person_id=INES).delete()
    accept(invite(INES, MOMENT), PASSWORD, MOMENT)
    assert Account.objects.get(person_id=INES).check_password(PASSWORD)
    assert set(AuditLine.objects.filter(subject=f"person:{INES}").values_list("verb", flat=True)) >= {
        "invited",
        "password-set",
    }


def test_a_newer_invitation_ends_the_earlier_one(university):
    first, second = invite(INES, MOMENT), invite(INES, later(hours=1))
    with pytest.raises(Refusal) as refused:
        accept(first, PASSWORD, later(hours=2))
    assert refused.value.code == "invitation-expired"
    assert accept(second, PASSWORD, later(hours=2)).person_id == INES


def test_an_invitation_ends_after_fourteen_days(university):
    token = invite(INES, MOMENT)
    assert accept(token, PASSWORD, later(days=INVITATION_DAYS - 1)).person_id == INES
    token = invite(INES, MOMENT)
    with pytest.raises(Refusal) as refused:
        accept(token, PASSWORD, later(days=INVITATION_DAYS))
    assert refused.value.code == "invitation-expired"


def test_who_is_not_on_the_roster_is_not_invited(university):
    with pytest.raises(Refusal) as refused:
        invite("99999999", MOMENT)
    assert refused.value.code == "no-such-person"
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day)
    with pytest.raises(Refusal) as refused:
        invite(INES, MOMENT)
    assert refused.value.code == "person-suspended"


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        (PASSWORD, "seven lamps", "The two passwords are not the same."),
        ("short", "short", "at least 12 characters"),
        ("password1234", "password1234", "too common"),
    ],
)
def test_a_first_password_that_cannot_be_used_is_sent_back_with_the_reason(university, first, again, said):
    token = invite(INES, MOMENT)
    answer = Client().post(f"/account/invitation/{token}/", {"password1": first, "password2": again})
    assert said in unescape(answer.content.decode())
    assert not Account.objects.get(person_id=INES).has_usable_password()


def test_an_unknown_link_says_what_to_do(university):
    answer = Client().get("/account/invitation/not-a-token/")
    assert answer.status_code == 410
    assert b"Copy the whole line" in answer.content


def test_somebody_who_left_the_roster_is_told_so_instead_of_being_let_in(ines):
    Person.objects.filter(pk=INES).update(vanished_on=MOMENT.day - timedelta(days=1))
    answer = sign_in(Client())
    assert answer["Location"] == "/account/inactive/"
    assert b"Human Resources no longer lists you" in Client().get("/account/inactive/").content


def test_the_demo_offers_its_people_each_with_a_sentence(demo):
    page = unescape(Client().get("/").content.decode())
    assert "Go in as Ines Okafor" in page
    assert "One training is open" in page


def test_the_demo_lets_a_visitor_in_as_one_of_its_people_and_keeps_the_way(demo):
    client = Client()
    answer = client.post("/account/demo/", {"key": "ines", "next": "/my-training/page-b/compare/"})
    assert answer["Location"] == "/my-training/page-b/compare/"
    assert client.get("/my-training/").status_code == 200


def test_going_in_as_another_person_leaves_nothing_of_the_first(demo):
    client = Client()
    client.post("/account/demo/", {"key": "ines"})
    client.post("/account/demo/", {"key": "tomas"})
    assert "Tomás Villalobos Peña" in client.get("/my-training/").content.decode()


@pytest.mark.parametrize("key", ["mei", "nobody", ""])
def test_the_demo_s_door_opens_for_nobody_who_is_not_listed(demo, key):
    assert Client().post("/account/demo/", {"key": key}).status_code == 404


def test_there_is_no_demo_s_door_where_the_database_is_not_a_demo_s(demo):
    Installation.objects.update(is_demo=False)
    assert Client().post("/account/demo/", {"key": "ines"}).status_code == 404


def test_there_is_no_demo_s_door_outside_the_demo(demo, settings):
    settings.DEMO = False
    assert Client().post("/account/demo/", {"key": "ines"}).status_code == 404
    assert b"Go in as" not in Client().get("/").content


@pytest.mark.row("A15")
def test_the_language_switches_anywhere_and_keeps_the_place(university):
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": "/help/?a=1"})
    assert answer["Location"] == "/help/?a=1"
    assert '<html lang="es"' in client.get("/help/").content.decode()


@pytest.mark.row("A15")
def test_the_chosen_language_is_kept_with_the_account_for_every_device(ines):
    signed_in_as(INES).post("/language/", {"language": "es", "next": "/"})
    other_device = Client()
    sign_in(other_device)
    assert '<html lang="es"' in other_device.get("/my-training/").content.decode()


def test_the_language_chosen_just_before_sign_in_wins(ines):
    Account.objects.filter(pk=ines.pk).update(language="es")
    client = Client()
    client.post("/language/", {"language": "en", "next": "/account/login/"})
    sign_in(client)
    assert '<html lang="en"' in client.get("/my-training/").content.decode()
    assert Account.objects.get(pk=ines.pk).language == "en"


def test_the_roster_s_language_comes_along_where_none_was_chosen(demo):
    client = Client()
    client.post("/account/demo/", {"key": "tomas"})
    assert '<html lang="es"' in client.get("/my-training/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(university, target):
    assert Client().post("/language/", {"language": "es", "next": target})["Location"] == "/"


def test_a_language_that_is_not_offered_changes_nothing(university):
    answer = Client().post("/language/", {"language": "xx", "next": "/help/"})
    assert "upstander_language" not in answer.cookies


def test_a_forgotten_password_says_the_same_for_any_address(ines):
    known = Client().post("/account/password/reset/", {"email": "ines@aldermere.example"})
    unknown = Client().post("/account/password/reset/", {"email": "nobody@aldermere.example"})
    assert known["Location"] == unknown["Location"] == "/account/password/reset/done/"
    assert b"Look in your mail" in Client().get("/account/password/reset/done/").content


def test_the_link_to_a_new_password_goes_by_the_relay_and_works_once(ines, settings, relayed):
    settings.BASE_URL = "https://training.aldermere.example"
    Client().post("/account/password/reset/", {"email": "ines@aldermere.example"})
    (message,) = relayed
    assert message.to == "ines@aldermere.example"
    assert message.subject == "Your link to a new password"
    path = re.search(r"https://training\.aldermere\.example(/account/password/reset/key/\S+)", message.text)[1]
    client = Client()
    form = client.get(client.get(path)["Location"])
    assert b"Choose a new password" in form.content
    new = "nine quiet windows open"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(Client(), new)["Location"] == "/my-training/"
    assert b"This link no longer works" in Client().get(path, follow=True).content


@pytest.fixture
def relayed(monkeypatch, settings):
    """The messages that the relay was handed."""
    settings.SMTP = {"host": "127.0.0.1", "port": 25, "username": "", "password": "", "tls": "none", "connections": 3}
    handed = []

    class Listening:
        def __init__(self, smtp: dict) -> None:
            pass

        def __enter__(self) -> "Listening":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def hand_over(self, envelope, moment):
            handed.append(envelope)
            return type("Handed", (), {"outcome": "accepted"})

    monkeypatch.setattr("upstander.web.account.adapter.Conversation", Listening)
    return handed


def test_the_account_page_names_the_reader_and_offers_the_way_out(university):
    page = signed_in_as(INES).get("/account/").content.decode()
    assert "Ines Okafor" in page
    assert "ines@aldermere.example" in page
    assert "Sign out" in page


def test_signing_out_ends_the_visit(university):
    client = signed_in_as(INES)
    client.post("/account/logout/")
    assert client.get("/my-training/").status_code == 302


def test_a_password_is_changed_by_whoever_knows_it(ines):
    client = Client()
    sign_in(client)
    new = "nine quiet windows open"
    wrong = client.post("/account/password/change/", {"oldpassword": "x", "password1": new, "password2": new})
    assert b"This is not your current password." in wrong.content
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert sign_in(Client(), new)["Location"] == "/my-training/"
