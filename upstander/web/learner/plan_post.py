"""What the reader is told on their plan where letters to them come back."""

from upstander.core.return_address import masked
from upstander.models import Person
from upstander.queries.post import failing_of


def letters_back(person: Person) -> dict[str, str] | None:
    """The reader's own address, masked, and why nothing goes there; None where letters go."""
    row = failing_of(person)
    return {"address": masked(person.email), "reason": row.reason} if row else None
