"""The office's own words: what may stand in them, what is refused, and what becomes of them with a reader's facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstander.core.wording import LINES, LINK, Placeholder, Vocabulary, faults_of, is_of_site, names_in
from upstander.core.wording_letter import filled, speaks_of, subject_line
from upstander.core.wording_names import VOCABULARIES

SITE = "https://training.aldermere.example"
WORDS = VOCABULARIES["reminder"]
VALUES = {
    "name": "Ines", "office": "Office for Prevention", "phone": "(555) 010-0200", "email": "office@aldermere.example",
    "institution": "Aldermere University", "training": "Preventing harassment", "link": f"{SITE}/learn/core/",
    "due date": "Wednesday 17 February 2021, end of day, Eastern time", "due day": "Wednesday 17 February 2021",
    "days left": "28 days left", "reasons": ["You are paid staff.", "You began in 2018."], "minutes": "45 minutes",
    "changed courses": "“Core”",
}  # fmt: skip
GOOD = "Dear {name},\n\nPlease finish {training}:\n{link}"


def codes(subject: str, text: str, vocabulary: Vocabulary = WORDS) -> list[tuple[str, str, str]]:
    return [(fault.where, fault.code, fault.what) for fault in faults_of(subject, text, vocabulary, SITE)]


def test_words_in_order_have_no_fault():
    assert codes("{training}: due {due day}", GOOD) == []


@pytest.mark.parametrize(
    ("subject", "text", "fault"),
    [
        ("", GOOD, ("subject", "empty", "")),
        ("x" * 121, GOOD, ("subject", "too-long", "121")),
        ("Read {link}", GOOD, ("subject", "not-in-subject", "link")),
        ("{only when begun} Go on", GOOD, ("subject", "condition-in-subject", "only when begun")),
        ("Hello", "", ("text", "empty", "")),
        ("Hello", "{link} " + "x" * 6_000, ("text", "too-long", "6007")),
        ("Hello", "Dear {name},", ("text", "link-missing", "link")),
        ("Hello", "{only when begun} {link}", ("text", "link-may-fall-away", "link")),
        ("Hello", "By {due date}: {link}", ("text", "link-may-fall-away", "link")),
        ("Hello", "{link}\n\n{naem}", ("text", "unknown-name", "naem")),
        ("Hello", "{link} {score}", ("text", "never-told", "score")),
        ("Hello", "{link} {name", ("text", "brace", "")),
        ("Hello", "{link}\n\nDear {name}, {only when begun} go on", ("text", "condition-not-first", "only when begun")),
        ("Hello", "{link} http://elsewhere.example/a", ("text", "outside-address", "http://elsewhere.example/a")),
    ],
)
def test_each_fault_is_found_and_told_with_its_place(subject, text, fault):
    assert codes(subject, text) == [fault]


def test_all_faults_are_told_at_once():
    assert len(codes("", "{naem} www.elsewhere.example {score} {")) == 6


def test_an_unknown_name_is_told_with_the_nearest_known_one():
    (fault,) = faults_of("Hello", "{link} {due dat}", WORDS, SITE)
    assert fault.like == "due date"


@pytest.mark.parametrize(
    "address",
    [
        "https://training.aldermere.example.evil.com/learn/",
        "https://training.aldermere.example@evil.com/",
        "https://training.aldermere.example\\@evil.com/",
        "http://training.aldermere.example/",
        "https://training.aldermеre.example/",
        "//evil.com/x",
        "www.aldermere-training.com",
        "evil.com/learn",
        "javascript://training.aldermere.example/%0aalert(1)",
        "HTTPS://EVIL.COM",
    ],
)
def test_the_address_of_a_page_elsewhere_is_refused_whatever_it_looks_like(address):
    assert "outside-address" in {code for _, code, _ in codes("Hello", f"{{link}} See {address} today.")}


@pytest.mark.parametrize("text", ["ethics@aldermere.example", f"{SITE}/help/page-a/.", "at 9.30 a.m.", "e.g. tomorrow"])
def test_addresses_of_mail_and_of_this_site_are_welcome(text):
    assert codes("Hello", f"{{link}} {text}") == []


@pytest.mark.parametrize("address", ["https://[broken", "https://x{link}", "https://training.aldermere.example:444/"])
def test_what_is_not_clearly_of_this_site_is_not(address):
    assert not is_of_site(address, SITE)


def letter(text: str, holding=(), **values):
    return filled(text, WORDS, VALUES | values, holding, SITE)


def test_plain_text_keeps_its_paragraphs_and_lists():
    made = letter("Dear {Name},\n\nWhy you:\n{reasons}\n\n1) Open {link}\n2) Go on\n- or call {phone}")
    assert made.text == (
        "Dear Ines,\n\nWhy you:\n\n- You are paid staff.\n- You began in 2018.\n\n"
        f"1. Open {SITE}/learn/core/\n2. Go on\n\n- or call (555) 010-0200"
    )


def test_html_is_made_by_the_program_and_escapes_what_was_typed_and_what_is_filled_in():
    made = letter('<b>{name}</b> & "x"\n\n{link}', name="<i>Ines</i>")
    assert made.html == (
        "<p>&lt;b&gt;&lt;i&gt;Ines&lt;/i&gt;&lt;/b&gt; &amp; &quot;x&quot;</p>\n"
        f'<p class="act"><a href="{SITE}/learn/core/">{SITE}/learn/core/</a></p>'
    )


def test_addresses_that_were_typed_become_links_without_the_full_stop():
    made = letter(f"See {SITE}/help/. Write to ethics@aldermere.example.")
    assert made.html == (
        f'<p>See <a href="{SITE}/help/">{SITE}/help/</a>. '
        'Write to <a href="mailto:ethics@aldermere.example">ethics@aldermere.example</a>.</p>'
    )


def test_a_paragraph_with_nothing_to_say_is_left_out_and_so_is_a_point_alone():
    made = letter("Why you:\n{reasons}\n\n- by {due date}\n- at {link}\n\nEnd.", reasons=[], **{"due date": ""})
    assert made.text == f"- at {SITE}/learn/core/\n\nEnd."


def test_a_condition_keeps_its_paragraph_for_those_of_whom_it_holds():
    text = "{only after the due date} It was due.\n\n{Only_before the due date} It is due.\n\nCome."
    assert letter(text, {"only after the due date"}).text == "It was due.\n\nCome."
    assert letter(text, {"only before the due date"}).text == "It is due.\n\nCome."


def test_a_subject_without_all_its_facts_is_none():
    assert subject_line("{training}:  due {due day}", WORDS, VALUES) == (
        "Preventing harassment: due Wednesday 17 February 2021"
    )
    assert subject_line("Due {due day}", WORDS, VALUES | {"due day": ""}) == ""


def test_words_that_do_not_speak_of_a_changed_course_are_not_meant_for_it():
    assert not speaks_of(GOOD, "changed", WORDS)
    assert speaks_of("{only when a course has changed} Read it.", "changed", WORDS)
    assert speaks_of(GOOD, "anything else", WORDS)


ANY = Vocabulary({"one": Placeholder("one"), "two": Placeholder("two", LINK), "more": Placeholder("more", LINES)})
MADE = st.lists(
    st.sampled_from(["{one}", "{two}", "{more}", "{none}", "{", "}", "\n", "\n\n", "- ", "1. ", " ", "<a>"])
)


@given(MADE, st.booleans())
def test_any_text_with_or_without_facts_composes(pieces, there):
    text = "".join(pieces)
    values = {"one": "1", "two": SITE, "more": ["x", "y"]} if there else {}
    made = filled(text, ANY, values, (), SITE)
    assert "<a>" not in made.html
    assert "none" not in names_in(made.text)
    subject_line(text, ANY, values)
