"""Markdown to HTML that is safe to show: no HTML of the source comes through, placeholders are the institution's."""

import html
import re
from collections.abc import Mapping, Sequence
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from upstander.words import variant

BLOCKS = ("key", "reveal", "act", "figure", "scenario", "check", "media", "explainer")
#: Beside the placeholders: the name of the variant of the language, under a key that no text can ask for.
VARIANT = "-variant"
PLACEHOLDERS = (
    "institution",
    "office_name",
    "coordinator",
    "office_phone",
    "office_email",
    "emergency_number",
    "policy_name",
    "confidential_line",
    "relationship_policy",
)
TAGS = {
    "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_PLACEHOLDER = re.compile(r"(?P<opens>(?:^|[.?!:]\s+|<(?:p|li|h3|h4|td|th|strong)>)*)\{\{\s*(?P<key>[a-z_]+)\s*\}\}")
_SENTENCE_START = re.compile(r"(?:^|[.?!]\s+|<(?:p|li|h3|h4|td|th)>)$")


@cache
def parser(raw_html: bool = False) -> MarkdownIt:
    """The one Markdown parser; with `raw_html` it recognises HTML, which only the check of a course asks for."""
    markdown = MarkdownIt("commonmark", {"html": raw_html, "typographer": True, "quotes": "“”‘’"})
    markdown.enable(["table", "smartquotes"])
    for name in BLOCKS:
        markdown.use(container_plugin, name)
    return markdown


def placeholders(institution: Mapping, lang: str) -> dict[str, str]:
    """The words that stand for the placeholders, from the institution's settings, in one language."""
    office = institution["office"]
    words = institution.get("words", {})
    here = {**words.get("en", {}), **words.get(lang, {})}
    known = {
        "institution": institution["name"],
        "office_name": office.get(lang, office["en"])["name"],
        "office_phone": office["phone"],
        "office_email": office["email"],
        "emergency_number": institution.get("emergency_number", ""),
    }
    said = {key: str(known.get(key, here.get(key, ""))) for key in PLACEHOLDERS}
    regional = variant.variant_of(institution, lang)
    return {**said, VARIANT: regional} if regional else said


def fill(text: str, words: Mapping[str, str], escape: bool = True) -> str:
    """The text with its placeholders replaced; one that opens a sentence begins with a capital."""

    def put(found: re.Match) -> str:
        word = words.get(found["key"], found[0])
        before = text[: found.end("opens")]
        if _SENTENCE_START.search(before):
            word = word[:1].upper() + word[1:]
        return found["opens"] + (html.escape(word) if escape else word)

    return _PLACEHOLDER.sub(put, text)


def clean(rendered: str, words: Mapping[str, str]) -> SafeString:
    """Rendered Markdown, sanitised, said in the institution's variant, and filled with its own words."""
    safe = nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(fill(varied(safe.strip(), words), words))


def varied(text: str, words: Mapping[str, str]) -> str:
    """The text in the variant that these words ask for."""
    return variant.say(text, words.get(VARIANT, ""))


def render(tokens: Sequence[Token], words: Mapping[str, str]) -> SafeString:
    return clean(parser().renderer.render(tokens, parser().options, {}), words)


def inline(text: str, words: Mapping[str, str]) -> SafeString:
    """One line of Markdown without a paragraph around it."""
    return clean(parser().renderInline(text.strip()), words)


def plain(text: str, words: Mapping[str, str]) -> str:
    """A title or a sentence without markup: quotes set, placeholders filled, entities undone."""
    return html.unescape(nh3.clean(inline(text, words), tags=set()))


def word_count(*texts: str) -> int:
    """How many words a reader reads in these pieces of HTML or text."""
    return sum(len(re.sub(r"<[^>]+>", " ", text).split()) for text in texts)
