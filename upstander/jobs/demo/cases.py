"""The demo's cases: what people whom nobody plays have asked of the office, and how far the office has come with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from upstander.actions.asking import ask
from upstander.actions.case_files import arrive
from upstander.actions.case_hands import take
from upstander.actions.cases import Wanted, move
from upstander.core.days import Moment
from upstander.core.requests import KINDS, OFFICER, PERSON
from upstander.jobs.demo.calendar import SOON_DAYS
from upstander.models import Appointment, Case, Standing

#: What the invented certificate says, line by line.
_CERTIFICATE = ("Old Quarry College", "Certificate of attendance", "“Speaking up at work”", "90 minutes")


@dataclass(frozen=True, slots=True)
class Said:
    """One move in a thread: which, by the office or the person, how many days ago, and the words."""

    move: str
    by: str
    days_ago: int
    text: str


def seed_cases(moment: Moment, programme: str, officer: str) -> None:
    """Asks once in the name of people whom nobody plays; some have an answer, one waits too long, one is decided."""
    if Case.objects.exists():
        return
    people = _asked_for(programme)
    day = moment.day

    def asked(kind: str, days_ago: int, language: str = "en", *said: Said, **fields: str) -> Case | None:
        row = next(people, None)
        return row and _thread(row, kind, _ago(moment, days_ago), language, fields, said, officer, moment)

    later, long, soon = (_iso(day + timedelta(days=days)) for days in (50, 35, SOON_DAYS))
    asked("extension", 2, note="", to_on=soon)
    asked("extension", 1, note="I am alone at the registration desk until then.", to_on=long)
    asked(
        "leave", 9, "es", leave="Permiso parental", from_on=_iso(day), to_on=later,
        note="El permiso está aprobado; todavía no aparece en mi página.",
    )  # fmt: skip
    asked(
        "already-done", 3, "en",
        Said("ask", OFFICER, 2, "Thank you. In which session was it, and do you remember who led it?"),
        Said("answer", PERSON, 1, "In Elm Hall, in the afternoon. Ruth Abebe led it."),
        what="“When somebody tells you”, in person", when="About two weeks ago", note="",
    )  # fmt: skip
    elsewhere = asked(
        "equivalency", 2, what="Speaking up at work", where="Old Quarry College", source="university",
        from_on=_iso(day - timedelta(days=20)), minutes="90", note="The certificate is with it.",
    )  # fmt: skip
    if elsewhere is not None:
        take(elsewhere.pk, _ago(moment, 1), f"person:{officer}")
    asked(
        "accessibility", 4, "en",
        Said("reply", OFFICER, 3, "We can sit down with you, or print the pages large. Which would you like?"),
        note="The text is too small for me on the screen at my desk.", helps="Larger print, on paper",
    )  # fmt: skip
    asked(
        "language", 12, "en",
        Said("settle", OFFICER, 10, "An interpreter sits with you next Tuesday at ten, in Oak Hall 3."),
        which="Portuguese", note="",
    )  # fmt: skip
    _ending(people, moment, officer)
    _access(moment, programme, officer)


def _asked_for(programme: str) -> Iterator[Standing]:
    """Duties of people whom nobody plays, who owe nothing else and have nothing arranged, from the end of the list."""
    owing = Standing.objects.filter(state__in=("open", "overdue")).exclude(programme_id=programme).values("person_id")
    rows = Standing.objects.filter(state="open", programme_id=programme, person_id__gte="2", due_on__isnull=False)
    free = rows.filter(person__vanished_on=None, person__arrangements__isnull=True).exclude(person_id__in=owing)
    return iter(free.order_by("-person_id").select_related("person")[:80])


def _thread(
    row: Standing, kind: str, at: Moment, language: str, fields: dict[str, str], said: tuple[Said, ...],
    officer: str, now: Moment,
) -> Case:  # fmt: skip
    knew = {"state": row.state, "due_on": _iso(row.due_on) if row.due_on else None, "version": row.version}
    if "appointment" in fields:
        knew["title"] = Appointment.objects.get(pk=fields["appointment"]).title
    owner = next(iter(KINDS[kind].promised))
    wanted = Wanted(row.programme_id, row.cycle, owner, fields, knew, language, kind)
    files = [arrive("certificate.pdf", _certificate())] if kind == "equivalency" else []
    case = ask(row.person_id, wanted, at, files)
    for one in said:
        by = officer if one.by == OFFICER else row.person_id
        move(case.pk, one.move, one.by, _ago(now, one.days_ago), f"person:{by}", one.text)
    return case


def _ending(people: Iterator[Standing], moment: Moment, officer: str) -> None:
    """Somebody who leaves a few days before the due date, with one appointment that has no end on the roster."""
    for row in people:
        held = list(Appointment.objects.filter(person_id=row.person_id))
        if len(held) == 1 and held[0].ends_on is None and row.due_on:
            fields = {"appointment": held[0].pk, "to_on": _iso(row.due_on - timedelta(days=5)), "note": ""}
            _thread(row, "appointment-ending", _ago(moment, 1), "en", fields, (), officer, moment)
            return


def _access(moment: Moment, programme: str, officer: str) -> None:
    """Somebody of whom nothing is asked, and who wants to take a course all the same."""
    rows = Standing.objects.filter(state="not-required", programme_id=programme, person_id__gte="2")
    row = rows.filter(person__vanished_on=None).order_by("-person_id").first()
    if row is not None:
        note = {"note": "I advise students and would like to know what they learn."}
        _thread(row, "voluntary-access", _ago(moment, 1), "en", note, (), officer, moment)


def _certificate() -> bytes:
    """A page as somebody could have been given elsewhere, as PDF."""
    page = Image.new("L", (1240, 877), 250)
    pen = ImageDraw.Draw(page)
    for place, line in enumerate(_CERTIFICATE):
        pen.text((620, 240 + 110 * place), line, font=ImageFont.load_default(52), fill=30, anchor="mm")
    held = BytesIO()
    page.save(held, "PDF", resolution=105)
    return held.getvalue()


def _ago(moment: Moment, days: int) -> Moment:
    return Moment.of(moment.at - timedelta(days=days), settings.INSTITUTION_ZONE)


def _iso(day: date) -> str:
    return day.isoformat()
