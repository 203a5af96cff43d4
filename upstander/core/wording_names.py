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
#: Letters about an arrangement go to two people, those about a session to some who wait.
OWN, HELPER = "only for the person", "only for whoever helps"
WAITING, MOVED_UP = "only when waiting", "only from the waiting list"
_DUTY = (
    *_ALWAYS, _TRAINING, Placeholder("link", LINK), Placeholder("due date", always=False),
    Placeholder("due day", always=False), Placeholder("days left", always=False),
    Placeholder("reasons", LINES, always=False), Placeholder("minutes", always=False),
    Placeholder("changed courses", always=False),
)  # fmt: skip
_DUTY_CONDITIONS = frozenset({BEFORE, TODAY, AFTER, NO_DATE, BEGUN, NOT_BEGUN, CHOICE, ONE_COURSE, CHANGED})
#: A duty that opened again for what changed in a course is another matter than a first letter.
_APART = {"changed": frozenset({CHANGED, "changed courses"})}
_LINK, _DAY = Placeholder("link", LINK), Placeholder("day", always=False)
_WHEN, _PLACE = Placeholder("when"), Placeholder("place", always=False)
_SESSION = (*_ALWAYS, _TRAINING, _WHEN, _DAY, _PLACE, _LINK, Placeholder("other dates", LINK))
_ARRANGEMENT = (
    *_ALWAYS, Placeholder("course"), _WHEN, _DAY, _PLACE, _LINK, Placeholder("helper", always=False),
    Placeholder("person helped"),
)  # fmt: skip


def _of(*placeholders: Placeholder, conditions: Iterable[str] = (), needs: str = "", apart=None) -> Vocabulary:
    return Vocabulary({one.name: one for one in placeholders}, frozenset(conditions), needs, apart)


#: kind -> what its words may name. A kind that is not here cannot be worded.
VOCABULARIES = {
    "added": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "reminder": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "overdue": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "overdue-others": _of(*_ALWAYS, Placeholder("people"), Placeholder("list", LINES), _LINK, needs="list"),
    "digest": _of(*_ALWAYS, Placeholder("how many"), Placeholder("trainings", LINES), _LINK, needs="link"),
    "confirmation": _of(
        *_ALWAYS, _TRAINING, Placeholder("done day", always=False), Placeholder("certificate", LINK, always=False),
        Placeholder("my training", LINK),
    ),
    "case-answered": _of(*_ALWAYS, Placeholder("number"), _LINK, needs="link"),
    "extension-granted": _of(*_DUTY, conditions=_DUTY_CONDITIONS, needs="link", apart=_APART),
    "certificate": _of(
        *_ALWAYS, Placeholder("course"), Placeholder("done day"), Placeholder("certificate", LINK),
        Placeholder("my training", LINK), needs="certificate",
    ),
    "draft-ready": _of(*_ALWAYS, _TRAINING, Placeholder("number"), _LINK, needs="link"),
    "session-reminder": _of(*_SESSION, needs="link"),
    "session-changed": _of(
        *_SESSION, conditions={WAITING}, needs="link", apart={"waits": frozenset({WAITING})},
    ),
    "session-seat": _of(*_SESSION, conditions={MOVED_UP}, needs="link"),
    "session-cancelled": _of(*_SESSION),
    **{
        f"arrangement-{what}": _of(
            *_ARRANGEMENT, conditions={OWN, HELPER}, needs="link", apart={"helps": frozenset({HELPER})},
        )
        for what in ("made", "changed", "cancelled", "reminder")
    },
}  # fmt: skip
#: Letters that belong to no programme: they have words for all, or none.
OF_NO_PROGRAMME = frozenset({"digest", "session-reminder", "session-changed", "session-seat", "session-cancelled"})
