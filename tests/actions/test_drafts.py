"""Drafts: edited part by part, with their comments kept, by one officer at a time, broken in between if need be."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MEI, MOMENT
from tests.staff import PROGRAMMES, open_office
from upstander.actions.drafts import discard_draft, edit_draft, new_programme, start_draft
from upstander.actions.programme_blocks import blocks_of
from upstander.actions.programme_text import with_part, with_version
from upstander.actions.programmes import exported, import_programme
from upstander.core.errors import Refusal
from upstander.models import AuditLine, ProgrammeVersion
from upstander.queries.drafts import drafts_of, read_draft
from upstander.queries.programmes import published

BY = f"person:{MEI}"
PAGE_B = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8")
EVERY_TEXT = [path.read_text(encoding="utf-8") for path in sorted(PROGRAMMES.glob("page-*.toml"))]


@pytest.fixture
def draft(db):
    open_office()
    return start_draft("page-b", MOMENT, BY)


def lines_changed(old: str, new: str) -> set[str]:
    return set(old.splitlines()) ^ set(new.splitlines())


@pytest.mark.django_db
def test_a_draft_edited_nowhere_is_its_source_but_for_the_number(draft):
    assert draft.document == PAGE_B.replace("version = 1", "version = 2")
    assert (draft.number, draft.based_on, draft.revision, draft.published_at) == (2, 1, 1, None)
    assert drafts_of("page-b") == [draft]


@pytest.mark.django_db
def test_an_edit_changes_its_lines_and_no_other(draft):
    groups = read_draft(draft, MOMENT.day).document["groups"]
    groups[1]["due_on"] = date(2021, 3, 27)
    edited = edit_draft(draft.pk, 1, "groups", groups, MOMENT, BY)
    assert lines_changed(draft.document, edited.document) == {"due_on = 2021-03-26", "due_on = 2021-03-27"}
    assert "# In order: the first group" in edited.document
    assert edited.revision == 2


@pytest.mark.django_db
def test_every_edit_stands_in_the_audit_with_its_part_and_who(draft):
    edit_draft(draft.pk, 1, "window", {"grace_days": 3}, MOMENT, BY)
    line = AuditLine.objects.get(verb="edit-draft")
    assert (line.actor, line.subject) == (BY, "programme:page-b")
    assert (line.data["version"], line.data["part"], line.data["revision"]) == (2, "window", 2)


@pytest.mark.django_db
def test_two_who_edit_at_once_are_told(draft):
    edit_draft(draft.pk, 1, "window", {"grace_days": 3}, MOMENT, BY)
    with pytest.raises(Refusal) as refused:
        edit_draft(draft.pk, 1, "window", {"grace_days": 4}, MOMENT, BY)
    assert (refused.value.code, refused.value.data) == ("draft-changed-meanwhile", {"revision": 2})


@pytest.mark.django_db
def test_an_edit_that_changes_nothing_is_none(draft):
    audience = read_draft(draft, MOMENT.day).document["audience"]
    assert edit_draft(draft.pk, 1, "audience", audience, MOMENT, BY).revision == 1


@pytest.mark.django_db
def test_a_broken_state_in_between_is_kept_with_its_problems_by_part(draft):
    groups = read_draft(draft, MOMENT.day).document["groups"]
    del groups[0]["due_on"]
    broken = read_draft(edit_draft(draft.pk, 1, "groups", groups, MOMENT, BY), MOMENT.day)
    assert broken.rules is None
    assert not broken.can_be_published
    assert list(broken.problems_by_part) == ["groups"]
    assert broken.problems[0].path == "groups[0].due_on"


@pytest.mark.django_db
def test_an_example_that_does_not_come_out_is_told_by_its_name(draft):
    groups = read_draft(draft, MOMENT.day).document["groups"]
    groups[2]["due_on"] = date(2021, 5, 8)
    view = read_draft(edit_draft(draft.pk, 1, "groups", groups, MOMENT, BY), MOMENT.day)
    failing = [example for example in view.examples if not example.holds]
    assert [example.name for example in failing] == ["A graduate student in the third year chooses one of five"]
    assert {failure.part for failure in failing[0].failures} == {"due_on"}
    assert list(view.problems_by_part) == ["examples"]


@pytest.mark.django_db
def test_a_legal_preset_that_nobody_signed_stands_in_the_way(draft):
    legal = [{"preset": "us-ny-state", "digest": "0" * 64}]
    view = read_draft(edit_draft(draft.pk, 1, "legal", legal, MOMENT, BY), MOMENT.day)
    assert list(view.problems_by_part) == ["legal"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "value", "code"),
    [
        ("version", {"number": 9}, "part-fixed"),
        ("key", {"other": 1}, "part-fixed"),
        ("wishes", {"one": 1}, "no-such-part"),
        ("window", {"days": None}, "value-unwritable"),
        ("window", 45, "value-unwritable"),
        ("groups", ["all"], "value-unwritable"),
    ],
)
def test_what_no_document_can_hold_is_refused(draft, part, value, code):
    with pytest.raises(Refusal, match=code):
        edit_draft(draft.pk, 1, part, value, MOMENT, BY)


@pytest.mark.django_db
def test_a_value_nested_without_measure_is_refused(draft):
    condition: dict = {"paid": True}
    for _ in range(2_000):
        condition = {"not": condition}
    with pytest.raises(Refusal, match="value-unwritable"):
        edit_draft(draft.pk, 1, "audience", {"routes": [{"key": "x", "when": condition}]}, MOMENT, BY)


@pytest.mark.django_db
def test_a_published_version_is_not_edited_and_a_discarded_one_neither(draft):
    first = ProgrammeVersion.objects.get(programme_id="page-b", number=1)
    with pytest.raises(Refusal, match="not-a-draft"):
        edit_draft(first.pk, 1, "window", {"grace_days": 3}, MOMENT, BY)
    discard_draft(draft.pk, MOMENT, BY)
    with pytest.raises(Refusal, match="not-a-draft"):
        edit_draft(draft.pk, 1, "window", {"grace_days": 3}, MOMENT, BY)
    assert drafts_of("page-b") == []


@pytest.mark.django_db
def test_the_number_of_a_discarded_draft_is_not_used_again(draft):
    discard_draft(draft.pk, MOMENT, BY)
    assert start_draft("page-b", MOMENT, BY).number == 3


@pytest.mark.django_db
def test_a_draft_decides_nobody(draft):
    edit_draft(draft.pk, 1, "window", {"grace_days": 3}, MOMENT, BY)
    assert published("page-b").grace_days == 0
    assert exported("page-b") == PAGE_B


@pytest.mark.django_db
def test_a_new_programme_lacks_only_its_people_and_its_courses():
    view = read_draft(new_programme("lab-safety", MOMENT, BY), MOMENT.day)
    assert set(view.problems_by_part) == {"audience", "options"}
    with pytest.raises(Refusal, match="programme-exists"):
        new_programme("lab-safety", MOMENT, BY)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "Lab", "lab--safety", "lab/safety", "l" * 61, "läb"])
def test_a_key_that_no_address_could_hold_is_refused(key):
    with pytest.raises(Refusal, match="programme-key-unfit"):
        new_programme(key, MOMENT, BY)


@pytest.mark.django_db
def test_a_file_with_odd_line_ends_comes_back_byte_for_byte():
    text = PAGE_B.replace("\n", "\r\n").removesuffix("\r\n") + "  # the end"
    import_programme(text, MOMENT, "test", draft=True)
    assert exported("page-b") == text


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_setting_every_part_to_what_it_is_changes_no_byte(text):
    document = tomllib.loads(text)
    assert "".join(block.text for block in blocks_of(text)) == text
    for part, value in document.items():
        if part not in ("key", "version"):
            assert with_part(text, part, value) == text, part
    assert with_version(text, document["version"]) == text


def test_a_comment_above_a_list_stays_above_it_when_the_order_changes():
    groups = tomllib.loads(PAGE_B)["groups"]
    turned = with_part(PAGE_B, "groups", groups[::-1])
    assert tomllib.loads(turned)["groups"] == groups[::-1]
    lines = turned.splitlines()
    assert lines[lines.index('key = "central"') - 2].startswith("# In order")


def test_an_entry_taken_out_takes_its_own_comment_along():
    text = (
        '[[options]]\ncourse = "a"\n\n# for those in a hurry\n[[options]]\ncourse = "b"\n\n[leave]\nother = "defers"\n'
    )
    assert with_part(text, "options", [{"course": "a"}]) == '[[options]]\ncourse = "a"\n\n[leave]\nother = "defers"\n'


def test_headers_inside_a_text_of_several_lines_are_text():
    text = '[title]\nen = """\n[[groups]]\n# no comment\n"""\nes = "x"\n\n[leave]\nother = "defers"\n'
    changed = with_part(text, "leave", {"other": "continues"})
    assert changed == text.replace('"defers"', '"continues"')


def test_a_part_taken_out_leaves_the_others_as_they_are():
    out = with_part(PAGE_B, "exemptions", None)
    kept = {key: value for key, value in tomllib.loads(PAGE_B).items() if key != "exemptions"}
    assert tomllib.loads(out) == kept


def test_a_part_that_is_new_stands_where_its_kind_stands():
    out = with_part(PAGE_B, "window", {"grace_days": 3})
    assert out.index("[[groups]]") < out.index("[window]") < out.index("[[exemptions]]")
    assert tomllib.loads(out)["window"] == {"grace_days": 3}


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)
KEYS = st.text(st.sampled_from("abcdefg-_"), min_size=1, max_size=4)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-(2**40), 2**40) | st.dates(date(1990, 1, 1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(["groups", "audience", "cycle", "examples", "office", "requirement", "window"]),
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
    | st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=4),
)
def test_whatever_is_set_comes_back_and_every_other_part_keeps_its_text(part, value):
    out = with_part(PAGE_B, part, value)
    assert tomllib.loads(out).get(part, []) == value
    others = [block.text for block in blocks_of(PAGE_B) if block.path[0] != part]
    assert [block.text.strip() for block in blocks_of(out) if block.path[0] != part] == [
        text.strip() for text in others
    ]


def test_a_date_at_the_end_of_a_table_keeps_its_distance():
    text = '[[examples]]\nname = "x"\n[examples.facts]\nappointments = [{ paid = true, ends_on = 2021-02-17 }]\n'
    example = tomllib.loads(text)["examples"][0]
    assert with_part(text, "examples", [{**example, "day": date(2021, 1, 1)}]).endswith("ends_on = 2021-02-17 }]\n")


def test_true_in_the_place_of_1_is_a_change():
    text = "[window]\ndays = 1 # a day\n"
    assert with_part(text, "window", {"days": True}) == "[window]\ndays = true # a day\n"
