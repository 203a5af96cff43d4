"""What comes back by mail: addresses that take no letters, answers to look at, and what else lay in the mailbox."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from upstander.actions.failing import release as let_go
from upstander.core.errors import Refusal
from upstander.core.return_address import masked
from upstander.models import AuditLine
from upstander.queries.doors.post import failing_address_for_officer, failing_for_officer, replies_to_look_at
from upstander.queries.post import (
    FailingRow,
    counted_since,
    counts_of,
    failing_rows,
    mailbox_trouble,
    not_sent_since,
)
from upstander.queries.roles import roles_of
from upstander.web.exports import csv_file, xlsx_file
from upstander.web.guard import signed_in
from upstander.web.people import UNBROKEN, language
from upstander.words.dates import short_date
from upstander.words.names import listed_name
from upstander.words.post import came_words, failing_word, held_word, mailbox_words

ADDRESSES_A_PAGE = 30
COUNTED_DAYS = 30
_FILES = {"csv": csv_file, "xlsx": xlsx_file}


class FailingTable(tables.Table):
    """One line a person; nothing of what the letters said."""

    name = tables.Column(verbose_name=_("Name"), empty_values=())
    unit_name = tables.Column(verbose_name=_("Unit"), default="–")
    address = tables.Column(verbose_name=_("Address"), attrs=UNBROKEN)
    reason = tables.Column(verbose_name=_("What came back"))
    since = tables.Column(verbose_name=_("Since"), attrs=UNBROKEN)
    act = tables.Column(verbose_name=_("What can be done"), empty_values=(), attrs=UNBROKEN)

    class Meta:
        orderable = False
        sequence = ("name", "unit_name", "address", "reason", "since", "act")
        empty_text = _("No address matches. Change or clear the filters.")

    def render_name(self, record: FailingRow) -> str:
        return _name(record)

    def render_address(self, value: str) -> str:
        return masked(value)

    def render_reason(self, value: str) -> str:
        return failing_word(value)

    def render_since(self, value: datetime) -> str:
        return _day(value)

    def render_act(self, record: FailingRow) -> str:
        href, words = reverse("office-post-release", args=[record.pk]), gettext("Let letters go again")
        named = gettext("Let letters go to %(name)s again") % {"name": _name(record)}
        return format_html('<a href="{}" aria-label="{}">{}</a>', href, named, words)


def _name(row: FailingRow) -> str:
    return listed_name(*row.names, row.person_id)


def _day(at: datetime) -> str:
    return short_date(at.astimezone(ZoneInfo(settings.INSTITUTION_ZONE)).date(), language())


@signed_in
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """The addresses of the viewer's people that take no letters, per unit and reason; one line for the rest."""
    roles = roles_of(request.user)
    every = failing_rows(failing_for_officer(roles))
    table = FailingTable(_chosen(request, every))
    tables.RequestConfig(request, paginate={"per_page": ADDRESSES_A_PAGE, "silent": True}).configure(table)
    _write_down(request, "failing-addresses-listed")
    counted = counted_since(request.moment.at - timedelta(days=COUNTED_DAYS))
    context = {
        "section": "office",
        "table": table,
        "count": table.paginator.count,
        "number": len(every),
        "filters": _filters(request, every),
        "asked": request.GET,
        "held": [(one.case, held_word(one.kind), _day(one.received_at)) for one in replies_to_look_at(roles)],
        "came": came_words(counted),
        "unread": counted.get("other", 0),
        "days": COUNTED_DAYS,
        "trouble": _trouble(),
        "is_set_up": settings.MAILBOX is not None or bool(settings.MAIL_BOUNCES or settings.MAIL_IN_TOKEN),
    }
    return render(request, "office/post.html", context)


def _trouble() -> dict[str, Any] | None:
    """What keeps the mailbox from being read, in words; None without a mailbox or while it is read."""
    found = mailbox_trouble() if settings.MAILBOX is not None else None
    return {"since": found.since, "words": mailbox_words(found.why)} if found else None


@signed_in
@require_safe
def post_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as a `csv` or `xlsx` file, with the whole addresses, for whoever puts them right."""
    if kind not in _FILES:
        raise Http404
    rows = _chosen(request, failing_rows(failing_for_officer(roles_of(request.user))))
    _write_down(request, "failing-addresses-exported")
    zone = ZoneInfo(settings.INSTITUTION_ZONE)
    header = tuple(
        map(
            str,
            (
                gettext("Person ID"),
                gettext("Name"),
                gettext("Unit"),
                gettext("Address"),
                gettext("What came back"),
                gettext("Since"),
            ),
        )
    )
    lines = [
        (
            one.person_id,
            _name(one),
            one.unit_name,
            one.address,
            failing_word(one.reason),
            one.since.astimezone(zone).date().isoformat(),
        )
        for one in rows
    ]
    return _FILES[kind](f"addresses-{request.moment.day.isoformat()}", header, lines)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, failing_id: int) -> HttpResponse:
    """What letting letters go again does, and the button that does it."""
    roles = roles_of(request.user)
    row = failing_address_for_officer(roles, failing_id)
    name = row.person.called
    if request.method == "POST":
        with suppress(Refusal):  # another officer was first, and wanted the same
            let_go(row.pk, request.moment, f"person:{roles.person_id}")
        messages.success(request, gettext("Letters go to %(name)s again from now on.") % {"name": name})
        return redirect("office-post")
    context = {
        "section": "office",
        "name": name,
        "address": masked(row.person.email),
        "reason": failing_word(row.reason),
        "since": _day(row.suppressed_at),
        "stopped": not_sent_since(row),
        "is_complaint": row.reason == "complaint",
    }
    return render(request, "office/post_release.html", context)


def _chosen(request: HttpRequest, rows: list[FailingRow]) -> list[FailingRow]:
    unit, reason = request.GET.get("unit", ""), request.GET.get("reason", "")
    return [row for row in rows if unit in ("", row.unit) and reason in ("", row.reason)]


def _filters(request: HttpRequest, rows: list[FailingRow]) -> list[dict[str, Any]]:
    """The choices above the list, each with how many addresses it leaves."""
    names = {row.unit: row.unit_name for row in rows}
    units = [
        (key, f"{names[key]} ({number})") for key, number in counts_of(row.unit for row in rows if row.unit).items()
    ]
    reasons = [
        (key, f"{failing_word(key)} ({number})") for key, number in counts_of(row.reason for row in rows).items()
    ]
    every_unit, every_reason = ("", gettext("All units")), ("", gettext("All"))
    found = [
        {"name": "unit", "label": gettext("Unit"), "choices": [every_unit, *sorted(units, key=lambda one: one[1])]},
        {"name": "reason", "label": gettext("What came back"), "choices": [every_reason, *reasons]},
    ]
    return [one | {"value": request.GET.get(one["name"], "")} for one in found if len(one["choices"]) > 2]


def _write_down(request: HttpRequest, verb: str) -> None:
    person_id = roles_of(request.user).person_id
    AuditLine.objects.create(at=request.moment.at, actor=f"person:{person_id}", verb=verb, subject="failing-addresses")
