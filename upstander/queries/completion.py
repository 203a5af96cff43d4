"""What one completion counts for, from the standings as stored."""

from dataclasses import dataclass

from upstander.models import Standing
from upstander.queries.programmes import all_published


@dataclass(frozen=True, slots=True)
class Met:
    """A requirement that a completion meets: the programme's title in the reader's language, and its cycle."""

    programme: str
    title: str
    cycle: str


def what_it_meets(person_id: str, completion_ref: str, lang: str) -> list[Met]:
    """The requirements that this completion satisfies, as the stored standings say it."""
    titles = {programme.key: programme.title for programme in all_published()}
    rows = Standing.objects.filter(person_id=person_id, state="satisfied", satisfied_ref=completion_ref)
    return [
        Met(row.programme_id, titles[row.programme_id].get(lang) or titles[row.programme_id]["en"], row.cycle)
        for row in rows.order_by("programme_id")
        if row.programme_id in titles
    ]
