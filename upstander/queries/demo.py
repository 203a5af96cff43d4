"""The people whom the demo's door offers."""

from dataclasses import dataclass

from upstander.models import Installation, Person


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person of the demo by the key under which `words.demo` says who they are."""

    key: str
    called: str


def demo_people() -> list[DemoPerson]:
    """In the order in which the demo lists them; none in a database that is not a demo's."""
    installation = Installation.objects.filter(is_demo=True).first()
    if installation is None:
        return []
    found = Person.objects.in_bulk([entry["person_id"] for entry in installation.demo_people])
    return [
        DemoPerson(entry["key"], found[entry["person_id"]].called)
        for entry in installation.demo_people
        if entry["person_id"] in found
    ]
