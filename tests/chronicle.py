"""Days of an invented university on which things happen and become known, for asking them again afterwards.

`Chronicle(seed)` lives some days of a small roster: imports, completions, retractions, waivers, starts and new versions
of the rules, each at its own instant. At every day's end it keeps what `decide()` said of everybody that evening.
"""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.cast import AMARA, DARIO, HUGO, INES, PEOPLE, SOFIA, TOMAS, UNITS, install
from tests.staff import PROGRAMMES
from upstander.actions import standing
from upstander.actions.programmes import digest_of
from upstander.core.days import Moment
from upstander.core.decide import decide
from upstander.models import AdjustmentRecord, Completion, CourseStart, Person, Programme, ProgrammeVersion
from upstander.queries.facts import iter_facts
from upstander.queries.programmes import all_published

ZONE = ZoneInfo("America/New_York")
FIRST = date(2021, 1, 12)
WHO = (INES, DARIO, TOMAS, AMARA, HUGO, SOFIA)
FEW = "".join(
    line for line in PEOPLE.splitlines(keepends=True) if line[:8] in WHO or line.startswith("person_id")
)  # fmt: skip
DOCUMENT = (PROGRAMMES / "page-b.toml").read_text(encoding="utf-8").split("[[examples]]")[0]
#: What a roster file may say otherwise: the text as it stands, and what it becomes.
TURNS = [
    ("Concert manager,music,yes,yes", "Concert manager,music,no,yes"),
    ("Concert manager,music,yes,yes", "Concert manager,music,,yes"),
    ("Concert manager,music,yes,yes", "Concert manager,labs,yes,yes"),
    (",no,2015-09-01,,,,", ",no,2015-09-01,2021-02-10,,,"),
    ("no,no,3,2023-05-20", "no,no,2,2023-05-20"),
    ("parental,2021-01-11,2021-03-05", "parental,2021-01-11,2021-01-16"),
    ("parental,2021-01-11,2021-03-05", ",,"),
    (",2020-07-01,employee", ",2020-06-30,employee"),
    (",2020-06-30,employee", ",2020-07-02,employee"),
]


def at(day: date, hour: int = 12, minute: int = 0) -> Moment:
    """An instant of that civil day of the institution."""
    instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    return Moment(at=instant.astimezone(ZoneInfo("UTC")), day=day)


def publish(document: str, number: int, moment: Moment, key: str = "page-b") -> None:
    """A version as it stands in the record once published, and everybody decided by it."""
    programme, _ = Programme.objects.get_or_create(key=key)
    text = document.replace("version = 1\n", f"version = {number}\n", 1)
    ProgrammeVersion.objects.create(
        programme=programme, number=number, document=text, digest=digest_of(text), made_at=moment.at,
        published_at=moment.at,
    )  # fmt: skip
    standing.decide_programme(key, moment, "programme", f"{key}@{number}")


def complete(person_id: str, moment: Moment, on: date, course: str = "option-a", role: str = "employee") -> Completion:
    """A completion recorded at the moment, however long ago the course was taken."""
    done, _ = Completion.objects.get_or_create(
        person_id=person_id, course_key=course, completed_on=on, role=role, source="test",
        defaults={"recorded_at": moment.at},
    )  # fmt: skip
    standing.decide_again([person_id], moment, "completion", str(done.pk))
    return done


def retract(done: Completion, moment: Moment) -> None:
    Completion.objects.filter(pk=done.pk).update(retracted_at=moment.at)
    standing.decide_again([done.person_id], moment, "completion", str(done.pk))


def adjust(person_id: str, kind: str, moment: Moment, **days: date) -> AdjustmentRecord:
    record = AdjustmentRecord.objects.create(
        person_id=person_id, programme_id="page-b", kind=kind, recorded_at=moment.at, recorded_by="test", **days
    )
    standing.decide_again([person_id], moment, "adjustment", str(record.ref))
    return record


def end(record: AdjustmentRecord, moment: Moment) -> None:
    AdjustmentRecord.objects.filter(pk=record.pk).update(ended_at=moment.at)
    standing.decide_again([record.person_id], moment, "adjustment", str(record.ref))


class Chronicle:
    """`evenings`: for every day what each programme asked of everybody, as decided from the present tables."""

    def __init__(self, seed: int, days: int = 7) -> None:
        self.chance = Random(seed)
        self.people, self.units, self.version = FEW, UNITS, 0
        self.evenings: dict[date, dict[tuple[str, str], object]] = {}
        self.happened: list[str] = []
        for number in range(days):
            self._live(FIRST + timedelta(days=number * self.chance.choice([1, 5, 9])))

    def _live(self, day: date) -> None:
        day = max([day, *(evening + timedelta(days=1) for evening in self.evenings)])
        if not self.evenings:
            install(at(day, 7), self.people, self.units)
        standing.run_due(at(day, 8))
        for hour in range(9, 9 + self.chance.randint(0, 4)):
            happening = self.chance.choice([self._import, self._complete, self._adjust, self._publish, self._take_back])
            happening(at(day, hour, self.chance.randint(0, 59)))
        if not self.version:
            self._publish(at(day, 22))
        self.evenings[day] = {
            (facts.person_id, rules.key): decide(rules, facts, day)
            for rules in all_published()
            for facts in iter_facts()
        }

    def _import(self, moment: Moment) -> None:
        old, new = self.chance.choice(TURNS)
        people = self.people.replace(old, new) if old in self.people else self.people.replace(new, old)
        gone = self.chance.choice([*WHO, "", "", ""])
        self.people = people
        lines = [line for line in people.splitlines(keepends=True) if not gone or not line.startswith(gone)]
        if self.chance.random() < 0.3:
            self.units = self.units.replace("music,arts,", "music,research,")
        report = install(moment, "".join(lines), self.units)
        self.happened.append(f"{moment.day} import {old!r} to {new!r} without {gone!r}: applied {report.applied}")

    def _complete(self, moment: Moment) -> None:
        who = self._somebody()
        on = moment.day - timedelta(days=self.chance.choice([0, 1, 20, 200]))
        if not Completion.objects.filter(person_id=who, completed_on=on).exists():
            complete(who, moment, on)
        if self.chance.random() < 0.5:
            CourseStart.objects.get_or_create(
                person_id=who, course_key="option-b", started_on=on, defaults={"recorded_at": moment.at}
            )
            standing.decide_again([who], moment, "start")
        self.happened.append(f"{moment.day} completion of {who} on {on}")

    def _take_back(self, moment: Moment) -> None:
        done = Completion.objects.filter(retracted_at=None).order_by("recorded_at").first()
        record = AdjustmentRecord.objects.filter(ended_at=None).order_by("recorded_at").first()
        if done:
            retract(done, moment)
        if record:
            end(record, moment)
        self.happened.append(f"{moment.day} taken back {done} {record}")

    def _adjust(self, moment: Moment) -> None:
        kind = self.chance.choice(["waiver", "extension", "deferral"])
        until = moment.day + timedelta(days=self.chance.choice([3, 40, 90]))
        days = {"to_on": until} if kind == "extension" else {"from_on": moment.day, "to_on": until}
        adjust(self._somebody(), kind, moment, **days)
        self.happened.append(f"{moment.day} {kind} until {until}")

    def _publish(self, moment: Moment) -> None:
        self.version += 1
        due = self.chance.choice(["2021-02-17", "2021-02-19", "2021-01-20"])
        publish(DOCUMENT.replace("2021-02-17", due), self.version, moment)
        self.happened.append(f"{moment.day} version {self.version} due {due}")

    def _somebody(self) -> str:
        return self.chance.choice(sorted(Person.objects.values_list("id", flat=True)))
