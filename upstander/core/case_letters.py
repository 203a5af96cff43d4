"""When the steps of a case are news to the person who asked, as far as the steps themselves tell."""

from collections.abc import Iterable

from upstander.core.requests import MOVES, OFFICER, PERSON

CASE_ANSWERED = "case-answered"
#: Steps of the office that answer; of those that the program writes down for it, what came of a decision.
ANSWERS = frozenset(
    {name for name, move in MOVES.items() if move.by == OFFICER and move.for_person}
    | {"granted", "adjusted", "session-set", "session-off"}
)
#: What tells the person of an extension is a letter of its own, with the new date.
TOLD_APART = frozenset({"extension"})
FROM_PERSON = frozenset(name for name, move in MOVES.items() if move.by == PERSON)


def why_no_news(moves: Iterable[str]) -> str:
    """Why the steps of a case, oldest first, need no letter: "" where the last thing said is the office's.

    `answer-gone`: the office has said nothing; `seen-already`: the person said something after it, and so was there.
    """
    said = [name for name in moves if name in ANSWERS | FROM_PERSON]
    if not ANSWERS.intersection(said):
        return "answer-gone"
    return "" if said[-1] in ANSWERS else "seen-already"
