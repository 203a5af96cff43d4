"""Problems of a document by the line on which each stands."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from upstander.web.office.workbench.problem_told import Told

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r'^\s*("?[\w-]+"?(?:\s*\.\s*"?[\w-]+"?)*)\s*=')
_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong, and on which line (0: nowhere in particular)."""

    line: int
    told: Told


def numbered_problems(text: str, problems: Sequence[Told]) -> list[LineProblem]:
    """The problems with their lines, in the order of the lines; text that is no TOML has its own one."""
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        at = _LINE.search(str(problem))
        return [LineProblem(int(at[1]) if at else 0, Told("", "", str(problem), "en"))]
    places = lines_of(text)
    found = [LineProblem(_nearest(places, problem.path), problem) for problem in problems]
    return sorted(found, key=lambda each: each.line)


def lines_of(text: str) -> dict[str, int]:
    """The line of every header and key by its path, `groups[1].due_on`; what lies inside a value is not looked at."""
    found: dict[str, int] = {}
    counted: dict[str, int] = {}
    prefix = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and "=" not in line.split("]")[0]:
            prefix = _path(header[2], counted, header[1] == "[[")
            found.setdefault(prefix, number)
        elif key := _KEY.match(line):
            own = key[1].replace(" ", "").replace('"', "")
            found.setdefault(f"{prefix}.{own}" if prefix else own, number)
    return found


def _path(header: str, counted: dict[str, int], is_entry: bool) -> str:
    """The path of a header: each list on the way with the place of its last entry."""
    path = ""
    names = [name.strip().strip('"') for name in header.split(".")]
    for place, name in enumerate(names):
        path = f"{path}.{name}" if path else name
        last = place == len(names) - 1
        if last and is_entry:
            counted[path] = counted.get(path, -1) + 1
            for inner in [key for key in counted if key.startswith(f"{path}[{counted[path]}]")]:
                del counted[inner]
        if path in counted:
            path = f"{path}[{counted[path]}]"
    return path


def _nearest(places: dict[str, int], path: str) -> int:
    """The line of the path, or of the nearest thing that holds it."""
    while path:
        if path in places:
            return places[path]
        path = re.sub(r"(\.[^.\[]+|\[\d+\]|^[^.\[]+)$", "", path)
    return 0
