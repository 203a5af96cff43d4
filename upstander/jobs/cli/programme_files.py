"""Programme files on the command line: their text, and what a refusal says of which place in them."""

from datetime import date
from pathlib import Path

from upstander.core.errors import Refusal
from upstander.core.programme import Programme
from upstander.core.programme_check import warnings
from upstander.jobs.cli import output


def read_text(file: Path) -> str:
    """The file's text, its line ends as they are. Raises Refusal `file-unreadable` {file, problem}."""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refusal("file-unreadable", {"file": str(file), "problem": str(problem)}) from problem


def warnings_of(rules: Programme, day: date) -> list[dict[str, str]]:
    """What does not stand in the way and is shown: nobody or everybody matched, dates that are all past."""
    return [{"path": warning.path, "message": warning.message} for warning in warnings(rules, day)]


def say_warnings(named: str, found: list[dict[str, str]]) -> None:
    """Says each warning with its place, apart from what stands in the way."""
    for warning in found:
        output.say(f"{named}: {warning['path']}: to be looked at, not in the way: {warning['message']}")


def problems_of(refusal: Refusal) -> list[dict[str, str]]:
    """What a refusal says of places in the file; empty where its own sentence says it all."""
    if "problems" in refusal.data:
        return refusal.data["problems"]
    if refusal.code == "programme-unreadable":
        return [{"path": "file", "message": refusal.data["message"]}]
    if refusal.code in {"version-exists", "newer-version-published"}:
        number = refusal.data["version"]
        said = {
            "version-exists": f"version {number} is published with other text; give a changed programme a new number",
            "newer-version-published": f"a version above {number} is published already",
        }
        return [{"path": "version", "message": said[refusal.code]}]
    if refusal.code == "file-unreadable":
        return [{"path": "file", "message": f"cannot be read: {refusal.data['problem']}"}]
    return []
