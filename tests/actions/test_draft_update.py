"""A new edition becomes a draft in every programme that offers the course; people decide whether it is published."""

import tomllib
from datetime import date

import pytest

from tests.cast import MEI, MOMENT
from tests.staff import open_office
from upstander.actions.draft_update import draft_update
from upstander.actions.drafts import edit_draft, start_draft
from upstander.core.errors import Refusal
from upstander.core.programme_file import parse_programme
from upstander.core.requirement import Update
from upstander.models import ProgrammeVersion
from upstander.queries.programmes import published

BY = f"person:{MEI}"
SINCE = date(2021, 2, 1)


@pytest.fixture
def office(db):
    open_office()


@pytest.mark.usefixtures("office")
def test_every_programme_that_offers_the_course_gets_a_draft_with_the_update():
    drafts = draft_update("option-c", "2027.1", ["2026.1", ""], SINCE, 30, BY, MOMENT)
    assert [draft.programme_id for draft in drafts] == ["page-b"]
    rules = parse_programme(drafts[0].document)
    assert rules.option("option-c").updates == (Update("2027.1", ("2026.1", ""), SINCE, 30),)
    assert not rules.option("option-a").updates
    assert drafts[0].published_at is None and not published("page-b").has_updates


@pytest.mark.usefixtures("office")
def test_a_course_that_no_programme_offers_asks_nothing_of_anybody():
    with pytest.raises(Refusal) as refused:
        draft_update("unheard-of", "2", ["1"], SINCE, 30, BY, MOMENT)
    assert refused.value.code == "course-not-offered"
    assert not ProgrammeVersion.objects.filter(published_at=None).exists()


@pytest.mark.usefixtures("office")
def test_the_survey_is_set_and_taken_out_again_as_a_part_of_its_own():
    draft = start_draft("page-b", MOMENT, BY)
    before = draft.document
    draft = edit_draft(draft.pk, draft.revision, "survey", "other-survey", MOMENT, BY)
    assert tomllib.loads(draft.document)["survey"] == "other-survey"
    assert parse_programme(draft.document).survey == "other-survey"
    draft = edit_draft(draft.pk, draft.revision, "survey", None, MOMENT, BY)
    assert "survey" not in tomllib.loads(draft.document)
    assert {line for line in before.splitlines() if "survey" not in line} <= set(draft.document.splitlines())
