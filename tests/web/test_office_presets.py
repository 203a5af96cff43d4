"""Legal presets in the office: read, signed, stacked and made into a draft programme."""

import pytest

from tests.staff import HUGO, MEI, MOMENT, signed_in_as
from upstander.actions.grants import give
from upstander.actions.presets import sign_preset
from upstander.actions.publishing import publish
from upstander.core.errors import Refusal
from upstander.core.programme_file import parse_programme
from upstander.models import AuditLine, PresetSignature, ProgrammeVersion
from upstander.queries.presets import installed_presets, preset

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("university")]
PAGE = "/office/presets/"
BOTH = "?preset=us-ny-state&preset=us-ny-nyc"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def signed(key: str) -> list[PresetSignature]:
    return list(PresetSignature.objects.filter(preset=key, ended_at=None))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_has_every_preset_with_how_much_of_it_was_read(language):
    page = text_of(signed_in_as(MEI).get(PAGE, headers={"accept-language": language}))
    assert all(each.who[language] in page for each in installed_presets())
    assert ("Only a part of it was read" if language == "en" else "Solo se leyó una parte") in page


def test_a_reviewer_signs_what_they_read_and_it_is_on_record():
    client, key = signed_in_as(MEI), "us-ny-state"
    client.post(PAGE + key + "/", {"digest": preset(key).digest, "note": "Read section 201-g."})
    (signature,) = signed(key)
    assert (signature.signed_by, signature.note) == (f"person:{MEI}", "Read section 201-g.")
    assert AuditLine.objects.filter(verb="sign-preset", subject=f"preset:{key}").count() == 1
    assert "Signed on 20 Jan" in text_of(client.get(PAGE + key + "/"))


def test_signing_twice_is_one_signature_and_withdrawing_keeps_it_in_the_record():
    client, key = signed_in_as(MEI), "us-ny-state"
    for _ in range(2):
        client.post(PAGE + key + "/", {"digest": preset(key).digest})
    assert len(signed(key)) == 1
    client.post(PAGE + key + "/", {"act": "withdraw"})
    assert signed(key) == [] and PresetSignature.objects.count() == 1
    assert "withdrawn on" in text_of(client.get(PAGE + key + "/"))


def test_another_text_than_the_one_read_is_not_signed():
    answer = signed_in_as(MEI).post(PAGE + "us-ny-state/", {"digest": "0" * 64, "note": "kept"})
    assert answer.status_code == 422 and signed("us-ny-state") == []
    assert "Read it again" in text_of(answer) and "kept" in text_of(answer)


def test_a_preset_read_in_part_is_signed_only_with_a_word_on_what_was_read():
    key = "us-ct-he"
    client = signed_in_as(MEI)
    assert client.post(PAGE + key + "/", {"digest": preset(key).digest, "note": " "}).status_code == 422
    client.post(PAGE + key + "/", {"digest": preset(key).digest, "note": "Read the whole section."})
    assert len(signed(key)) == 1


def test_a_stack_names_the_source_of_each_value_and_what_must_be_settled():
    page = text_of(signed_in_as(MEI).get(PAGE + "together/" + BOTH, headers={"accept-language": "en"}))
    assert "us-ny-nyc, us-ny-state" in page and "The roster knows states and no cities." in page
    assert "Not signed here yet: us-ny-nyc, us-ny-state" in page


def test_no_programme_is_published_on_a_preset_that_nobody_signed():
    give(MEI, "officer", MOMENT, "test")
    answer = signed_in_as(MEI).post(PAGE + "together/", {"preset": ["us-ny-state"], "key": "state-law"})
    draft = ProgrammeVersion.objects.get(programme_id="state-law")
    assert answer.url == f"/office/drafts/{draft.pk}/" and draft.made_because == "preset"
    assert parse_programme(draft.document).key == "state-law"
    with pytest.raises(Refusal) as refused:
        publish(draft.pk, draft.revision, MOMENT, f"person:{MEI}")
    assert "us-ny-state" in str(refused.value)
    sign_preset("us-ny-state", preset("us-ny-state").digest, "", MOMENT, f"person:{MEI}")
    publish(draft.pk, draft.revision, MOMENT, f"person:{MEI}")
    assert ProgrammeVersion.objects.get(pk=draft.pk).published_at


def test_an_officer_of_one_programme_may_read_and_stack_but_begins_no_programme():
    client = signed_in_as(HUGO)
    assert "Make a draft programme" not in text_of(client.get(PAGE + "together/" + BOTH))
    assert client.post(PAGE + "together/", {"preset": ["us-ny-state"], "key": "state-law"}).status_code == 404


@pytest.mark.parametrize("key", ["page-b", "With Capitals", ""])
def test_a_key_that_cannot_be_is_refused_kindly(key):
    give(MEI, "officer", MOMENT, "test")
    answer = signed_in_as(MEI).post(PAGE + "together/", {"preset": ["us-ny-state"], "key": key})
    assert answer.status_code == 422 and not ProgrammeVersion.objects.filter(made_because="preset").exists()
