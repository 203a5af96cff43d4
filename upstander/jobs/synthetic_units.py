"""The units of an invented university of any size: schools, research, central and academic administration."""

from dataclasses import dataclass
from random import Random

_SCHOOLS = (
    "Arts", "Science", "Engineering", "Medicine", "Law", "Business", "Education", "Public Health", "Nursing",
    "Architecture", "Social Work", "Divinity", "Information", "Agriculture", "Marine Studies", "Public Policy",
)  # fmt: skip
_SUBJECTS = (
    "Anthropology", "Biology", "Chemistry", "Dance", "Economics", "French", "Geography", "History", "Immunology",
    "Jurisprudence", "Kinesiology", "Linguistics", "Music", "Neuroscience", "Optics", "Physics", "Quantitative Methods",
    "Rhetoric", "Sociology", "Theatre", "Urban Studies", "Virology", "Writing", "Zoology", "Statistics", "Robotics",
)  # fmt: skip
_RESEARCH = (
    "Laboratory Safety",
    "Animal Care",
    "Research Computing",
    "Field Stations",
    "Sponsored Programs",
    "Imaging",
)
_CENTRAL = (
    "Human Resources",
    "Facilities",
    "Finance",
    "Dining",
    "Security",
    "Information Technology",
    "Housing",
    "Legal",
)
_ACADEMIC = ("Registrar", "Libraries", "Admissions", "Advising", "Academic Technology", "Museums")
#: area -> share of employees
SHARES = {"school": 0.66, "vp_research": 0.08, "central": 0.17, "academic_admin": 0.09}


@dataclass
class SyntheticUnit:
    """A unit as units.csv has it; `area` blank where the parent's holds, `known_area` is what then holds."""

    unit_id: str
    parent_id: str
    name: str
    area: str
    known_area: str
    administrators: list[str]


def make_units(people: int, rng: Random) -> list[SyntheticUnit]:
    """The tree for a university of so many people, parents before children."""
    made = [SyntheticUnit("u", "", "Aldermere University", "", "", [])]
    below = max(10, people // 80)
    schools = max(2, min(len(_SCHOOLS), people // 1200))
    for number in range(schools):
        name = _SCHOOLS[number]
        school = _add(made, "u", f"s{number + 1:02}", f"School of {name}", "school", own_area=True)
        for place in range(max(2, int(below * SHARES["school"] / schools))):
            again = "" if place < len(_SUBJECTS) else f" {place // len(_SUBJECTS) + 1}"
            subject = _SUBJECTS[(place + 7 * number) % len(_SUBJECTS)]
            department = _add(
                made, school.unit_id, f"{school.unit_id}-{place + 1:03}", f"{subject}{again}, {name}", "school", False
            )
            if rng.random() < 0.15:
                _add(
                    made, department.unit_id, f"{department.unit_id}-c", f"Center for {subject}{again}", "school", False
                )
    for top, area, title, names in (
        ("r", "vp_research", "Vice President for Research", _RESEARCH),
        ("c", "central", "Central Administration", _CENTRAL),
        ("a", "academic_admin", "Academic Administration", _ACADEMIC),
    ):
        head = _add(made, "u", top, title, area, own_area=True)
        for place in range(max(3, int(below * SHARES[area]))):
            again = "" if place < len(names) else f" {place // len(names) + 1}"
            own = rng.random() < 0.3
            _add(made, head.unit_id, f"{top}-{place + 1:03}", names[place % len(names)] + again, area, own)
    return made


def _add(
    made: list[SyntheticUnit], parent_id: str, unit_id: str, name: str, area: str, own_area: bool
) -> SyntheticUnit:
    made.append(SyntheticUnit(unit_id, parent_id, name, area if own_area else "", area, []))
    return made[-1]
