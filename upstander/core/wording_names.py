"""What the office's own words may name, kind by kind: one closed set, the same in every language."""

from collections.abc import Iterable

from upstander.core.wording import LINES, LINK, Placeholder, Vocabulary

_ALWAYS = (
    Placeholder("name"), Placeholder("office"), Placeholder("phone"), Placeholder("email"),
    Placeholder("institution"),
)  # fmt: skip
_TRAINING = Placeholder("training")
#: Where the reader stands to the due date; one of these four holds in every letter about a duty.
BEFORE, TODAY, AFTER = "only before the due date", "only on the due date", "only after the due date"
NO_DATE = "only without a due date"
BEGUN, NOT_BEGUN = "only when begun", "only when not begun"
CHOICE, ONE_COURSE = "only with a choice of courses", "only with one course"
CHANGED = "only when a course has changed"
_DUTY = (
    *_ALWAYS, _TRAINING, Placeholder("link", LINK), Placeholder("due date", always=False),
    Placeholder("due day", always=False), Placeholder("days left", always=False),
    Placeholder("reasons", LINES, always=False), Placeholder("minutes", always=False),
    Placeholder("changed courses", always=False),
)  # fmt: skip
_DUTY_CONDITIONS = frozenset({BEFORE, TODAY, AFTER, NO_DATE, BEGUN, NOT_BEGUN, CHOICE, ONE_COURSE, CHANGED})
#: A duty that opened again for what changed in a course is another matter than a first letter.
_APART = {"changed": frozenset({CHANGED, "changed courses"})}


def _of(*placeholders: Placeholder, conditions: Iterable[str] = (), needs: str = "", apart=None) -> Vocabulary:
    return Vocabulary({one.name: one for one in placeholders}, frozenset(conditions), needs, apart)


#: kind -> what its words may name. A kind that is not here cannot be worded.
VOCABULARIES = {
    "added": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "reminder": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "confirmation": _of(
        *_ALWAYS, _TRAINING, Placeholder("done day", always=False), Placeholder("certificate", LINK, always=False),
        Placeholder("my training", LINK),
    ),
}  # fmt: skip
