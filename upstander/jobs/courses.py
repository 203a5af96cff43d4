"""Putting the courses that came with the program on record when it starts."""

from collections.abc import Callable, Iterable

from upstander.actions.course_editions import record_shipped
from upstander.core.days import Moment
from upstander.delivery.catalogue import content_root


def record_courses(moment: Moment, say: Callable[[str], None], adopt: Iterable[str] = ()) -> int:
    """Records what is new and says what is not shown, and why; how many editions are new."""
    recorded = record_shipped(content_root(), moment, adopt)
    for key, edition in recorded.altered:
        say(
            f"the files of {key} differ from its published edition {edition}, which is shown; `course check` says more."
        )
    for key, edition in recorded.waiting:
        say(f"{key} came with edition {edition}; yours is shown. `upstander course adopt {key}` takes theirs.")
    return len(recorded.added)
