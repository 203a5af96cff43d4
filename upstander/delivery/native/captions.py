"""Captions with times (WebVTT): read into cues, written from them, and what can be wrong in a file of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption, from one millisecond to another."""

    begins: int
    ends: int
    text: str

    @property
    def seconds(self) -> str:
        return f"{self.begins / 1000:.3f}"


def read_cues(source: str) -> list[Cue]:
    """Every caption in order. Raises `ValueError(line, why)` for a file that a browser would not play whole."""
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or not re.match(r"^WEBVTT(?:[ \t]|$)", lines[0]):
        raise ValueError(1, "it does not begin with WEBVTT")
    cues: list[Cue] = []
    at = 1
    while at < len(lines):
        if "-->" not in lines[at]:
            at += 1
            continue
        times = _TIMES.match(lines[at])
        if not times:
            raise ValueError(at + 1, "a time is written as 00:00:00.000 --> 00:00:02.000")
        end = next((i for i in range(at, len(lines)) if not lines[i].strip()), len(lines))
        cue = Cue(_milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:]), "\n".join(lines[at + 1 : end]))
        if cue.ends <= cue.begins or (cues and cue.begins < cues[-1].begins):
            raise ValueError(at + 1, "a caption ends before it begins, or begins before the one before it")
        if not cue.text.strip():
            raise ValueError(at + 1, "a caption is empty")
        cues.append(cue)
        at = end
    if not cues:
        raise ValueError(1, "it holds no caption")
    return cues


def fault_in(source: str, seconds: int) -> tuple[int, str] | None:
    """The line and the fault of a file of captions for so many seconds; None for one that can be played."""
    try:
        cues = read_cues(source)
    except ValueError as fault:
        return fault.args[0], fault.args[1]
    if cues[-1].begins > seconds * 1000:
        return len(source.splitlines()), "the last caption begins after the end"
    return None


def written(cues: Iterable[Cue], note: str) -> str:
    """The captions as a file."""
    shown = [f"{number}\n{_clock(cue.begins)} --> {_clock(cue.ends)}\n{cue.text}" for number, cue in enumerate(cues, 1)]
    return "\n\n".join(["WEBVTT", f"NOTE {note}", *shown]) + "\n"


def _milliseconds(parts: Iterable[str | None]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _clock(milliseconds: int) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{thousandths:03}"
