"""Template tags and filters of every page."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from upstander.queries.demo import demo_people
from upstander.web import bundles, theme
from upstander.web.technical import page_of, report_address
from upstander.words import dates, demo, plan, states

register = template.Library()


def _language() -> str:
    return get_language() or "en"


@register.filter
def long_date(day: date | None) -> str:
    """ "Wednesday 17 February 2027" in the reader's language; empty for no day."""
    return dates.long_date(day, _language()) if day else ""


@register.filter
def plain_date(day: date | None) -> str:
    """ "17 February 2027" in the reader's language; empty for no day."""
    return dates.plain_date(day, _language()) if day else ""


@register.filter
def short_date(day: date | None) -> str:
    """ "17 Feb 2027" in the reader's language; empty for no day."""
    return dates.short_date(day, _language()) if day else ""


@register.filter
def deadline(day: date | None) -> str:
    """ "Wednesday 17 February 2027, end of day, Eastern time"; empty for no day."""
    return dates.deadline(day, _language(), settings.INSTITUTION_ZONE) if day else ""


@register.filter
def days_left(due_on: date, today: date) -> str:
    """ "12 days left", "today is the last day" or "3 days late"."""
    return dates.days_left(due_on, today, _language())


@register.filter
def moment_words(at: datetime | None) -> str:
    """An instant as "22 November 2026, 02:00" in the institution's zone; empty for none."""
    return dates.moment_words(at, _language(), settings.INSTITUTION_ZONE) if at else ""


@register.filter
def state_word(state: str) -> str:
    return states.state_word(state)


@register.filter
def state_shape(state: str) -> str:
    return states.state_shape(state)


@register.filter
def tel(number: str) -> str:
    """A telephone number as the address of a tel: link."""
    return "tel:" + re.sub(r"[^\d+]", "", number)


class Steady(template.Node):
    """What differs by the language alone, put together once for each."""

    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes
        self.kept: dict[str, str] = {}

    def render(self, context: template.Context) -> str:
        lang = _language()
        if lang not in self.kept:
            self.kept[lang] = self.nodes.render(context)
        return self.kept[lang]


@register.tag
def steady(parser: template.base.Parser, token: template.base.Token) -> Steady:
    """Around words of ours that say nothing of the reader, the page or the institution, up to `endsteady`."""
    nodes = parser.parse(("endsteady",))
    parser.delete_first_token()
    return Steady(nodes)


@register.simple_tag
def bundle(name: str) -> SafeString:
    """The stylesheet or script that several make together, as the page fetches it."""
    line = '<script src="{}" defer></script>' if name.endswith(".js") else '<link rel="stylesheet" href="{}">'
    return format_html_join("\n", line, ((static(part),) for part in bundles.parts_of(name)))


@register.simple_tag
def theme_address() -> str:
    """The address of the institution's stylesheet."""
    return theme.address()


@register.simple_tag(takes_context=True)
def report_href(context: template.Context) -> str:
    """Where the reader of this page says that something does not work."""
    request = context.get("request")
    return context.get("report") or report_address(page_of(request) if request else "")


@register.inclusion_tag("account/demo_door.html", takes_context=True)
def demo_door(context: template.Context, wanted: str = "") -> dict:
    """The demo's people, each with a sentence on who they are and a button that goes in as them."""
    people = [
        {"key": person.key, "called": person.called, "sentence": demo.who(person.key)} for person in demo_people()
    ]
    return {"people": people, "next": wanted, "csrf_token": context.get("csrf_token")}


@register.filter
def in_language(words: Mapping[str, Any]) -> Any:
    """The entry for the reader's language, else the English one, else an empty text."""
    return words.get(_language()) or words.get("en", "")


@register.filter
def deadline_rest(day: date) -> str:
    """What follows a due date that is set apart: "end of day, Eastern time"."""
    return dates.deadline_rest(_language(), settings.INSTITUTION_ZONE) if day else ""


@register.filter
def month_year(day: date) -> str:
    """ "July 2027"."""
    return dates.month_year(day, _language())


@register.filter
def number_word(count: int) -> str:
    """ "five" for 5."""
    return plan.number_word(count)


@register.filter
def own_name(code: str) -> str:
    """A language by its own name, as the switch shows it."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def with_telephones(text: str) -> SafeString:
    """A sentence in which every telephone number of the office and of those who help is a link."""
    institution = settings.INSTITUTION
    named = [entry.get("confidential_line", "") for entry in institution.get("words", {}).values()]
    numbers = {institution["office"]["phone"], institution["emergency_number"], *named} - {""}
    longest_first = sorted(map(re.escape, numbers), key=len, reverse=True)
    parts = re.split(rf"(?<!\w)({'|'.join(longest_first)})(?!\w)", text)
    return format_html_join("", "{}", ((_telephone(part) if part in numbers else part,) for part in parts))


def _telephone(number: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', tel(number), number)
