"""Two texts side by side as lines: what stayed, what went, what came; long stretches that stayed are left out."""

from dataclasses import dataclass
from difflib import SequenceMatcher

#: Lines that stayed, shown before and after a change.
AROUND = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `kind` same, gone, new, or left-out (then the text is how many lines are not shown)."""

    kind: str
    text: str


def difference(old: str, new: str) -> list[Line]:
    """The lines of both texts in order; nothing where they are the same."""
    before, after = old.splitlines(), new.splitlines()
    if before == after:
        return []
    lines: list[Line] = []
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            lines += _stayed(before[a:b], at == 0, at == len(steps) - 1)
        else:
            lines += [Line("gone", text) for text in before[a:b]]
            lines += [Line("new", text) for text in after[c:d]]
    return lines


def _stayed(texts: list[str], first: bool, last: bool) -> list[Line]:
    head, tail = (0 if first else AROUND), (0 if last else AROUND)
    if len(texts) <= head + tail + 1:
        return [Line("same", text) for text in texts]
    left = len(texts) - head - tail
    ending = texts[len(texts) - tail :] if tail else []
    return [*(Line("same", t) for t in texts[:head]), Line("left-out", str(left)), *(Line("same", t) for t in ending)]
