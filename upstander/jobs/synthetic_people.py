"""People of an invented university, one after the other: rows of people.csv and their earlier completions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from upstander.core.facts import LEAVE_KINDS
from upstander.core.roster_rows import COLUMNS
from upstander.jobs.synthetic_names import CULTURES, PREFERRED, as_ascii
from upstander.jobs.synthetic_units import SHARES, SyntheticUnit

FIRST_ID = 20_000_000
LAST_ID = 99_999_999
#: category -> share of people
CATEGORY_SHARES = {
    "staff": 0.45, "faculty": 0.16, "graduate_student": 0.15, "undergraduate": 0.14, "affiliate": 0.06, "postdoc": 0.04,
}  # fmt: skip
TITLES = {
    "faculty": ("Professor", "Associate Professor", "Assistant Professor", "Lecturer", "Visiting Professor"),
    "staff": (
        "Administrator",
        "Technician",
        "Coordinator",
        "Analyst",
        "Cook",
        "Gardener",
        "Nurse",
        "Manager",
        "Librarian",
    ),
    "postdoc": ("Postdoctoral Associate",),
    "graduate_student": ("", "Teaching Fellow"),
    "undergraduate": ("", "Student Assistant"),
    "affiliate": ("Visitor", "Volunteer", "Emeritus"),
}
EMPLOYED = ("faculty", "staff", "postdoc")


@dataclass(frozen=True)
class Rates:
    """Shares between 0 and 1, of people unless said otherwise."""

    several_appointments: float = 0.08
    on_leave: float = 0.04
    rehired: float = 0.03
    blank: float = 0.01
    unpaid_employee: float = 0.03
    preferred_name: float = 0.12
    completed: float = 0.35

    def stated(self) -> dict[str, float]:
        return dict(vars(self))


@dataclass
class SyntheticPerson:
    """One person: rows as {column: text}, completions as rows of completions.csv."""

    person_id: str
    rows: list[dict[str, str]]
    completions: list[tuple[str, ...]]


class People:
    """Draws people one by one; the same seed, day and units give the same people."""

    def __init__(self, units: list[SyntheticUnit], day: date, rng: Random, rates: Rates) -> None:
        self.day, self.rng, self.rates = day, rng, rates
        self._by_area = {
            area: [unit for unit in units if unit.known_area == area and unit.parent_id] for area in SHARES
        }
        self._cultures = list(CULTURES.values())
        self._supervisor = ""

    def draw(self, count: int) -> Iterator[SyntheticPerson]:
        for number in range(count):
            yield self._person(str(FIRST_ID + number), number)

    def _pick(self, things: list | tuple):
        return things[int(self.rng.random() * len(things))]

    def _weighted(self, shares: dict[str, float]) -> str:
        place = self.rng.random()
        for name, share in shares.items():
            place -= share
            if place < 0:
                return name
        return next(iter(shares))

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _between(self, first: int, last: int) -> str:
        """A day so many days from ours."""
        return (self.day + timedelta(days=first + int(self.rng.random() * (last - first + 1)))).isoformat()

    def _person(self, person_id: str, number: int) -> SyntheticPerson:
        category = self._weighted(CATEGORY_SHARES)
        about = self._about(person_id, number, category)
        first = {**about, **self._appointment(person_id, 1, category)}
        _no_children(first)
        if category in EMPLOYED:
            about["onboarded_on"] = first["onboarded_on"] = first["starts_on"]
        rows = [first]
        if category in EMPLOYED and self._chance(self.rates.rehired):
            rows.append(self._earlier(about, rows[0]))
        if self._chance(self.rates.several_appointments):
            second = "affiliate" if self._chance(0.3) else self._weighted(CATEGORY_SHARES)
            rows.append({**about, **self._appointment(person_id, 2, second)})
        if category in EMPLOYED and self._chance(self.rates.on_leave):
            rows += self._leaves(rows[0])
        if category in EMPLOYED and self._chance(0.05):
            self._supervisor = person_id
        return SyntheticPerson(person_id, rows, self._completions(person_id, category))

    def _about(self, person_id: str, number: int, category: str) -> dict[str, str]:
        given, family = self._pick(self._cultures)
        first, last = self._pick(given), self._pick(family)
        student = category in ("graduate_student", "undergraduate")
        age_days = (18 if student else 24) * 365 + int(self.rng.random() * (10 if student else 42) * 365)
        return {
            "person_id": person_id,
            "legal_first_name": first,
            "legal_last_name": last,
            "preferred_name": self._pick(PREFERRED) if self._chance(self.rates.preferred_name) else "",
            "email": f"{as_ascii(first) or 'p'}.{as_ascii(last) or 'x'}.{number}@aldermere.example",
            "birth_date": (self.day - timedelta(days=age_days)).isoformat(),
            "preferred_language": self._pick(("en", "en", "en", "en", "es", "")),
            "time_zone": "America/Los_Angeles" if self._chance(0.02) else "",
            "onboarded_on": "" if category == "affiliate" else self._between(-1500, -30),
            "onboarded_as": "" if category == "affiliate" else ("student" if student else "employee"),
        }

    def _appointment(self, person_id: str, number: int, category: str) -> dict[str, str]:
        area = "school" if category in ("faculty", "graduate_student", "undergraduate") else self._weighted(SHARES)
        unit = self._pick(self._by_area[area])
        title = self._pick(TITLES[category])
        employed = category in EMPLOYED
        paid = employed and not self._chance(self.rates.unpaid_employee)
        row = {
            "appointment_id": f"{person_id}-{number}",
            "category": category,
            "title": title,
            "unit_id": unit.unit_id,
            "paid": "yes" if paid else "no",
            "benefits_eligible": "yes" if paid and not self._chance(0.12) else "no",
            "student_year": "",
            "graduates_on": "",
            "supervisor_id": self._supervisor if employed else "",
            "supervises": "yes" if employed and self._chance(0.15) else "no",
            "confidential_role": "yes" if self._chance(0.004) else "no",
            "starts_on": self._between(-9000, -1) if not self._chance(0.06) else self._between(-230, 60),
            "ends_on": self._ends(category),
            "work_state": "NY" if employed else "",
            "work_country": "US" if employed else "",
        }
        if category in ("graduate_student", "undergraduate"):
            year = 1 + int(self.rng.random() * (6 if category == "graduate_student" else 4))
            row["student_year"] = str(year)
            row["starts_on"] = self._between(-365 * year, -365 * year + 120 + (0 if year > 1 else 100))
            row["graduates_on"] = self._between(120, 1500)
        for name in ("paid", "benefits_eligible", "student_year"):
            if self._chance(self.rates.blank):
                row[name] = ""
        if row["ends_on"] and row["ends_on"] < row["starts_on"]:
            row["ends_on"] = ""
        if title == "Administrator" and len(unit.administrators) < 2:
            unit.administrators.append(person_id)
        return row

    def _ends(self, category: str) -> str:
        share = {"staff": 0.07, "faculty": 0.12, "postdoc": 0.8, "affiliate": 0.5}.get(category, 0.1)
        if not self._chance(share):
            return ""
        return self._between(1, 200) if self._chance(0.5) else self._between(200, 1200)

    def _earlier(self, about: dict[str, str], row: dict[str, str]) -> dict[str, str]:
        """The appointment before this one, ended: the person came back after a time."""
        began = date.fromisoformat(row["starts_on"])
        ended = began - timedelta(days=1 + int(self.rng.random() * 900))
        started = ended - timedelta(days=200 + int(self.rng.random() * 1500))
        about["onboarded_on"] = row["onboarded_on"] = started.isoformat()
        return {
            **about,
            **{name: row.get(name, "") for name in COLUMNS if name not in about},
            "appointment_id": f"{row['person_id']}-0",
            "starts_on": started.isoformat(),
            "ends_on": ended.isoformat(),
        }

    def _leaves(self, row: dict[str, str]) -> list[dict[str, str]]:
        """Puts a leave into the row; now and then a second one, which is a further row of the same appointment."""
        begins = self._between(-150, 120)
        row["leave_kind"], row["leave_from"] = self._pick(LEAVE_KINDS), begins
        if self._chance(0.1):
            return []
        ends = date.fromisoformat(begins) + timedelta(days=20 + int(self.rng.random() * 160))
        row["leave_to"] = ends.isoformat()
        if not self._chance(0.15):
            return []
        again = (ends + timedelta(days=30)).isoformat()
        return [{**row, "leave_kind": self._pick(LEAVE_KINDS), "leave_from": again, "leave_to": ""}]

    def _completions(self, person_id: str, category: str) -> list[tuple[str, ...]]:
        if not self._chance(self.rates.completed):
            return []
        role = "employee" if category in EMPLOYED else "student"
        score = str(80 + int(self.rng.random() * 21))
        made = [(person_id, "core", self._between(-230, -1), role, "earlier-system", score)]
        if self._chance(0.4):
            course = self._pick(("option-a", "option-b", "option-c", "option-d", "option-e"))
            made.append((person_id, course, self._between(-130, -1), role, "earlier-system", ""))
        if self._chance(0.3):
            made.append((person_id, "core-2018", self._between(-1100, -500), role, "earlier-system", ""))
        return made


def _no_children(row: dict[str, str]) -> None:
    """Nobody was appointed before their eighteenth birthday."""
    grown = (date.fromisoformat(row["birth_date"]) + timedelta(days=18 * 366)).isoformat()
    row["starts_on"] = max(row["starts_on"], grown)
    if row["ends_on"] and row["ends_on"] < row["starts_on"]:
        row["ends_on"] = ""
