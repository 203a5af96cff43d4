"""The workbench: a programme changed in the browser, seen before it is published, released by a second officer."""

import re
import tomllib

import pytest

from tests.cast import LIN
from tests.forms import form_of
from tests.staff import HUGO, INES, MEI, MOMENT, later, signed_in_as, stand_on
from upstander.actions.drafts import start_draft
from upstander.actions.grants import give
from upstander.actions.next_cycle import draft_next_cycle
from upstander.models import AuditLine, Programme, ProgrammeVersion, Standing
from upstander.web.office.workbench import people_effect, working_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
VERSIONS = "/office/programmes/page-b/versions/"


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def draft() -> ProgrammeVersion:
    return start_draft("page-b", MOMENT, f"person:{MEI}")


@pytest.fixture
def second() -> str:
    """Another officer of page-b."""
    give(HUGO, "officer", MOMENT, "test", programme="page-b")
    return HUGO


def page(version: ProgrammeVersion, place: str = "") -> str:
    return f"/office/drafts/{version.pk}/{place}"


def raise_the_year(version: ProgrammeVersion, year: str = "2", person_id: str = MEI, **more):
    client, place = signed_in_as(person_id), page(version, "parts/audience/")
    sent = form_of(client.get(place)) | {"audience-routes-1-when-1-value": [year]} | more
    return client.post(place, {**sent, "act": more.get("act", "")})


def test_an_officer_begins_a_draft_from_what_is_published():
    client = signed_in_as(MEI)
    assert "Change this programme" in text_of(client.get(VERSIONS))
    answer = client.post(VERSIONS)
    version = ProgrammeVersion.objects.get(programme_id="page-b", published_at=None)
    assert answer.url == page(version) and (version.number, version.based_on) == (2, 1)
    assert "Draft of version 2" in text_of(client.get(VERSIONS))
    assert "draft of version 2" in text_of(client.get("/office/"))


@pytest.mark.row("B02")
def test_the_draft_reads_back_in_both_languages_with_its_examples(draft):
    shown = signed_in_as(MEI).get(page(draft)).content.decode()
    assert '<div lang="en">' in shown and '<div lang="es">' in shown
    assert "It is for everybody with an appointment for which this holds" in shown
    assert shown.count('class="holds"') == 6


def test_a_failing_example_says_what_came_out(draft):
    raise_the_year(draft, "4")
    shown = text_of(signed_in_as(MEI).get(page(draft)))
    assert "Status: expected “Open”, came out “Not required”." in shown
    assert "1 problem stands in the way of publishing." in shown


def test_the_panel_counts_what_is_typed_and_stores_nothing(draft):
    client, before = signed_in_as(MEI), draft.document
    sent = form_of(client.get(page(draft, "parts/audience/")))
    now = text_of(client.post(page(draft, "parts/audience/count/"), sent, headers={"HX-Request": "true"}))
    typed = {**sent, "audience-routes-1-when-1-value": ["2"]}
    then = text_of(client.post(page(draft, "parts/audience/count/"), typed, headers={"HX-Request": "true"}))
    assert "9 of 12 people are asked" in now and "10 of 12 people are asked" in then
    assert "Counted exactly, everybody." in then
    without_script = client.post(page(draft, "parts/audience/"), {**typed, "act": "count"})
    assert "10 of 12 people are asked" in text_of(without_script)
    draft.refresh_from_db()
    assert draft.document == before


def test_a_rule_that_takes_nobody_is_said_while_it_is_typed(draft):
    client = signed_in_as(MEI)
    sent = form_of(client.get(page(draft, "parts/audience/")))
    for route in "01":
        sent[f"audience-routes-{route}-when-0-value"] = ["undergraduate"]
    shown = text_of(client.post(page(draft, "parts/audience/count/"), sent, headers={"HX-Request": "true"}))
    assert "This rule takes nobody." in shown


def test_what_is_no_programme_yet_is_saved_and_says_what_is_missing(draft):
    client, place = signed_in_as(MEI), page(draft, "parts/groups/")
    sent = form_of(client.get(place)) | {"groups-0-due_on": ["2021-01-01"]}
    assert client.post(place, {**sent, "act": ""}).status_code == 302
    for shown in (client.get(page(draft)), client.get(place)):
        assert "The due day stands before the opening day. groups[0].due_on" in text_of(shown)
    assert "It cannot be published yet" in text_of(client.get(page(draft, "publish/")))
    assert "Nothing can be counted yet" in text_of(client.get(page(draft, "count/")))


def test_a_second_writer_of_another_part_is_told_and_both_changes_stand(draft, second):
    client, place = signed_in_as(second), page(draft, "parts/leave/")
    sent = form_of(client.get(place)) | {"leave-sabbatical": ["defers"]}
    raise_the_year(draft)
    told = text_of(client.post(place, {**sent, "act": ""}, follow=True))
    assert "Meanwhile somebody else changed other parts: Audience (Mei Castellanos)." in told
    draft.refresh_from_db()
    document = tomllib.loads(draft.document)
    assert document["leave"]["sabbatical"] == "defers"
    assert document["audience"]["routes"][1]["when"]["student_year_at_least"] == 2


def test_a_second_writer_of_the_same_part_sees_both_and_keeps_what_was_typed(draft, second):
    client, place = signed_in_as(second), page(draft, "parts/audience/")
    sent = form_of(client.get(place)) | {"audience-routes-1-when-1-value": ["4"]}
    raise_the_year(draft)
    answer = client.post(place, {**sent, "act": ""})
    shown = text_of(answer)
    assert "Somebody else changed this while you were writing" in shown and "Mei Castellanos" in shown
    assert "the student is in year 2 or a later one" in shown
    again = form_of(answer)
    assert again["audience-routes-1-when-1-value"] == ["4"]
    assert client.post(place, {**again, "act": ""}).status_code == 302
    draft.refresh_from_db()
    assert "student_year_at_least = 4" in draft.document


def test_the_whole_text_is_edited_with_problems_by_line(draft):
    client, place = signed_in_as(MEI), page(draft, "text/")
    sent = form_of(client.get(place), form_id="text-form")
    assert sent["text"][0].replace("\r\n", "\n") == draft.document
    wrong = sent["text"][0].replace("paid = true }", 'paid = "yes" }', 1)
    shown = text_of(client.post(place, {**sent, "text": wrong, "act": "stay"}, follow=True))
    line = next(at for at, text in enumerate(wrong.splitlines(), 1) if 'paid = "yes"' in text)
    assert f"Line {line} : Yes or no belongs here. audience.routes[0].when.paid" in shown


def test_text_that_is_no_toml_is_refused_and_stays_on_the_page(draft):
    client, place = signed_in_as(MEI), page(draft, "text/")
    sent = form_of(client.get(place), form_id="text-form")
    answer = client.post(place, {**sent, "text": "key = \n[audience\nmine"})
    assert "[audience\nmine" in answer.content.decode()
    assert "Line 1 :" in text_of(answer)
    draft.refresh_from_db()
    assert "[audience]" in draft.document


def test_the_key_and_the_number_stay_whatever_is_typed(draft):
    client, place = signed_in_as(MEI), page(draft, "text/")
    sent = form_of(client.get(place), form_id="text-form")
    answer = client.post(place, {**sent, "text": draft.document.replace('key = "page-b"', 'key = "page-c"')})
    assert "The key and the version number stay as they are." in text_of(answer)


def test_a_text_of_somebody_else_is_not_written_over_unread(draft, second):
    client, place = signed_in_as(second), page(draft, "text/")
    sent = form_of(client.get(place), form_id="text-form")
    raise_the_year(draft)
    mine = "# my own line\n" + draft.document
    answer = client.post(place, {**sent, "text": mine})
    assert "# my own line" in answer.content.decode()
    assert "Mei Castellanos" in text_of(answer)
    again = form_of(answer, form_id="text-form")
    assert client.post(place, again).status_code == 302


@pytest.mark.row("B02", "C03")
def test_a_raised_rule_is_seen_in_words_and_people_then_held_and_released_by_another(draft, second):
    raise_the_year(draft)
    client = signed_in_as(MEI)
    difference = text_of(client.get(page(draft, "difference/")))
    assert "1 person gains the duty." in difference and "Zhao, Lin" in difference
    assert "in year 3 or a later one" in difference and "in year 2 or a later one" in difference
    assert "el año de estudios es el 2 o uno posterior" in difference
    asked = client.get(page(draft, "publish/"))
    assert "It will wait until a second officer has read this" in text_of(asked)
    answer = client.post(page(draft, "publish/"), form_of(asked, form_id="publish-form"))
    assert answer.url == page(draft, "release/")
    own = text_of(client.get(page(draft, "release/")))
    assert "Mei Castellanos asked to publish it on 20 January 2021" in own
    assert (
        "You asked for this yourself." in own and "Release" not in own.split("You asked")[1].split("Withdraw")[0][60:]
    )

    other = signed_in_as(second)
    assert "version 2 waits for a second officer" in text_of(other.get("/office/"))
    assert "1 person gains the duty." in text_of(other.get(page(draft, "release/")))
    assert Standing.objects.get(person_id=LIN, programme_id="page-b").state == "not-required"
    released = text_of(other.post(page(draft, "release/"), {"act": "release"}, follow=True))
    assert "Version 2 is published." in released
    assert "Asked for by Mei Castellanos, released by Hugo Lindqvist." in released
    assert Standing.objects.get(person_id=LIN, programme_id="page-b").state == "scheduled"


def test_whoever_asked_cannot_release_by_any_way(draft, second):
    raise_the_year(draft)
    client = signed_in_as(MEI)
    client.post(page(draft, "publish/"), {"revision": draft.revision + 1})
    shown = text_of(client.post(page(draft, "release/"), {"act": "release"}, follow=True))
    assert "Another officer of the programme must release it." in shown
    draft.refresh_from_db()
    assert draft.requested_at and not draft.published_at


def test_a_request_is_withdrawn_and_an_edit_takes_it_back_too(draft):
    raise_the_year(draft)
    client = signed_in_as(MEI)
    client.post(page(draft, "publish/"), {"revision": draft.revision + 1})
    client.post(page(draft, "release/"), {"act": "withdraw"})
    draft.refresh_from_db()
    assert draft.requested_at is None
    client.post(page(draft, "publish/"), {"revision": draft.revision})
    raise_the_year(draft, "1")
    draft.refresh_from_db()
    assert draft.requested_at is None


def test_a_small_change_is_published_at_once(draft):
    client, place = signed_in_as(MEI), page(draft, "parts/basics/")
    sent = form_of(client.get(place)) | {"title-en": ["Another title"]}
    client.post(place, {**sent, "act": ""})
    asked = client.get(page(draft, "publish/"))
    assert "Nobody’s duty, date or status changes today." in text_of(asked)
    shown = client.post(page(draft, "publish/"), form_of(asked, form_id="publish-form"), follow=True)
    assert "Version 2 is published." in text_of(shown)
    assert "Another title" in text_of(client.get("/office/programmes/page-b/"))


def test_a_stale_page_does_not_publish_what_it_did_not_show(draft):
    client = signed_in_as(MEI)
    asked = form_of(client.get(page(draft, "publish/")), form_id="publish-form")
    raise_the_year(draft)
    shown = text_of(client.post(page(draft, "publish/"), asked, follow=True))
    assert "Somebody else changed the draft while you were at it." in shown
    draft.refresh_from_db()
    assert not draft.published_at and not draft.requested_at


def test_a_large_roster_is_worked_out_aside_with_its_progress_shown(draft, monkeypatch):
    raise_the_year(draft)
    begun = []
    monkeypatch.setattr(people_effect, "SMALL", 1)
    monkeypatch.setattr(working_out, "EXACT_PEOPLE", 1)
    monkeypatch.setattr(working_out.threading, "Thread", lambda **how: begun.append(how) or _NoThread())
    client = signed_in_as(MEI)
    first = client.get(page(draft, "difference/"))
    assert "0 of 12 people are worked out." in text_of(first) and "hx-get" in first.content.decode()
    client.get(page(draft, "people/"))
    assert len(begun) == 1
    working_out._do(*begun[0]["args"])
    assert "1 person gains the duty." in text_of(client.get(page(draft, "people/"), headers={"HX-Request": "true"}))


class _NoThread:
    def start(self) -> None:
        """Runs nothing: the test does the work when it wants to."""


def test_a_new_example_takes_a_real_persons_facts_without_the_person(draft):
    client, place = signed_in_as(MEI), page(draft, "parts/examples/")
    sent = form_of(client.get(place))
    found = client.post(place, {**sent, "act": "find", "find-person": "okafor"})
    assert "Okafor, Ines" in text_of(found)
    taken = form_of(client.post(place, {**form_of(found), "act": f"take:{INES}"}))
    taken["examples-6-name"] = ["A concert manager owes it"]
    assert client.post(place, {**taken, "act": ""}).status_code == 302
    draft.refresh_from_db()
    example = tomllib.loads(draft.document)["examples"][6]
    assert example["facts"]["appointments"][0]["category"] == "staff"
    assert example["expected"] == {"state": "open", "group": "all-schools", "due_on": example["expected"]["due_on"]}
    told = str(example)
    assert not [word for word in (INES, "Okafor", "Ines", "Concert manager", "music", "a-ines") if word in told]
    assert "A concert manager owes it" in text_of(client.get(page(draft)))


def test_a_draft_is_laid_aside_after_a_question(draft):
    client = signed_in_as(MEI)
    assert "Lay the draft of version 2 aside?" in text_of(client.get(page(draft, "discard/")))
    client.post(page(draft, "discard/"))
    assert client.get(page(draft)).status_code == 404
    assert "1 draft laid aside" in text_of(client.get(VERSIONS))
    assert client.get(f"/office/versions/{draft.pk}.toml").content.decode() == draft.document


def test_a_new_programme_is_begun_from_nothing_or_from_a_template():
    give(MEI, "officer", MOMENT, "test")
    client = signed_in_as(MEI)
    client.post("/office/new-programme/", {"key": "from-nothing", "template": ""})
    answer = client.post("/office/new-programme/", {"key": "like-b", "template": "page-b"}, follow=True)
    assert "draft of version 1" in text_of(answer)
    versions = {v.programme_id: tomllib.loads(v.document) for v in ProgrammeVersion.objects.filter(published_at=None)}
    assert versions["from-nothing"].get("groups") is None and len(versions["like-b"]["groups"]) == 4
    assert versions["like-b"]["key"] == "like-b"
    refused = client.post("/office/new-programme/", {"key": "Like B", "template": ""})
    assert "small letters" in text_of(refused) and 'value="Like B"' in str(refused.content)
    assert "already" in text_of(client.post("/office/new-programme/", {"key": "like-b", "template": ""}))
    assert AuditLine.objects.filter(verb="start-draft", subject="programme:like-b").exists()


def test_a_first_version_asks_nobody_to_wait(monkeypatch):
    give(MEI, "officer", MOMENT, "test")
    client = signed_in_as(MEI)
    client.post("/office/new-programme/", {"key": "like-b", "template": "page-b"})
    version = ProgrammeVersion.objects.get(programme_id="like-b")
    asked = client.get(page(version, "publish/"))
    assert "8 people gain the duty." in text_of(asked)
    client.post(page(version, "publish/"), form_of(asked, form_id="publish-form"))
    version.refresh_from_db()
    assert version.published_at and Programme.objects.get(pk="like-b").sending_opened_at is None
    stand_on(monkeypatch, later(days=1))
    assert "9 have finished" in text_of(client.get("/office/programmes/like-b/"))


@pytest.mark.parametrize("place", ["", "parts/audience/", "text/", "difference/", "publish/", "release/"])
def test_the_officer_of_another_programme_finds_no_such_draft(draft, place):
    assert signed_in_as(HUGO).get(page(draft, place)).status_code == 404


@pytest.mark.row("B13")
def test_the_next_cycles_draft_stands_in_the_list_and_shows_what_it_will_bring():
    version = draft_next_cycle("page-b", MOMENT)
    client = signed_in_as(MEI)
    assert "next cycle" in text_of(client.get(VERSIONS)) and "made by itself" in text_of(client.get("/office/"))
    asked = text_of(client.get(page(version, "difference/")))
    assert "From 1 September 2022, when a cycle begins that is added" in asked


def test_a_form_of_many_examples_is_taken_whole(draft):
    client, place = signed_in_as(MEI), page(draft, "text/")
    sent = form_of(client.get(place), form_id="text-form")
    first = draft.document[draft.document.index("[[examples]]") :]
    client.post(place, {**sent, "text": draft.document + "\n" + first * 5})
    place = page(draft, "parts/examples/")
    sent = form_of(client.get(place)) | {"examples-35-name": ["The last of them"]}
    assert len(sent) > 1000
    assert client.post(place, {**sent, "act": ""}).status_code == 302
    draft.refresh_from_db()
    assert len(tomllib.loads(draft.document)["examples"]) == 36 and "The last of them" in draft.document


@pytest.mark.parametrize("revision", ["", "x", "²", "9" * 40])
def test_a_revision_that_is_no_number_publishes_nothing(draft, revision):
    client = signed_in_as(MEI)
    client.post(page(draft, "publish/"), {"revision": revision})
    client.post(page(draft, "text/"), {"revision": revision, "text": "# mine\n" + draft.document})
    draft.refresh_from_db()
    assert not draft.published_at and "# mine" not in draft.document


def test_values_nested_too_deeply_are_refused_and_not_followed(draft):
    client, place = signed_in_as(MEI), page(draft, "parts/groups/")
    sent = form_of(client.get(place))
    name = "groups-0-when-0"
    sent |= {f"{name}-fact": ["deeper"], f"{name}-deeper": ["[" * 5000]}
    assert "This is not TOML" in text_of(client.post(place, {**sent, "act": ""}))
