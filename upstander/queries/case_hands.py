"""Who has taken which case, and who could: read from the entries of the cases' threads."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from upstander.core.access import OFFICER
from upstander.models import Case, CaseEntry, Person, RoleGrant

TAKE = "take"


def with_hands(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with `taken_by`: the actor who has it, empty or None where nobody has."""
    taken = CaseEntry.objects.filter(case=OuterRef("pk"), move=TAKE).order_by("-at", "-id")
    return cases.annotate(taken_by=Subquery(taken.annotate(to=KeyTextTransform("to", "data")).values("to")[:1]))


def taken_by(case: Case) -> Person | None:
    """The officer who has the case."""
    last = CaseEntry.objects.filter(case=case, move=TAKE).order_by("at", "id").last()
    to = last.data.get("to", "").removeprefix("person:") if last else ""
    return Person.objects.filter(pk=to).first() if to else None


def hands_for(case: Case) -> list[Person]:
    """The officers who could take a case: of its programme or of all, on the roster, never its own person."""
    reach = Q(programme=None) | Q(programme_id=case.programme_id)
    grants = RoleGrant.objects.filter(reach, role=OFFICER, ended_at=None, person=OuterRef("pk"))
    people = Person.objects.filter(Exists(grants), vanished_on=None).exclude(pk=case.person_id)
    return list(people.order_by("legal_last_name", "pk"))
