"""What a delivered letter, or one that came back, does to duties: only where a programme asks for a least notice."""

from collections import defaultdict
from collections.abc import Iterable

from upstander.actions.standing import decide_in
from upstander.core.days import Moment
from upstander.core.notices import ASKING
from upstander.models import Notice
from upstander.queries.notified import heard_of
from upstander.queries.programmes import all_published


def heard(letters: Iterable[Notice], moment: Moment, cause: str = "notice") -> None:
    """Brings the standings up to date with letters that have just gone, or (`cause` bounce) come back.

    Inside the caller's transaction, under the locks of their people. One query where no programme asks for it, else a
    constant number for each that does.
    """
    asking = [letter for letter in letters if letter.kind in ASKING and letter.programme_id]
    if not asking:
        return
    rules = {programme.key: programme for programme in all_published()}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for letter in asking:
        if letter.programme_id in heard_of(rules.values()):
            found[letter.programme_id][letter.person_id] = str(letter.pk)
    for key, people in found.items():
        ref = next(iter(people.values())) if len(people) == 1 else ""
        decide_in(rules[key], list(people), moment, cause, ref)


def came_back(letter: Notice, moment: Moment) -> None:
    """A letter that did not arrive told nobody anything, nor did those that it carried."""
    heard([letter, *Notice.objects.filter(went_with=letter)], moment, "bounce")
