"""What one person has begun and finished, for their own plan."""

from dataclasses import dataclass

from upstander.models import Completion, Enrolment


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """`begun` and `finished` hold course keys; `certificates` maps a completion's reference to its code."""

    begun: frozenset[str]
    finished: frozenset[str]
    certificates: dict[str, str]


def own_record(person_id: str) -> OwnRecord:
    """Two queries, whatever the person has done."""
    completions = list(
        Completion.objects.filter(person_id=person_id, retracted_at=None).values_list(
            "id", "course_key", "certificate__code"
        )
    )
    begun = Enrolment.objects.filter(person_id=person_id, completed_at=None).values_list("course_key", flat=True)
    return OwnRecord(
        begun=frozenset(begun),
        finished=frozenset(course for _, course, _ in completions),
        certificates={str(ref): code for ref, _, code in completions if code},
    )
